"""What one keeps about people: tags, circles, notes, reminders. One's own, bounded, and told to nobody."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from collegium.contacts import models, tasks
from collegium.contacts.actions import changes, notes, reminders, shelves
from collegium.contacts.models import Change, PersonNote, Reminder, Tag, Tagging
from collegium.contacts.shelves import SORTS, connected, on
from collegium.contacts.tests.reading import read
from collegium.journal.models import Entry
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.network import distance
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast, connect
from collegium.testing.racing import race
from collegium.ties.models import Circle, Circling, Distance

BO = "/network/people/with/bo-okafor/"
BADGE = "<span>Reminders</span><b>1</b>"


def test_a_tag_is_one_whatever_its_spelling(cast: Cast) -> None:
    ada = cast.client("ada")
    for name in ("Delft", "DELFT", "  delft  "):
        assert ada.post(f"{BO}tags/", {"name": name}).status_code == 302
    tag = Tag.objects.get()
    assert (tag.name, list(tag.taggings.values_list("person", flat=True))) == ("Delft", [cast.bo.pk])
    ada.post(f"{BO}tags/{tag.pk}/removal/")
    assert not Tagging.objects.exists()
    assert ada.post(f"{BO}tags/", {"name": ""}).status_code == 422
    assert ada.post(f"{BO}tags/", {"name": "x" * 41}).status_code == 422


def test_renaming_and_deleting_with_a_way_back(cast: Cast) -> None:
    ada = cast.client("ada")
    for kind, model in (("tags", Tag), ("circles", Circle)):
        row, other = (shelves.found(model, cast.ada, name) for name in ("Delft", "Paris"))
        shelves.put_on(row, [cast.bo.pk], by=cast.ada)
        address = f"/network/people/{kind}/{row.pk}/"
        assert ada.post(address, {"name": "PARIS"}).status_code == 409
        assert ada.post(address, {"name": ""}).status_code == 422
        assert ada.post(address, {"name": "DELFT"}).status_code == 302
        assert "1 connection" in read(ada.get(f"/network/people/{kind}/"))
        assert cast.client("bo").post(address, {"name": "Mine"}).status_code == 404
        assert cast.client("bo").post(f"{address}removal/").status_code == 404
        ada.post(f"{address}removal/")
        assert not type(row).objects.filter(pk=row.pk).exists()
        change = Change.objects.latest("pk")
        assert cast.client("bo").post(f"{change.path}undoing/").status_code == 404
        ada.post(f"{change.path}undoing/")
        again = type(row).objects.get(pk=row.pk)
        assert again.name == "DELFT"
        assert other.name == "Paris"
    assert Tagging.objects.count() == Circling.objects.count() == 1


def test_a_circle_takes_connections_alone(cast: Cast) -> None:
    circle = shelves.found(Circle, cast.ada, "Close")
    assert shelves.put_on(circle, [cast.bo.pk, cast.cy.pk, cast.ada.pk, 7], by=cast.ada) == [cast.bo.pk]
    assert shelves.put_on(circle, [cast.bo.pk], by=cast.ada) == []
    with pytest.raises(Refusal):
        shelves.put_on(circle, [cast.cy.pk], by=cast.bo)
    ada = cast.client("ada")
    ada.post(f"{BO}circles/", {"name": "Rivers"})
    assert Circling.objects.filter(person=cast.bo).count() == 2
    ada.post(f"{BO}circles/{circle.pk}/removal/")
    assert not circle.circlings.exists()
    assert shelves.take_off(circle, [cast.bo.pk], by=cast.ada) == []


def test_a_note_is_kept_changed_and_taken_away(cast: Cast) -> None:
    ada = cast.client("ada")
    ada.post(f"{BO}note/", {"body": "Met in Delft.\r\n"})
    assert PersonNote.objects.get().body == "Met in Delft."
    assert "Met in Delft." in ada.get(BO).text
    ada.post(f"{BO}note/", {"body": "Met in Delft."})
    assert Entry.objects.filter(kind="contacts.noted").count() == 1
    assert ada.post(f"{BO}note/", {"body": "x" * 4001}).status_code == 422
    ada.post(f"{BO}note/", {"body": ""})
    assert not PersonNote.objects.exists()
    # Of somebody whom one sees, connected or not; of nobody else, and not of oneself.
    assert ada.post("/network/people/with/di-varga/note/", {"body": "Hm."}).status_code == 302
    for handle in ("ed-novak", "eve-marchetti", "gus-petrov", "ada-lindqvist", "nobody-here"):
        assert ada.post(f"/network/people/with/{handle}/note/", {"body": "Hm."}).status_code == 404, handle
        assert ada.get(f"/network/people/with/{handle}/").status_code == 404, handle


def test_nobody_else_reads_any_of_it(cast: Cast) -> None:
    """Canaries on everything Ada keeps about Bo; all pages of Bo, of others, of nobody."""
    shelves.put_on(shelves.found(Tag, cast.ada, "canary-1"), [cast.bo.pk], by=cast.ada)
    shelves.put_on(shelves.found(Circle, cast.ada, "canary-2"), [cast.bo.pk], by=cast.ada)
    notes.note(cast.ada, cast.bo, "canary-3")
    reminders.remind(cast.ada, cast.bo, date.today(), "canary-4")  # noqa: DTZ011 - any day
    notes.save_filter(cast.ada, "canary-5", "last=never")
    tasks.remind()
    pages = (
        "/", "/network/", "/network/people/", "/network/people/tags/", "/network/people/circles/",
        "/network/people/reminders/", "/network/people/changes/", "/network/people/people.csv", "/notifications/",
        "/in/bo-okafor/", "/in/ada-lindqvist/", BO, "/network/people/with/ada-lindqvist/", "/search/?q=canary",
    )  # fmt: skip
    assert sum("canary" in cast.client("ada").get(page).text for page in pages) >= 6
    for name in ("bo", "cy", "nobody"):
        browser = cast.client(name)
        for page in pages:
            text = browser.get(page, headers={"HX-Request": "true"}).text + browser.get(page).text
            assert "canary-" not in text.replace("q=canary", ""), (name, page)


def test_an_entry_holds_no_words(cast: Cast) -> None:
    shelves.put_on(shelves.found(Tag, cast.ada, "canary"), [cast.bo.pk], by=cast.ada)
    notes.note(cast.ada, cast.bo, "canary")
    reminders.remind(cast.ada, cast.bo, date(2027, 1, 1), "canary")
    assert not [entry for entry in Entry.objects.all() if "canary" in str(entry.data)]


def test_a_reminder_waits_is_told_once_and_moved(cast: Cast, hear) -> None:
    ada = cast.client("ada")
    today = timezone.localdate(clock.now())
    assert ada.post(f"{BO}reminders/", {"days": "7", "words": "Drawings"}).status_code == 302
    reminder = Reminder.objects.get()
    assert reminder.due == today + timedelta(days=7)
    tasks.remind()
    assert not Notification.objects.filter(kind="contacts.reminder").exists()
    Reminder.objects.update(due=today)
    for _twice in range(2):
        tasks.remind()
    told = Notification.objects.get(kind="contacts.reminder")
    assert told.recipient_id == cast.ada.pk
    page = read(ada.get("/notifications/"))
    assert "You wanted to get in touch with Bo Okafor: “Drawings”" in page
    assert "Drawings" in ada.get("/network/people/reminders/").text
    ada.post(f"{reminder.path}snooze/", {"days": "30"})
    hear()
    assert not Notification.objects.filter(kind="contacts.reminder").exists()
    Reminder.objects.update(due=today)
    Reminder.objects.update(told=None)
    tasks.remind()
    ada.post(f"{reminder.path}completion/")
    hear()
    assert "get in touch" not in read(ada.get("/notifications/"))
    assert Reminder.objects.get().done_at
    ada.post(f"{reminder.path}reopening/")
    assert Reminder.objects.get().done_at is None
    for step in ("snooze", "completion", "reopening"):
        assert cast.client("bo").post(f"{reminder.path}{step}/").status_code == 404


@pytest.mark.parametrize(
    "given", [{}, {"due": "1999-01-01"}, {"due": "nonsense"}, {"due": "9999-12-31"}, {"days": "8"}]
)
def test_a_day_that_makes_no_sense(cast: Cast, given: dict[str, str]) -> None:
    assert cast.client("ada").post(f"{BO}reminders/", given).status_code == 422
    assert not Reminder.objects.exists()


def test_a_reminder_of_somebody_one_no_longer_sees_is_silent(cast: Cast, hear) -> None:
    reminders.remind(cast.ada, cast.bo, timezone.localdate(clock.now()), "Drawings")
    tasks.remind()
    network.block(cast.bo, cast.ada)
    hear()
    ada = cast.client("ada")
    for page in ("/network/people/reminders/", "/notifications/"):
        assert "Drawings" not in ada.get(page).text
        assert "Bo Okafor" not in ada.get(page).text


def test_numbers_know_nobody_whom_the_list_does_not(cast: Cast) -> None:
    """Bo's page is for his connections, and he restricts Ada: nothing counts him for her, and nothing tells that."""
    reminders.remind(cast.ada, cast.bo, timezone.localdate(clock.now()))
    shelves.put_on(shelves.found(Tag, cast.ada, "Delft"), [cast.bo.pk], by=cast.ada)
    shelves.put_on(shelves.found(Circle, cast.ada, "Close"), [cast.bo.pk], by=cast.ada)
    ada = cast.client("ada")
    assert all("1 connection" in read(ada.get(f"/network/people/{kind}/")) for kind in ("tags", "circles"))
    reminding = ada.get("/network/people/reminders/")
    assert "Bo Okafor" in read(reminding)
    Member.objects.filter(pk=cast.bo.pk).update(visibility=Member.Visibility.HIDDEN)
    distance.set_rung(cast.bo, cast.ada, Distance.Rung.RESTRICTED)
    assert not any("1 connection" in read(ada.get(f"/network/people/{kind}/")) for kind in ("tags", "circles"))
    page = ada.get("/network/people/reminders/")
    assert "Bo Okafor" not in read(page)
    assert BADGE in reminding.text
    assert BADGE not in page.text


@pytest.mark.parametrize("to", ["/x\r\nSet-Cookie: a=b", "//evil.example/", "https://evil.example/", "/\u2028"])
def test_where_a_form_says_it_stood_leads_nowhere_else(cast: Cast, to: str) -> None:
    reminder = reminders.remind(cast.ada, cast.bo, timezone.localdate(clock.now()))
    answer = cast.client("ada").post(f"{reminder.path}completion/", {"to": to}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/network/people/reminders/")


def only_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """One tag and one circle are the most there can be."""
    for kind, sort in list(SORTS.items()):
        monkeypatch.setitem(SORTS, kind, replace(sort, most=1))


@pytest.mark.parametrize(("kind", "model"), [("tags", Tag), ("circles", Circle)])
def test_an_undo_makes_none_too_many(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, kind: str, model: type[Tag] | type[Circle]
) -> None:
    """It says what to do, and can be done afterwards; where one of the name is there, there is nothing to make."""
    ada = cast.client("ada")
    gone = shelves.found(model, cast.ada, "Delft")
    shelves.put_on(gone, [cast.bo.pk], by=cast.ada)
    change = shelves.drop(gone, by=cast.ada)
    other = shelves.found(model, cast.ada, "Paris")
    only_one(monkeypatch)
    assert change is not None
    page = read(ada.post(f"{change.path}undoing/", follow=True))
    assert f"You have 1 {kind}, and that is the most there can be. Delete one first, then undo this." in page
    assert list(model.objects.values_list("name", flat=True)) == ["Paris"]
    change.refresh_from_db()
    assert change.stands, "the way back waits"
    shelves.rename(other, "DELFT", by=cast.ada)
    ada.post(f"{change.path}undoing/")
    assert [(row.pk, row.name) for row in model.objects.all()] == [(other.pk, "DELFT")]
    assert list(on(other).values_list("person", flat=True)) == [cast.bo.pk]


def test_a_deleted_tag_comes_back_under_its_key_where_there_is_room(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = shelves.found(Tag, cast.ada, "Delft")
    change = shelves.drop(tag, by=cast.ada)
    only_one(monkeypatch)
    assert change is not None
    changes.undo(change, by=cast.ada)
    assert Tag.objects.get(name="Delft").pk == change.before["id"]


def test_there_are_limits(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    only_one(monkeypatch)
    for module, name in ((notes, "MOST_FILTERS"), (reminders, "MOST_REMINDERS")):
        monkeypatch.setattr(module, name, 1)
    shelves.found(Tag, cast.ada, "One")
    shelves.found(Circle, cast.ada, "One")
    notes.save_filter(cast.ada, "One", "last=never")
    reminders.remind(cast.ada, cast.bo, date(2027, 1, 1))
    for verb in (
        lambda: shelves.found(Tag, cast.ada, "Two"),
        lambda: shelves.found(Circle, cast.ada, "Two"),
        lambda: notes.save_filter(cast.ada, "Two", "last=never"),
        lambda: reminders.remind(cast.ada, cast.bo, date(2027, 1, 2)),
    ):
        with pytest.raises(Conflict):
            verb()


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_make_one_tag(transactional_db: None, make_member) -> None:
    ada, bo = make_member("Ada Lindqvist"), make_member("Bo Okafor")
    connect(bo, ada)
    for round_ in range(4):
        name = f"Delft {round_}"
        tags_made = race(*[lambda name=name: changes.put(Tag, ada, [bo], name)] * 3)
        assert sum(made is not None for made in tags_made) == 1, tags_made
        circles_made = race(*[lambda name=name: changes.put(Circle, ada, [bo], name)] * 3)
        assert sum(made is not None for made in circles_made) == 1, circles_made
        change = Change.objects.filter(kind="tagged").latest("pk")
        undone = race(*[lambda change=change: changes.undo(change, by=ada)] * 2)
        assert sorted(type(each).__name__ for each in undone) == ["Conflict", "Undone"]
    race(*[lambda: notes.note(ada, bo, "Hello.")] * 3)
    assert PersonNote.objects.count() == 1
    assert Circle.objects.count() == 4
    assert models.Tag.objects.count() == 0, "each was made by what was undone"
    assert connected(ada, [bo.pk]) == [bo.pk]
