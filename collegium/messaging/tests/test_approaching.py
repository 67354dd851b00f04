"""Writing to strangers: one message, its answer, its verdict, and what keeps it from being sent."""

from datetime import timedelta

import pytest

from collegium.journal.models import Entry
from collegium.lib.refusal import Conflict, Refusal
from collegium.messaging import rules
from collegium.messaging.actions import approaching, keeping, talking
from collegium.messaging.models import Message, Participant, Request
from collegium.messaging.reading import inbox, talk
from collegium.messaging.tests import scene
from collegium.network import actions as network
from collegium.notifications.models import Notification
from collegium.reach.models import Key, Welcome
from collegium.sorting.models import Lesson
from collegium.testing.cast import Cast

State = Request.State


def box_of(cast: Cast, name: str, box: str) -> list[int]:
    return [row.conversation.pk for row in inbox.page(cast.viewer(name), box).rows]


def test_a_first_message_waits_and_an_answer_lets_in(cast: Cast) -> None:
    request = scene.asked(cast.di, cast.ada)
    row = request.conversation
    assert (rules.way(cast.di, cast.ada), rules.way(cast.ada, cast.di)) == ("waiting", "talk")
    assert box_of(cast, "ada", "requests") == [row.pk] == box_of(cast, "di", "focused")
    assert box_of(cast, "ada", "focused") == []
    with pytest.raises(Conflict):
        talking.write(row, by=cast.di, text="Hello?")
    with pytest.raises(Conflict):
        scene.asked(cast.di, cast.ada, "Another one")
    assert scene.asked(cast.di, cast.ada) == request
    talking.write(row, by=cast.ada, text="Which figure?")
    talking.write(row, by=cast.di, text="The third: https://example.org/3")
    request.refresh_from_db()
    assert request.state == State.ACCEPTED
    assert box_of(cast, "ada", "focused") == [row.pk]
    assert box_of(cast, "ada", "requests") == []
    assert Entry.objects.filter(kind="messaging.accepted", actor=cast.ada.pk, subject=request.pk).count() == 1


def test_writing_first_to_somebody_who_waits_is_an_answer(cast: Cast) -> None:
    request = scene.asked(cast.di, cast.ada)
    approaching.decline(request, by=cast.ada)
    assert scene.asked(cast.ada, cast.di, "I changed my mind.") == request
    assert Request.objects.get().state == State.ACCEPTED
    assert list(Message.objects.order_by("number").values_list("text", flat=True)) == [
        scene.WORDS,
        "I changed my mind.",
    ]
    assert Participant.objects.filter(declined_at=None).count() == 2


def test_first_words_are_plain(cast: Cast) -> None:
    for text in ("see https://example.org", "look at example.com", "x" * 1001, "   "):
        with pytest.raises(Conflict):
            scene.asked(cast.di, cast.ada, text)
    assert not Message.objects.exists()


@pytest.mark.usefixtures("reach_is_asked")
def test_reach_is_asked(cast: Cast) -> None:
    with pytest.raises(Conflict):  # joined today
        scene.asked(cast.di, cast.ada)


def test_a_key_lets_in(cast: Cast) -> None:
    Key.objects.create(owner=cast.ada, code="ABCDEFGHJKMN", label="Conference")
    request = scene.asked(cast.di, cast.ada, code="abcd-efgh-jkmn", purpose="sales")
    assert (request.keyed, request.state) == (True, State.ACCEPTED)
    assert rules.way(cast.di, cast.ada) == "talk"
    assert box_of(cast, "ada", "focused") == [request.conversation_id]
    assert Entry.objects.get(kind="messaging.approached").data == {
        "recipient": cast.ada.pk,
        "purpose": "sales",
        "keyed": True,
    }
    with pytest.raises(Conflict):
        scene.asked(cast.cy, cast.ada, code="ABCDEFGHJKMN")


def test_a_key_opens_what_waits(cast: Cast) -> None:
    Key.objects.create(owner=cast.ada, code="ABCDEFGHJKMN", label="Conference")
    first = scene.asked(cast.di, cast.ada)
    approaching.decline(first, by=cast.ada)
    again = scene.asked(cast.di, cast.ada, code="ABCDEFGHJKMN")
    assert (Request.objects.get(pk=first.pk).state, again.state) == (State.OVER, State.ACCEPTED)
    assert box_of(cast, "ada", "focused") == [first.conversation_id]
    talking.write(first.conversation, by=cast.di, text="Thank you")


def test_nobody_writes_across_a_block_or_to_the_suspended(cast: Cast) -> None:
    for one, other in (("ada", "ed"), ("ed", "ada"), ("ada", "eve"), ("eve", "ada"), ("ada", "gus"), ("ada", "ada")):
        assert rules.way(getattr(cast, one), getattr(cast, other)) == "closed"
        with pytest.raises((Refusal, cast.ada.DoesNotExist)):
            scene.asked(getattr(cast, one), getattr(cast, other))


def test_connections_do_not_ask(cast: Cast) -> None:
    with pytest.raises(Conflict):
        scene.asked(cast.ada, cast.bo)
    scene.two(cast.ada, cast.bo, "Hello")
    with pytest.raises(Conflict):
        scene.asked(cast.ada, cast.bo)


def test_parting_ends_what_stood_on_the_connection(cast: Cast) -> None:
    row = scene.two(cast.ada, cast.bo, "Hello", "Hello you")
    network.disconnect(cast.ada, cast.bo)
    with pytest.raises(Conflict):
        talking.write(row, by=cast.bo, text="Still there?")
    seen = talk.one(cast.viewer("bo"), row.pk)
    assert seen is not None
    assert seen.way == "request"
    assert len(talk.messages(cast.viewer("bo"), seen).said) == 2
    request = scene.asked(cast.bo, cast.ada)
    assert request.conversation == row
    assert box_of(cast, "ada", "requests") == [row.pk]
    approaching.accept(request, by=cast.ada)
    talking.write(row, by=cast.bo, text="Thank you")


def test_connecting_settles_what_waits(cast: Cast, hear) -> None:  # type: ignore[no-untyped-def]
    request = scene.asked(cast.flo, cast.ada)
    approaching.decline(request, by=cast.ada)
    network.invite(cast.ada, cast.flo)
    talking.write(request.conversation, by=cast.flo, text="Now we are connected")
    hear()
    assert box_of(cast, "ada", "focused") == [request.conversation_id]
    assert Request.objects.get().state == State.ACCEPTED


def test_a_decline_can_be_found_and_taken_back(cast: Cast) -> None:
    request = scene.asked(cast.di, cast.ada)
    approaching.decline(request, by=cast.ada, verdict="pitch")
    assert box_of(cast, "ada", "requests") == []
    assert box_of(cast, "ada", "declined") == [request.conversation_id]
    assert inbox.unread(cast.viewer("ada")) == 0
    approaching.undecline(request, by=cast.ada)
    assert box_of(cast, "ada", "requests") == [request.conversation_id]
    assert Request.objects.get().verdict == ""
    assert Lesson.objects.filter(unwanted=True).count() == 1


def test_only_the_recipient_answers(cast: Cast) -> None:
    request = scene.asked(cast.di, cast.ada)
    for verb in (approaching.accept, approaching.decline, approaching.undecline):
        for who in (cast.di, cast.bo):
            with pytest.raises(Refusal):
                verb(request, by=who)
    with pytest.raises(Refusal):
        approaching.judge(request, by=cast.di, verdict="wanted")


def test_after_sixty_days_it_is_over(cast: Cast) -> None:
    request = scene.made_ago(scene.asked(cast.di, cast.ada), timedelta(days=61))
    assert box_of(cast, "ada", "requests") == []
    assert rules.way(cast.di, cast.ada) == "request"
    with pytest.raises(Conflict):
        approaching.accept(request, by=cast.ada)
    again = scene.asked(cast.di, cast.ada)
    assert Request.objects.get(pk=request.pk).state == State.OVER
    assert box_of(cast, "ada", "requests") == [again.conversation_id]


def test_who_takes_it_back_leaves_her_in_peace(cast: Cast) -> None:
    request = scene.asked(cast.di, cast.ada)
    talking.delete(request.message, by=cast.di)
    assert box_of(cast, "ada", "requests") == []
    with pytest.raises(Conflict):
        scene.asked(cast.di, cast.ada, "Again")
    with pytest.raises(Conflict):
        approaching.accept(request, by=cast.ada)
    talked = scene.asked(cast.ada, cast.di, "What was it?")
    assert talked.state == State.WAITING


def test_a_first_message_is_not_edited(cast: Cast) -> None:
    request = scene.asked(cast.di, cast.ada)
    with pytest.raises(Conflict):
        talking.edit(request.message, by=cast.di, text="Buy this: https://example.org")
    approaching.accept(request, by=cast.ada)
    talking.edit(request.message, by=cast.di, text="See https://example.org")


def test_she_is_told_once(cast: Cast) -> None:
    request = scene.asked(cast.di, cast.ada)
    assert list(Notification.objects.filter(recipient=cast.ada).values_list("kind", "subject"))[-1] == (
        "messaging.requested",
        request.pk,
    )
    approaching.decline(request, by=cast.ada)
    assert not Notification.objects.filter(kind="messaging.requested").exists()


def test_a_pitch_is_told_to_nobody(cast: Cast) -> None:
    words = (
        "Our platform helps companies like yours grow revenue 300%. Do you have 15 minutes for a quick call this week?"
    )
    request = scene.asked(cast.di, cast.ada, words, purpose="advice")
    place = Participant.objects.get(member=cast.ada, conversation=request.conversation)
    assert place.box in ("other", "spam")
    assert place.why
    assert not Notification.objects.filter(kind="messaging.requested").exists()
    assert box_of(cast, "ada", place.box) == [request.conversation_id]
    keeping.put(request.conversation, by=cast.ada, box="requests")
    assert box_of(cast, "ada", "requests") == [request.conversation_id]
    assert Lesson.objects.filter(unwanted=False).count() == 1


def test_groups_take_only_the_willing(cast: Cast) -> None:
    Welcome.objects.create(member=cast.bo, groups=Welcome.Groups.NOBODY)
    with pytest.raises(Conflict):
        scene.group(cast.ada, cast.bo)
    with pytest.raises(Conflict):
        scene.group(cast.ada, cast.di)
