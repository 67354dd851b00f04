"""How one keeps conversations for oneself."""

from datetime import timedelta

import pytest

from collegium.journal.models import Entry
from collegium.lib.refusal import Conflict, Refusal
from collegium.messaging import tasks
from collegium.messaging.actions import keeping, reporting, talking
from collegium.messaging.models import Attachment, Message, Participant, Report, Revision, Typing
from collegium.messaging.reading import inbox, search, starred, talk
from collegium.messaging.tests import scene
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast, connect, make_member
from collegium.testing.fixtures import assert_same_queries


def boxes(cast: Cast, name: str) -> set[str]:
    return {box for box in inbox.BOXES if inbox.page(cast.viewer(name), box).rows}


def test_boxes(cast: Cast) -> None:
    row = scene.two(cast.ada, cast.bo, "Hello")
    assert boxes(cast, "bo") == {"focused"}
    keeping.pin(row, by=cast.bo)
    assert boxes(cast, "bo") == {"focused", "starred"}
    keeping.archive(row, by=cast.bo)
    assert (boxes(cast, "bo"), inbox.unread(cast.viewer("bo"))) == ({"archived", "starred"}, 0)
    talking.write(row, by=cast.ada, text="Again")
    assert (boxes(cast, "bo"), inbox.unread(cast.viewer("bo"))) == ({"focused", "starred"}, 1)
    keeping.mute(row, by=cast.bo)
    assert inbox.unread(cast.viewer("bo")) == 0
    keeping.archive(row, by=cast.bo)
    talking.write(row, by=cast.ada, text="And again")
    assert boxes(cast, "bo") == {"archived", "starred"}
    keeping.unarchive(row, by=cast.bo)
    keeping.unmute(row, by=cast.bo)
    keeping.unpin(row, by=cast.bo)
    keeping.put(row, by=cast.bo, box="other")
    assert boxes(cast, "bo") == {"other"}
    assert boxes(cast, "ada") == {"focused"}
    with pytest.raises(Refusal):
        keeping.put(row, by=cast.bo, box="requests")
    with pytest.raises(Refusal):
        keeping.mute(row, by=cast.di)


def test_read_and_unread(cast: Cast) -> None:
    row = scene.two(cast.ada, cast.bo, "One")
    talking.write(row, by=cast.ada, text="Two")
    keeping.read(row, by=cast.bo, number=1)
    assert inbox.unread(cast.viewer("bo")) == 1
    keeping.read(row, by=cast.bo, number=99)
    place = Participant.objects.get(member=cast.bo, conversation=row)
    assert (place.read, place.unread) == (2, False)
    keeping.mark_unread(row, by=cast.bo)
    assert inbox.page(cast.viewer("bo"), "focused", only="unread").rows
    assert Participant.objects.get(member=cast.bo, conversation=row).read == 2
    assert not Entry.objects.filter(kind__startswith="messaging.", actor=cast.bo.pk).exists()


def test_a_draft_ends_with_what_is_said(cast: Cast) -> None:
    row = scene.two(cast.ada, cast.bo, "One")
    keeping.draft(row, by=cast.ada, text="Half a thou")
    assert inbox.page(cast.viewer("ada"), "focused").rows[0].place.draft == "Half a thou"
    talking.write(row, by=cast.bo, text="Two")
    assert Participant.objects.get(member=cast.ada, conversation=row).draft
    talking.write(row, by=cast.ada, text="Half a thought")
    assert not Participant.objects.exclude(draft="").exists()


def test_editing_and_deleting_in_time(cast: Cast) -> None:
    row = scene.two(cast.ada, cast.bo, "One", "Two")
    mine = Message.objects.select_related("conversation").get(number=1)
    for who in (cast.bo, cast.di):
        for verb in (lambda by: talking.edit(mine, by=by, text="x"), lambda by: talking.delete(mine, by=by)):
            with pytest.raises(Refusal):
                verb(who)
    talking.edit(mine, by=cast.ada, text="Uno")
    talking.edit(mine, by=cast.ada, text="Uno")
    assert [each.text for each in talk.revisions(cast.viewer("bo"), mine)] == ["One"]
    hour = scene.sent_ago(scene.two(cast.ada, cast.bo).messages.get(number=2), timedelta(hours=2))
    with pytest.raises(Conflict):
        talking.edit(hour, by=cast.bo, text="Due")
    talking.delete(hour, by=cast.bo)
    late = scene.sent_ago(talking.write(row, by=cast.ada, text="Three"), timedelta(hours=25))
    with pytest.raises(Conflict):
        talking.delete(late, by=cast.ada)
    assert Revision.objects.count() == 1


def test_stars(cast: Cast) -> None:
    scene.two(cast.ada, cast.bo, "One", "Two")
    said = Message.objects.select_related("conversation").get(number=1)
    assert keeping.star(said, by=cast.bo)
    assert not keeping.star(said, by=cast.bo)
    assert [(each.message.text, each.title) for each in starred.page(cast.viewer("bo")).rows] == [
        ("One", "Ada Lindqvist")
    ]
    assert starred.page(cast.viewer("ada")).rows == []
    with pytest.raises(Refusal):
        keeping.star(said, by=cast.di)
    assert keeping.unstar(said, by=cast.bo)
    assert starred.page(cast.viewer("bo")).rows == []


def test_search(cast: Cast) -> None:
    row = scene.two(
        cast.ada, cast.bo, "Café at nine, 100% <b>sure</b>", "Where is the cafeteria?", "On the quay 会议室"
    )
    assert [each.message.number for each in search.find(cast.viewer("ada"), "CAFE").hits] == [2, 1]
    assert [str(each.excerpt) for each in search.find(cast.viewer("ada"), "café nine").hits] == [
        "<mark>Café</mark> at <mark>nine</mark>, 100% &lt;b&gt;sure&lt;/b&gt;"
    ]
    assert len(search.find(cast.viewer("bo"), "100%").hits) == 1
    assert [each.message.number for each in search.find(cast.viewer("bo"), "AT").hits] == [1]
    assert search.find(cast.viewer("bo"), "qu").hits == []
    assert search.find(cast.viewer("bo"), "%").hits[0].message.number == 1
    assert search.find(cast.viewer("bo"), "_").hits == []
    assert search.find(cast.viewer("bo"), "\x00  ").hits == []
    assert len(search.find(cast.viewer("bo"), "会议").hits) == 1
    assert search.find(cast.viewer("di"), "quay").hits == []
    assert len(search.find(cast.viewer("ada"), "quay", within=row.pk).hits) == 1
    assert search.find(cast.viewer("ada"), "quay", within=7).hits == []


def test_search_goes_on(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "LISTED", 3)
    monkeypatch.setattr(search, "AT_ONCE", 2)
    scene.two(cast.ada, cast.bo, *["tide"] * 8)
    numbers, before = [], ""
    while True:
        page = search.find(cast.viewer("bo"), "tide", before)
        numbers += [each.message.number for each in page.hits]
        if not (before := page.older):
            break
    assert numbers == list(range(8, 0, -1))


def test_a_report_is_a_copy_of_one_message(cast: Cast, hear) -> None:  # type: ignore[no-untyped-def]
    owner = make_member("Olga")
    owner.user.role = "owner"
    owner.user.save(update_fields=["role"])
    scene.two(cast.ada, cast.bo, "Not kind", "Why?")
    said = Message.objects.select_related("conversation").get(number=1)
    row = reporting.report(said, by=cast.bo, words="Look at this")
    assert reporting.report(said, by=cast.bo, words="Again") == row
    hear()
    talking.delete(said, by=cast.ada)
    assert (Report.objects.get().text, Report.objects.get().author) == ("Not kind", cast.ada)
    assert Notification.objects.filter(recipient=owner, kind="messaging.reported").count() == 1
    for who in (cast.ada, cast.di, owner):
        with pytest.raises(Refusal):
            reporting.report(said, by=who, words="")


def test_the_sweep(cast: Cast) -> None:
    row = scene.two(cast.ada, cast.bo, "Hello")
    keeping.typing(row, by=cast.ada)
    Typing.objects.update(until="2020-01-01T00:00Z")
    old = {"owner": cast.ada, "kind": "file", "name": "f", "stored": "x", "content_type": "x", "size": 1}
    Attachment.objects.create(id=1, **old)
    fresh = Attachment.objects.create(**old)
    tasks.sweep()
    assert list(Attachment.objects.all()) == [fresh]
    assert not Typing.objects.exists()


def test_files_are_ones_own_and_hang_once(cast: Cast) -> None:
    row = scene.two(cast.ada, cast.bo, "Hello")
    file = {"kind": "file", "name": "f", "stored": "x", "content_type": "x", "size": 1}
    mine, other = Attachment.objects.create(owner=cast.ada, **file), Attachment.objects.create(owner=cast.bo, **file)
    with pytest.raises(Conflict):
        talking.write(row, by=cast.ada, text="", files=[mine, other])
    said = talking.write(row, by=cast.ada, text="", files=[mine])
    assert list(said.files.all()) == [mine]
    with pytest.raises(Conflict):
        talking.write(row, by=cast.ada, text="", files=[mine])


def test_pages_cost_the_same(cast: Cast) -> None:
    rows = [scene.two(cast.ada, cast.bo, "One", "Two")]
    viewer = cast.viewer("ada")

    def grow() -> None:
        for place in range(4):
            other = make_member(f"Person {place}")
            connect(other, cast.ada)
            rows.append(scene.two(cast.ada, other, "One", "Two"))
            scene.group(cast.ada, cast.bo, other, texts=3)
        for number in range(60):
            said = talking.write(rows[0], by=(cast.ada, cast.bo)[number % 2], text=f"{number}")
            talking.react(said, by=cast.bo, sign="👍")
            keeping.star(said, by=cast.ada)

    def page() -> None:
        here = talk.one(viewer, rows[0].pk)
        assert here is not None
        talk.messages(viewer, here)
        talk.since(viewer, here, 1)
        inbox.page(viewer, "focused")
        inbox.unread(viewer)
        search.find(viewer, "One")

    assert_same_queries(page, grow, page)
