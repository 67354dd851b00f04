"""Asking and answering, as both sides see it."""

from datetime import timedelta

import pytest

from collegium.lib import clock
from collegium.members.models import Member
from collegium.network import actions, tasks
from collegium.network.tests.reading import just_made, made_ago, read
from collegium.testing.cast import Cast, connect, make_member
from collegium.ties.models import COOLDOWN, Connection, Disclaimer, Invitation

State = Invitation.State
DAY = timedelta(days=1)


@pytest.fixture
def waiting(cast: Cast) -> Invitation:
    """Flo's invitation to Ada."""
    return Invitation.objects.with_people().get(sender=cast.flo, recipient=cast.ada)


def connected(one: Member, other: Member) -> bool:
    halves = set(Connection.objects.between(one, other).values_list("member_id", "other_id"))
    assert halves in (set(), {(one.pk, other.pk), (other.pk, one.pk)})
    return bool(halves)


def test_asking_with_a_note(cast: Cast, hear) -> None:
    ada, di = cast.client("ada"), cast.client("di")
    form = read(ada.get("/network/with/di-varga/invitation/"))
    assert "Ask Di Varga to connect" in form
    answer = ada.post("/network/with/di-varga/invitation/", {"note": "We both wrote\r\nabout tides."}, follow=True)
    assert answer.redirect_chain[0][0] == "/in/di-varga/"
    hear()
    page = read(di.get("/network/"))
    assert "Ada Lindqvist" in page
    assert "We both wrote about tides." in page
    assert "invites you to connect" in read(di.get("/notifications/"))
    assert not connected(cast.ada, cast.di)
    assert read(ada.get("/network/sent/")).count("Pending") == 1


def test_a_note_has_at_most_300_characters(cast: Cast) -> None:
    ada = cast.client("ada")
    long = ada.post("/network/with/di-varga/invitation/", {"note": "é" * 301})
    assert long.status_code == 422
    assert "At most 300 characters fit here" in read(long)
    assert "é" * 301 in long.text
    assert ada.post("/network/with/di-varga/invitation/", {"note": "é" * 300}).status_code == 302
    assert Invitation.objects.get(recipient=cast.di).note == "é" * 300


@pytest.mark.parametrize("note", ["a\x00b", "\x1b[31m", "\ud800"])
def test_a_note_that_nobody_types(cast: Cast, note: str) -> None:
    data = b"note=" + note.encode("utf-8", "surrogatepass").replace(b"\x00", b"%00").replace(b"\x1b", b"%1b")
    answer = cast.client("ada").post(
        "/network/with/di-varga/invitation/", data, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code in (302, 422)
    assert not Invitation.objects.filter(recipient=cast.di, note__contains="\x1b").exists()


def test_accepting(cast: Cast, waiting: Invitation, hear) -> None:
    ada, flo = cast.client("ada"), cast.client("flo")
    answer = ada.post(f"{waiting.path}acceptance/", follow=True)
    assert "You and Flo Reyes are connected." in answer.text
    assert connected(cast.ada, cast.flo)
    hear()
    told = read(flo.get("/notifications/"))
    assert "Ada Lindqvist accepted your invitation" in told
    assert not Invitation.objects.exists()
    again = ada.post(f"{waiting.path}acceptance/", follow=True)
    assert again.status_code == 200
    assert "You and Flo Reyes are connected." in again.text
    late = flo.post(f"{waiting.path}withdrawal/")
    assert late.status_code == 409
    assert "Ada Lindqvist has accepted" in read(late)


def test_declining_silently_and_taking_it_back(cast: Cast, waiting: Invitation, hear) -> None:
    ada, flo = cast.client("ada"), cast.client("flo")
    hear()
    assert "Flo Reyes" in read(ada.get("/notifications/"))
    assert "is not told" in ada.post(f"{waiting.path}decline/", follow=True).text
    hear()
    assert "Flo Reyes" not in read(ada.get("/network/")) + read(ada.get("/notifications/"))
    assert "Pending" in read(flo.get("/network/sent/"))
    assert "Ada" not in read(flo.get("/notifications/"))
    ada.post(f"{waiting.path}restoration/")
    hear()
    assert "Flo Reyes" in read(ada.get("/network/"))


def test_declining_with_an_answer(cast: Cast, waiting: Invitation, hear) -> None:
    ada, flo = cast.client("ada"), cast.client("flo")
    assert ada.post(f"{waiting.path}reply/", {"reply": " "}).status_code == 422
    ada.post(f"{waiting.path}reply/", {"reply": "Let us talk at the <next> workshop first."})
    hear()
    told = read(flo.get("/notifications/"))
    assert "Ada Lindqvist declined your invitation and wrote: “Let us talk at the &lt;next&gt; workshop first.”" in told
    assert "Ada Lindqvist" not in read(flo.get("/network/sent/"))
    assert "Let us talk" in read(flo.get(waiting.path))
    wait = flo.post("/network/with/ada-lindqvist/invitation/", {"note": "And now?"})
    assert wait.status_code == 409
    assert "answered your last invitation" in read(wait)
    assert "And now?" in wait.text


def test_not_knowing_someone_lasts(cast: Cast, waiting: Invitation, hear) -> None:
    ada, flo = cast.client("ada"), cast.client("flo")
    ada.post(f"{waiting.path}disclaimer/")
    actions.withdraw(waiting, by=cast.flo)
    Invitation.objects.update(ended_at=clock.now() - COOLDOWN - DAY)
    flo.post("/network/with/ada-lindqvist/invitation/", {"note": "It is me again."})
    hear()
    assert "Pending" in read(flo.get("/network/sent/"))
    assert "It is me again." not in read(ada.get("/network/")) + read(ada.get("/notifications/"))
    assert ada.get("/network/badge/", headers={"HX-Request": "true"}).text.strip() == ""
    # Ada knows better now: she asks Flo, and as Flo's question stands, they are connected.
    assert ada.post("/network/with/flo-reyes/invitation/", {"note": ""}).status_code == 302
    assert connected(cast.ada, cast.flo)
    assert not Disclaimer.objects.exists()


@pytest.mark.parametrize("answer", ["", "decline", "disclaimer"])
def test_asking_back_connects_at_once(cast: Cast, waiting: Invitation, answer: str, hear) -> None:
    ada = cast.client("ada")
    if answer:
        ada.post(f"{waiting.path}{answer}/")
    done = ada.post("/network/with/flo-reyes/invitation/", {"note": "I had not seen yours."}, follow=True)
    assert "you had both asked" in done.text
    assert connected(cast.ada, cast.flo)
    assert not Invitation.objects.exists()
    hear()
    assert "accepted your invitation" in read(cast.client("flo").get("/notifications/"))


def test_withdrawing_and_the_three_weeks(cast: Cast, waiting: Invitation, hear) -> None:
    ada, flo = cast.client("ada"), cast.client("flo")
    hear()
    question = read(flo.get(f"{waiting.path}withdrawal/"))
    assert "three weeks from today" in question
    assert "is not told" in question
    flo.post(f"{waiting.path}withdrawal/")
    assert flo.post(f"{waiting.path}withdrawal/").status_code == 302
    hear()
    assert "Flo Reyes" not in read(ada.get("/network/")) + read(ada.get("/notifications/"))
    early = flo.post("/network/with/ada-lindqvist/invitation/", {"note": "Once more, please."})
    assert early.status_code == 409
    assert "You can ask again on" in read(early)
    assert "Once more, please." in early.text
    Invitation.objects.update(ended_at=clock.now() - COOLDOWN + timedelta(minutes=1))
    assert flo.post("/network/with/ada-lindqvist/invitation/", {"note": "Again."}).status_code == 409
    Invitation.objects.update(ended_at=clock.now() - COOLDOWN)
    assert flo.post("/network/with/ada-lindqvist/invitation/", {"note": "Again."}).status_code == 302


def test_one_reminder_after_a_week(cast: Cast, waiting: Invitation, hear) -> None:
    flo = cast.client("flo")
    young = made_ago(just_made(waiting), 7 * DAY - timedelta(minutes=1))
    early = flo.post(f"{young.path}reminder/")
    assert early.status_code == 409
    assert "a little time" in read(early)
    assert "Remind" not in read(flo.get("/network/sent/")).replace("reminded", "")
    old = made_ago(young, timedelta(minutes=2))
    assert "Remind" in read(flo.get("/network/sent/"))
    for _again in range(2):
        assert flo.post(f"{old.path}reminder/").status_code == 302
    hear()
    assert read(cast.client("ada").get("/notifications/")).count("reminds you") == 1
    assert "reminded on" in read(flo.get("/network/sent/"))


def test_it_runs_out_after_six_months(cast: Cast, waiting: Invitation, hear) -> None:
    ada, flo = cast.client("ada"), cast.client("flo")
    fresh = made_ago(waiting, 182 * DAY)
    hear()
    assert "Flo Reyes" in read(ada.get("/network/"))
    old = made_ago(fresh, 2 * DAY)
    assert "Flo Reyes" not in read(ada.get("/network/"))
    assert "Ada Lindqvist" not in read(flo.get("/network/sent/"))
    assert ada.post(f"{old.path}acceptance/").status_code == 409
    tasks.expire()
    old.refresh_from_db()
    assert old.state == State.EXPIRED
    assert flo.post("/network/with/ada-lindqvist/invitation/", {"note": "Half a year later."}).status_code == 302
    assert "Half a year later." in read(ada.get("/network/"))


def test_asking_again_after_it_ran_out_needs_no_sweep(cast: Cast, waiting: Invitation) -> None:
    made_ago(waiting, 184 * DAY)
    assert actions.invite(cast.flo, cast.ada, note="Again.").state == State.PENDING


@pytest.mark.parametrize("name", ["ed", "eve", "gus"])
def test_whom_one_cannot_see_one_cannot_ask(cast: Cast, name: str) -> None:
    ada, handle = cast.client("ada"), getattr(cast, name).handle
    for noun in ("", "invitation/", "removal/", "block/"):
        hidden, absent = ada.get(f"/network/with/{handle}/{noun}"), ada.get(f"/network/with/nobody-here/{noun}")
        assert hidden.status_code == absent.status_code == 404
        assert read(hidden) == read(absent)
    for noun in ("invitation/", "follow/", "removal/"):
        assert ada.post(f"/network/with/{handle}/{noun}").status_code == 404


def test_a_hidden_person_is_absent_until_she_asks(cast: Cast) -> None:
    kim = make_member("Kim Lund", visibility=Member.Visibility.HIDDEN)
    ada = cast.client("ada")
    assert ada.post("/network/with/kim-lund/invitation/", {"note": ""}).status_code == 404
    invitation = actions.invite(kim, cast.ada, note="We met in Delft.")
    assert "Kim Lund" in read(ada.get("/network/"))
    assert ada.post(f"{invitation.path}acceptance/").status_code == 302


def test_only_the_two_can_touch_an_invitation(cast: Cast, waiting: Invitation) -> None:
    bo, flo, ada = cast.client("bo"), cast.client("flo"), cast.client("ada")
    for noun in ("acceptance", "decline", "reply", "disclaimer", "restoration", "withdrawal", "reminder"):
        assert bo.post(f"{waiting.path}{noun}/", {"reply": "No."}).status_code == 404
        assert bo.post(f"/network/invitations/{2**63 + 5}/{noun}/", {"reply": "No."}).status_code == 404
        assert cast.client("nobody").post(f"{waiting.path}{noun}/").headers["Location"].startswith("/accounts/")
    for noun in ("acceptance", "decline", "reply", "disclaimer", "restoration"):
        assert flo.post(f"{waiting.path}{noun}/", {"reply": "No."}).status_code == 404
    for noun in ("withdrawal", "reminder"):
        assert ada.post(f"{waiting.path}{noun}/").status_code == 404
    waiting.refresh_from_db()
    assert waiting.state == State.PENDING


def test_the_card_says_whom_both_know(cast: Cast) -> None:
    connect(cast.bo, cast.flo)
    assert "You both know Bo Okafor." in read(cast.client("ada").get("/network/"))
    # Bo hides his connections, and so does Flo: neither list would show it to Ada.
    Member.objects.filter(pk__in=[cast.bo.pk, cast.flo.pk]).update(connections_audience=Member.ListAudience.ONLY_ME)
    assert "You both know" not in read(cast.client("ada").get("/network/"))
    Member.objects.filter(pk=cast.flo.pk).update(connections_audience=Member.ListAudience.MEMBERS)
    assert "You both know Bo Okafor." in read(cast.client("ada").get("/network/"))
