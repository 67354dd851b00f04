"""The list: who is in it, in which order, filtered by what, at which cost."""

from datetime import timedelta

import pytest

from collegium.career import actions as career
from collegium.career.models import PartAudience
from collegium.career.sections import Part, Section
from collegium.contacts import exporting, filters, reading
from collegium.contacts.actions import notes, shelves
from collegium.contacts.filters import Filter
from collegium.contacts.models import SavedFilter, Tag
from collegium.contacts.tests.reading import names_on, read
from collegium.contacts.tests.scene import people, tied_at_once
from collegium.feed import actions as feed
from collegium.feed.models import Reaction
from collegium.lib import clock, ids
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.network import lists
from collegium.testing.cast import Cast, connect, make_member
from collegium.ties.models import Circle, Connection, Distance

HX = {"HX-Request": "true"}


def found(cast: Cast, **asked: str) -> set[str]:
    """First names of those whom Ada's filter finds."""
    lines = reading.page(cast.viewer("ada"), Filter(**asked)).lines
    return {line.person.name.split()[0] for line in lines}


def test_it_is_the_list_of_connections_and_of_nobody_else(cast: Cast) -> None:
    """Whoever `network.lists` finds, whatever stands between them; a hidden one who restricts her is not there."""
    for name in ("Restricting", "Hidden", "Both"):
        person = make_member(name, visibility=3 if name != "Restricting" else 1)
        connect(person, cast.ada)
        if name != "Hidden":
            Distance.objects.create(member=person, other=cast.ada, rung=3)
    assert found(cast) == {"Bo", "Restricting", "Hidden"}
    for name in cast.names[:-1]:
        viewer = cast.viewer(name)
        if viewer.member is None or not viewer.member.is_active:
            continue
        expected = set(lists.connections(viewer.me, viewer).values_list("other", flat=True))
        assert set(reading.keys(viewer, Filter())) == expected, name
        assert reading.page(viewer, Filter()).total == len(expected)


def test_searching_and_sorting(cast: Cast) -> None:
    around = [make_member(name) for name in ("Zoë Ångström", "Ali Çelik", "Mo 100%", "Mo 100_", "Kay Ω")]
    for person in around:
        connect(person, cast.ada)
    ada = cast.client("ada")
    everybody = [*around, cast.bo]
    newest = names_on(ada, "/network/people/?sort=newest", everybody)
    assert newest == [person.name for person in reversed(around)] + ["Bo Okafor"]
    by_name = names_on(ada, "/network/people/", everybody)
    assert by_name == sorted((person.name for person in everybody), key=str.casefold)
    assert names_on(ada, "/network/people/?q=zoe ang", everybody) == ["Zoë Ångström"]
    assert names_on(ada, "/network/people/?q=100%25", everybody) == ["Mo 100%"]
    assert names_on(ada, "/network/people/?q=100_", everybody) == ["Mo 100_"]
    assert "None of your people matches" in read(ada.get("/network/people/?q=nobody+like+this"))


@pytest.mark.parametrize("sort", ["name", "newest", "longest"])
def test_a_long_list_goes_on_without_gap_or_double(cast: Cast, sort: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGE", 2)
    around = people(5, around=cast.ada)
    # The same moment for three of them, as a bundle that is loaded brings it.
    Connection.objects.filter(member=cast.ada, other__in=around[1:4]).update(since=clock.now() - timedelta(days=1))
    on = names_on(cast.client("ada"), f"/network/people/?sort={sort}", [*around, cast.bo])
    assert len(on) == 6
    assert set(on) == {person.name for person in [*around, cast.bo]}


def test_filters_by_time(cast: Cast) -> None:
    old, silent, lively = people(3, around=cast.ada)
    now = clock.now()
    ties = Connection.objects.filter(member=cast.ada)
    ties.update(since=now - timedelta(days=900))
    ties.filter(other=silent).update(since=now - timedelta(days=40))
    post = feed.post(cast.ada, "Seals fail at 4 °C.", audience=3)
    for person, days in ((old, 700), (lively, 3)):
        feed.react(post, "like", by=person)
        Reaction.objects.filter(member=person).update(id=ids.key_at(now - timedelta(days=days)))
    names = {"old": old, "silent": silent, "lively": lively, "bo": cast.bo}

    def those(**asked: str) -> set[str]:
        keys = reading.keys(cast.viewer("ada"), Filter(**asked))
        return {name for name, person in names.items() if person.pk in keys}

    assert those(last="not-18m") == {"old", "bo"}, "somebody new has not been silent for long"
    assert those(last="in-1m") == {"lively"}
    assert those(last="in-6m") == {"lively", "silent"}
    assert those(last="never") == {"silent", "bo"}
    assert those(last="not-3y") == set()
    assert those(often="none") == {"old", "silent", "bo"}
    assert those(often="few") == {"lively"}
    assert those(tied="in-1y") == {"silent"}
    assert those(tied="not-1y") == {"old", "lively", "bo"}
    assert those(last="not-18m", often="few") == set()


def test_filters_by_what_a_profile_says_as_far_as_it_is_open(cast: Cast) -> None:
    one, other, away = people(3, around=cast.ada)
    for person in (one, other, away):
        career.add(person, Section.POSITIONS, title="Engineer", organization_name="Ångström Dams", started="2020")
    career.add(
        cast.bo, Section.POSITIONS, title="Guard", organization_name="Angstrom Dams", started="2010", ended="2015"
    )
    PartAudience.objects.create(member=other, part=Part.POSITIONS, audience=4)
    PartAudience.objects.create(member=away, part=Part.POSITIONS, audience=3)
    Member.objects.filter(pk=one.pk).update(place="Łódź, Poland")
    keys = lambda **asked: set(reading.keys(cast.viewer("ada"), Filter(**asked)))  # noqa: E731 - a name for what is asked twice
    assert keys(company="angstrom") == {one.pk, away.pk}
    assert keys(place="lodz") == {one.pk}
    assert keys(company="angstrom", place="lodz", q="person") == {one.pk}
    Distance.objects.create(member=away, other=cast.ada, rung=3)
    assert keys(company="angstrom") == {one.pk}, "restricted, she reads what any member reads"
    roles = {line.person.pk: line.role for line in reading.page(cast.viewer("ada"), Filter()).lines}
    assert roles[one.pk] == "Engineer, Ångström Dams"
    assert [roles[person.pk] for person in (other, away, cast.bo)] == ["", "", ""]


def test_filters_by_what_one_keeps(cast: Cast) -> None:
    one, other = people(2, around=cast.ada)
    tag, circle = shelves.found(Tag, cast.ada, "Delft"), shelves.found(Circle, cast.ada, "Close")
    shelves.put_on(tag, [one.pk, cast.di.pk], by=cast.ada)
    shelves.put_on(circle, [other.pk, cast.di.pk], by=cast.ada)
    Distance.objects.create(member=cast.ada, other=one, rung=2)
    keys = lambda **asked: set(reading.keys(cast.viewer("ada"), Filter(**asked)))  # noqa: E731 - a name for what is asked twice
    assert keys(tag=str(tag.pk)) == {one.pk}, "Di has the tag, and is no connection"
    assert keys(circle=str(circle.pk)) == {other.pk}
    assert keys(rung="2") == {one.pk}
    assert keys(rung="0") == {other.pk, cast.bo.pk}


def test_somebody_elses_tag_filters_nothing(cast: Cast) -> None:
    tag = shelves.found(Tag, cast.bo, "Tedious")
    shelves.put_on(tag, [cast.cy.pk, cast.ada.pk], by=cast.bo)
    asked = filters.own(cast.ada).read(f"tag={tag.pk}&circle=7&rung=9&sort=x&last=%00")
    assert asked == Filter()
    page = cast.client("ada").get(f"/network/people/?tag={tag.pk}").text
    assert "Tedious" not in page
    assert "Bo Okafor" in page


def test_an_address_says_its_filter_and_is_read_back(cast: Cast) -> None:
    own = filters.own(cast.ada)
    asked = Filter(q="a b", last="not-18m", often="none", rung="1", sort="longest", place="Łódź")
    assert own.read(asked.query) == asked
    assert Filter().query == ""


def test_a_filter_is_kept_under_a_name(cast: Cast) -> None:
    ada = cast.client("ada")
    ada.post("/network/people/filters/", {"name": "Silent", "query": "last=not-18m&sort=longest&nonsense=1"})
    ada.post("/network/people/filters/", {"name": "SILENT", "query": "last=not-1y"})
    row = SavedFilter.objects.get()
    assert (row.name, row.query) == ("SILENT", "last=not-1y")
    assert "SILENT" in ada.get("/network/people/").text
    assert cast.client("bo").post(f"/network/people/filters/{row.pk}/removal/").status_code == 404
    ada.post(f"/network/people/filters/{row.pk}/removal/")
    assert not SavedFilter.objects.exists()
    ada.post("/network/people/filters/", {"name": "", "query": "last=not-1y"})
    assert not SavedFilter.objects.exists()
    assert ada.post("/network/people/filters/", {"name": "Nothing", "query": ""}).status_code == 409


def test_a_choice_swaps_the_list_and_puts_its_address(cast: Cast) -> None:
    answer = cast.client("ada").get("/network/people/?q=&last=never&sort=name", headers=HX)
    assert answer.headers["HX-Push-Url"] == "/network/people/?last=never"
    assert "<main" not in answer.text
    assert 'id="people-list"' in answer.text


@pytest.mark.parametrize(
    "query",
    ["after=x", "after=%00", "sort=newest&after=gAAAAAAAAAAAAAAAAAAAAQ", "after=AAAAAAAAAAE", "sort=longest&after=AA"],
)
def test_a_cursor_of_somebody_elses_making(cast: Cast, query: str) -> None:
    assert cast.client("ada").get(f"/network/people/?{query}").status_code == 404


@pytest.mark.parametrize(
    "query", ["q=%00", "company=%00&place=%00", "q=" + "a" * 4000, "tag=99999999999999999999999", "rung=x"]
)
def test_nonsense_is_taken_as_nothing(cast: Cast, query: str) -> None:
    assert "Bo Okafor" in cast.client("ada").get(f"/network/people/?{query}").text


def test_the_table_file_has_own_notes_and_no_formulas(cast: Cast) -> None:
    notes.note(cast.ada, cast.bo, "=1+1\nMet in Delft.")
    text = exporting.table(cast.viewer("ada"), Filter())
    assert "Bo Okafor,bo-okafor" in text
    assert '"\'=1+1\nMet in Delft."' in text
    answer = cast.client("ada").get("/network/people/people.csv?q=bo")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="people.csv"'
    assert "Met in Delft" not in cast.client("bo").get("/network/people/people.csv").text


def test_ten_times_as_many_cost_as_many_statements(cast: Cast) -> None:
    from collegium.testing.fixtures import queries

    ada = cast.client("ada")
    ada.get("/network/people/")
    few = len(queries(lambda: ada.get("/network/people/?sort=longest")))
    tied_at_once(cast.ada, people(30))
    assert len(queries(lambda: ada.get("/network/people/?sort=longest"))) == few
    network.follow(cast.ada, cast.bo)


def test_the_longest_filter_can_be_kept(cast: Cast) -> None:
    long = Filter(q="😀" * 100, company="😀" * 100, place="😀" * 100, last="not-18m", often="none", sort="longest")
    row = notes.save_filter(cast.ada, "Long", long.query)
    assert filters.own(cast.ada).read(row.query) == long
