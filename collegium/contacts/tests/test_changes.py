"""One thing done to many at once: the preview, exactly those people, and the way back, to the last bit."""

import hashlib
from random import Random
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.audience.viewer import Viewer
from collegium.contacts import bulk, reading
from collegium.contacts.actions import changes, notes, reminders, shelves
from collegium.contacts.filters import Filter
from collegium.contacts.forms import today
from collegium.contacts.models import Change, Tag, Tagging
from collegium.contacts.tests.reading import read
from collegium.contacts.tests.scene import live, people, tied_at_once
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.network import distance
from collegium.network.models import Parting
from collegium.network.partings import part
from collegium.testing.cast import Cast, connect, make_member
from collegium.testing.fixtures import queries
from collegium.ties.models import Circle, Connection, Distance, Follow
from collegium.vouching.models import Endorsement, Recommendation

# What tells that something happened, not how things stand (who signed in, too); and the rows of the change itself.
NOT_STATE = {
    "accounts.User",
    "journal.Entry",
    "network.Parting",
    "contacts.Change",
    "lib.Bucket",
    "realtime.Poke",
    "sessions.Session",
}
PREVIEW, CHANGES = "/network/people/preview/", "/network/people/changes/"
ADMIN = {"auth", "admin", "contenttypes", "sessions", "procrastinate", "graph"}


def state() -> dict[str, str]:
    """Every row of every table of the rooms, as one hash a table."""
    found = {}
    for model in apps.get_models():
        if model._meta.label in NOT_STATE or model._meta.app_label in ADMIN or not model._meta.managed:
            continue
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT to_jsonb(r)::text FROM "{table}" r ORDER BY 1')
            rows = "\n".join(row[0] for row in cursor.fetchall())
        found[table] = hashlib.sha256(rows.encode()).hexdigest()
    return found


def differing(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [table for table in before if before[table] != after[table]]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(8))
def test_undoing_a_removal_leaves_no_trace(seed: int, hear: Any) -> None:
    """Whatever people did before, and whatever is chosen with the removal: every table is as it was, row for row."""
    chance = Random(seed)
    me, *others = people(7)
    for one in [me, *others]:
        for other in others:
            if one.pk < other.pk and (one is me or chance.random() < 0.4):
                connect(one, other)
    live(chance, [me, *others], 60)
    for other in chance.sample(others, 3):
        shelves.put_on(shelves.found(Tag, me, chance.choice(["Delft", "Paris"])), [other.pk], by=me)
        shelves.put_on(shelves.found(Circle, me, "Close"), [other.pk], by=me)
        notes.note(me, other, "Met in Delft.")
        reminders.remind(me, other, today())
    hear()
    before = state()
    gone = chance.sample(others, chance.randint(1, 5))
    wishes = {wish: chance.random() < 0.6 for wish in ("withdraw_words", "unfollow", "drop_followers")}
    parting = part.part(me, gone, **wishes)
    assert parting is not None
    hear()
    assert not Connection.objects.filter(member=me, other__in=gone).exists()
    counted = [(row.connection_count, row.connections.count()) for row in Member.objects.all()]
    assert all(kept == real for kept, real in counted)
    assert "ties_connection" in differing(before, state())
    part.restore(parting, by=me)
    hear()
    assert differing(before, state()) == []


def test_from_the_filter_to_the_preview_to_the_removal_and_back(cast: Cast, hear: Any) -> None:
    around = people(3, around=cast.ada)
    Follow.start(cast.ada, around[0])
    hear()
    ada = cast.client("ada")
    before = state()
    asked = {"act": "remove", "scope": "all", "of": "q=person"}
    preview = ada.post(PREVIEW, asked)
    assert preview.status_code == 200
    page = read(preview)
    assert "Remove 3 people from your connections?" in page
    assert "Bo Okafor" not in page
    assert "Nobody is told" in page
    assert differing(before, state()) == [], "a preview changes nothing"
    who = preview.text.split('name="who" value="')[1].split('"')[0]
    assert sorted(map(int, who.split(","))) == sorted(person.pk for person in around)
    # Exactly those one was told of: who would match by now is not meant.
    connect(make_member("Person Late"), cast.ada)
    hear()
    before = state()
    done = ada.post(CHANGES, {"act": "remove", "who": who, "of": "q=person", "unfollow": "on"}, follow=True)
    assert done.redirect_chain[-1][0] == "/network/people/?q=person"
    assert "3 people are no longer among your connections" in read(done)
    assert set(Connection.objects.filter(member=cast.ada).values_list("other__name", flat=True)) == {
        "Bo Okafor", "Gus Petrov", "Person Late",
    }  # fmt: skip
    hear()
    listed = ada.get(CHANGES)
    assert "3 people removed" in read(listed)
    parting = Parting.objects.latest("pk")
    assert f'action="{parting.path}restoration/"' in listed.text
    assert cast.client("bo").post(f"{parting.path}restoration/").status_code == 404
    ada.post(f"{parting.path}restoration/")
    hear()
    assert differing(before, state()) == []


@pytest.mark.parametrize(("act", "rung"), [("mute", 1), ("work", 2), ("restrict", 3)])
def test_moving_many_and_bringing_them_back(cast: Cast, act: str, rung: int) -> None:
    one, other = people(2, around=cast.ada)
    distance.set_rung(cast.ada, one, Distance.Rung(rung % 3 + 1))
    before = state()
    ada = cast.client("ada")
    who = f"{one.pk},{other.pk}"
    assert "2 people" in read(ada.post(PREVIEW, {"act": act, "who": who}))
    ada.post(CHANGES, {"act": act, "who": who})
    assert set(Distance.objects.filter(member=cast.ada).values_list("rung", flat=True)) == {rung}
    change = Change.objects.get()
    assert change.count == 2
    ada.post(CHANGES, {"act": act, "who": who})
    assert Change.objects.count() == 1, "it was so already"
    ada.post(f"{change.path}undoing/")
    assert differing(before, state()) == [], "the older distance and its day are back"
    assert "undone already" in read(ada.post(f"{change.path}undoing/", follow=True))


def test_who_was_moved_since_stays_where_they_are(cast: Cast) -> None:
    one, other = people(2, around=cast.ada)
    change = changes.keep_at(cast.ada, [one, other], 1)
    distance.set_rung(cast.ada, one, Distance.Rung.RESTRICTED)
    assert change is not None
    undone = changes.undo(change, by=cast.ada)
    assert (undone.count, undone.left) == (1, 1)
    assert list(Distance.objects.values_list("other", "rung")) == [(one.pk, 3)]


def test_near_again(cast: Cast) -> None:
    for rung in (1, 2, 3):
        distance.set_rung(cast.ada, make_member(f"Person {rung}"), Distance.Rung(rung))
    distance.set_rung(cast.ada, cast.bo, Distance.Rung.MUTED)
    ada = cast.client("ada")
    ada.post(CHANGES, {"act": "near", "who": str(cast.bo.pk)})
    assert not Distance.objects.filter(other=cast.bo).exists()
    ada.post(f"{Change.objects.get().path}undoing/")
    assert Distance.objects.get(other=cast.bo).rung == 1


def test_tagging_and_circling_many(cast: Cast) -> None:
    around = people(3, around=cast.ada)
    who = ",".join(str(person.pk) for person in [*around, cast.di])
    ada = cast.client("ada")
    assert "problem" not in ada.post(PREVIEW, {"act": "tag", "who": who}).text
    assert ada.post(CHANGES, {"act": "tag", "who": who, "name": ""}).status_code == 422
    assert ada.post(CHANGES, {"act": "tag", "who": who, "name": "x" * 41}).status_code == 422
    before = state()
    ada.post(CHANGES, {"act": "tag", "who": who, "name": "Delft"})
    assert Tagging.objects.count() == 3, "Di is no connection"
    ada.post(CHANGES, {"act": "circle", "who": who, "name": "Close"})
    assert Circle.objects.get().circlings.count() == 3
    ada.post(CHANGES, {"act": "uncircle", "who": str(around[0].pk), "known": "Close"})
    ada.post(CHANGES, {"act": "untag", "who": str(around[0].pk), "known": "Delft"})
    assert (Tagging.objects.count(), Circle.objects.get().circlings.count()) == (2, 2)
    assert Change.objects.count() == 4
    for change in Change.objects.order_by("-pk"):
        assert ada.post(f"{change.path}undoing/").status_code == 302
    assert differing(before, state()) == []
    assert not Tag.objects.exists()


@pytest.mark.parametrize(
    "given", [{}, {"act": "remove"}, {"act": "x", "who": "1"}, {"act": "mute", "who": "x,-1,9e9,٣"}]
)
def test_nobody_or_nothing_chosen(cast: Cast, given: dict[str, str]) -> None:
    ada = cast.client("ada")
    for address in (PREVIEW, CHANGES):
        assert ada.post(address, {**given, "of": "q=bo"}).headers["Location"] == "/network/people/?q=bo"
    assert not Parting.objects.filter(member=cast.ada, count__gt=1).exists()
    assert Connection.objects.filter(member=cast.ada).count() == 2


def test_strangers_are_not_meant_and_stay_unseen(cast: Cast) -> None:
    keys = [cast.di.pk, cast.ed.pk, cast.eve.pk, cast.gus.pk, cast.ada.pk]
    ada = cast.client("ada")
    answer = ada.post(CHANGES, {"act": "restrict", "who": ",".join(map(str, keys))}, follow=True)
    assert "There is nobody left to change." in read(answer)
    assert not Distance.objects.exists()


def test_a_change_has_a_size(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_CHANGED", 2)
    people(3, around=cast.ada)
    preview = cast.client("ada").post(PREVIEW, {"act": "mute", "scope": "all"})
    assert "Mute 2 people?" in read(preview)
    assert "At most 2 people change at once" in read(preview)
    assert bulk.numbers(["1,1", "2", "x"]) == [1, 2]


def test_five_hundred_cost_as_many_statements_as_five(cast: Cast) -> None:
    few, many = people(5), people(60)
    tied_at_once(cast.ada, few + many)
    small = queries(lambda: part.part(cast.ada, few, withdraw_words=True, unfollow=True, drop_followers=True))
    large = queries(lambda: part.part(cast.ada, many, withdraw_words=True, unfollow=True, drop_followers=True))
    assert len(large) == len(small)
    other, one = Parting.objects.order_by("-pk")[:2]
    small = queries(lambda: part.restore(one, by=cast.ada))
    large = queries(lambda: part.restore(other, by=cast.ada))
    assert len(large) == len(small)


def test_bringing_many_back_costs_as_many_statements_as_few(cast: Cast) -> None:
    """Everybody was muted on a day of their own, and is again muted since that day."""
    asked = []
    for count in (2, 12):
        people = [make_member(f"Person {count} {number}") for number in range(count)]
        for person in people:
            distance.set_rung(cast.ada, person, Distance.Rung.MUTED)
        days = dict(Distance.objects.filter(member=cast.ada).values_list("other", "since"))
        change = changes.keep_at(cast.ada, people, Distance.Rung.RESTRICTED.value)
        assert change is not None
        with CaptureQueriesContext(connection) as seen:
            assert changes.undo(change, by=cast.ada).count == count
        asked.append(len(seen))
        assert dict(Distance.objects.filter(member=cast.ada).values_list("other", "since")) == days
    assert asked[0] == asked[1]


def test_what_changed_meanwhile_holds(cast: Cast, hear: Any) -> None:
    blocked, again, asked, left = people(4, around=cast.ada)
    parting = part.part(cast.ada, [blocked, again, asked, left])
    assert parting is not None
    network.block(blocked, cast.ada)
    network.unblock(blocked, cast.ada)
    connect(again, cast.ada)
    invitation = network.invite(cast.ada, asked, note="Hello again.")
    network.decline(invitation, by=asked)
    restored = part.restore(parting, by=cast.ada)
    assert restored.count == 1
    tied = set(Connection.objects.filter(member=cast.ada).values_list("other", flat=True))
    assert {again.pk, left.pk} <= tied
    assert not {blocked.pk, asked.pk} & tied
    sentences = dict(restored.skipped)
    assert set(sentences) == {blocked.pk, again.pk, asked.pk}
    assert "block" not in sentences[blocked.pk]


def test_words_stand_or_are_taken_back_by_choice(cast: Cast, hear: Any) -> None:
    chance = Random(3)
    one, other = people(2, around=cast.ada)
    live(chance, [cast.ada, one, other], 120)
    mine = Endorsement.objects.filter(giver=cast.ada)
    assert mine.exists()
    written = Recommendation.objects.filter(author=cast.ada)
    kept = mine.count() + written.count()
    first = part.part(cast.ada, [one, other])
    assert mine.count() + written.count() == kept
    assert first is not None
    part.restore(first, by=cast.ada)
    assert part.part(cast.ada, [one, other], withdraw_words=True)
    assert mine.count() + written.count() == 0
    assert reading.page(Viewer(cast.ada), Filter()).total == 1


def test_the_list_of_changes_goes_on(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from collegium.contacts.views import changes as view

    monkeypatch.setattr(view, "LISTED", 2)
    for number in range(5):
        changes.put(Tag, cast.ada, [cast.bo], f"Tag {number}")
    ada, address, found = cast.client("ada"), CHANGES, []
    while address:
        text = ada.get(address).text
        found += [number for number in range(5) if f"Tag {number}" in text]
        address = text.split('class="older"')[1].split('href="')[1].split('"')[0] if 'class="older"' in text else ""
    assert sorted(found) == list(range(5))
    assert ada.get(f"{CHANGES}?after=x").status_code == 404
