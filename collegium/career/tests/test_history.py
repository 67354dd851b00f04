"""What two people share, in whose eyes, and for what time."""

from typing import Any

import pytest

from collegium.audience.level import Level
from collegium.career import actions, history
from collegium.career.history import Shared, shared, shared_with_many, years
from collegium.career.models import Item
from collegium.career.sections import Part, Section
from collegium.lib.statement import Statement
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.testing.cast import Cast
from collegium.testing.fixtures import assert_same_queries

AT = Section.POSITIONS


def at(member: Member, name: str, started: str = "", ended: str = "", section: Section = AT, **more: Any) -> Item:
    title = {"title": "Engineer"} if section in (AT, Section.VOLUNTEERING) else {}
    return actions.add(member, section, organization_name=name, started=started, ended=ended, **title, **more)


def told(cast: Cast, viewer: str = "ada") -> list[tuple[str, str, str]]:
    """What Ada and Bo share in these eyes."""
    found = shared(cast.viewer(viewer), cast.ada.pk, cast.bo.pk)
    return [(each.name, each.since, each.until) for each in found]


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        (("2019", "2021"), ("2020", "2023"), [("2020", "2021")]),
        (("2019", "2021"), ("2021-03", "2023"), [("2021", "2021")]),
        (("2019", ""), ("2020-05", ""), [("2020", "")]),
        (("2015", "2018"), ("2019", "2021"), []),
        (("2015-01", "2018-03"), ("2018-04", "2021-01"), []),
        (("", "2018"), ("2015", "2018"), []),
    ],
)
def test_the_time_both_were_there(cast: Cast, mine: Any, theirs: Any, both: Any) -> None:
    at(cast.ada, "Initech", *mine)
    at(cast.bo, "initéch", *theirs)
    assert [each[1:] for each in told(cast)] == both


def test_an_organisation_is_its_record_or_else_its_name(cast: Cast) -> None:
    one = Organization.objects.create(handle="initech", name="Initech")
    other = Organization.objects.create(handle="initech-2", name="Initech")
    mine, theirs = at(cast.ada, "Initech", "2019", "2021"), at(cast.bo, "Initech", "2019", "2021")
    Item.objects.filter(pk=mine.pk).update(organization=one)
    Item.objects.filter(pk=theirs.pk).update(organization=other)
    assert told(cast) == [], "two records of one name are two organisations"
    Item.objects.filter(pk=theirs.pk).update(organization=one, organization_name="The company")
    (met,) = shared(cast.viewer("ada"), cast.ada.pk, cast.bo.pk)
    assert (met.name, met.path, met.words) == (
        "Initech",
        "/organizations/initech/",
        "worked together at Initech, 2019–21",
    )


def test_times_that_touch_are_one_and_gaps_stay(cast: Cast) -> None:
    at(cast.ada, "Initech", "2010", "2012")
    at(cast.ada, "Initech", "2012", "2014")
    at(cast.ada, "Initech", "2018", "2020")
    at(cast.bo, "Initech", "2009", "2021")
    assert told(cast) == [("Initech", "2018", "2020"), ("Initech", "2010", "2014")]


def test_schools_and_volunteering_have_their_own_words_and_a_degree_does_not_go_on(cast: Cast) -> None:
    for member in (cast.ada, cast.bo):
        at(member, "Delft", "2001", "2005", Section.EDUCATION)
        at(member, "Red Cross", "2003", "2004", Section.VOLUNTEERING)
        at(member, "Leiden", "2010" if member is cast.ada else "2001", "", Section.EDUCATION)
    said = [each.words for each in shared(cast.viewer("ada"), cast.ada.pk, cast.bo.pk)]
    assert said == ["studied together at Delft, 2001–05", "volunteered together at Red Cross, 2003–04"]


SEEN = {
    # Ada's and Bo's level of experience: who of these finds what they share?
    (Level.EVERYONE, Level.EVERYONE): "ada bo cy di flo hal",
    (Level.NETWORK, Level.EVERYONE): "ada bo cy",
    (Level.CONNECTIONS, Level.EVERYONE): "ada bo",
    (Level.EVERYONE, Level.CONNECTIONS): "ada bo cy",
    (Level.ONLY_ME, Level.EVERYONE): "ada",
    (Level.EVERYONE, Level.ONLY_ME): "bo",
    (Level.ONLY_ME, Level.ONLY_ME): "",
}


@pytest.mark.parametrize("levels", SEEN)
def test_only_who_may_read_both_learns_of_it(cast: Cast, levels: tuple[Level, Level]) -> None:
    for member, level in zip((cast.ada, cast.bo), levels, strict=True):
        at(member, "Initech", "2019", "2021")
        actions.set_audience(member, Part.POSITIONS, level)
    assert " ".join(sorted(name for name in cast.names if name != "gus" and told(cast, name))) == SEEN[levels]


def test_signed_out_it_takes_two_public_profiles(cast: Cast) -> None:
    at(cast.ada, "Initech", "2019", "2021")
    at(cast.bo, "Initech", "2019", "2021")
    Member.objects.filter(pk=cast.ada.pk).update(visibility=Member.Visibility.PUBLIC)
    assert told(cast, "nobody") == []
    Member.objects.filter(pk=cast.bo.pk).update(visibility=Member.Visibility.PUBLIC)
    assert told(cast, "nobody") == [("Initech", "2019", "2021")]


def test_what_was_removed_is_shared_no_more(cast: Cast) -> None:
    at(cast.ada, "Initech", "2019", "2021")
    row = at(cast.bo, "Initech", "2019", "2021")
    assert told(cast)
    actions.remove(row, by=cast.bo)
    assert told(cast) == []


def test_a_page_of_people_costs_one_statement(cast: Cast, make_member: Any) -> None:
    at(cast.ada, "Initech", "2019", "2021")
    people = [make_member(f"Kim {number}") for number in range(6)]
    for each in people:
        at(each, "Initech", "2020", "2022")
    viewer = cast.viewer("ada")
    found: dict[int, list[Shared]] = {}

    def ask(some: list[Member]) -> None:
        found.update(shared_with_many(viewer, cast.ada.pk, [each.pk for each in some]))

    assert_same_queries(lambda: ask(people[:1]), lambda: None, lambda: ask(people))
    assert found.keys() == {each.pk for each in people}
    assert shared_with_many(viewer, cast.ada.pk, []) == {}
    assert shared_with_many(viewer, cast.ada.pk, [cast.ada.pk]) == {}


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("2019", "2021", "2019–21"),
        ("1998-03", "2003", "1998–2003"),
        ("2019-03", "2019-08", "2019"),
        ("2019", "", "since 2019"),
        ("", "2019", "until 2019"),
        ("", "", ""),
    ],
)
def test_years(since: str, until: str, words: str) -> None:
    assert years(since, until) == words


def test_the_table_of_sight_bites(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the level forgotten, somebody learns of it who may not."""
    from collegium.career import history

    at(cast.ada, "Initech", "2019", "2021")
    at(cast.bo, "Initech", "2019", "2021")
    actions.set_audience(cast.ada, Part.POSITIONS, Level.CONNECTIONS)
    assert told(cast, "di") == []
    monkeypatch.setattr(history, "level_of", lambda *args, **kwargs: history.F("near"))
    monkeypatch.setattr(history, "SEEN", Statement(lambda slot: history._seen(history.stand_in(slot.int("me")), slot)))
    assert told(cast, "di") != []


def test_many_roles_at_one_place_do_not_all_meet() -> None:
    def rows(member: int) -> list[Item]:
        made = [Item(pk=member * 1000 + n, member_id=member, section="positions", started="2010") for n in range(300)]
        for row in made:
            row.organization_name = row.folded_organization = "x"
        return made

    pairs = list(history.places(rows(1), rows(2)))
    assert len(pairs) == history.MOST_AT_ONE_PLACE**2
