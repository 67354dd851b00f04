"""Where somebody works now is told to those who may read it, and whatever changes is right on the very next request."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction

from collegium.audience.level import Level
from collegium.career import actions
from collegium.career.models import Item
from collegium.career.sections import Part, Section
from collegium.graph import base, index
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.network.distance import Rung, set_rung
from collegium.organizations.models import Organization
from collegium.pages.people import listing
from collegium.pages.people.asking import FIELD, PLACE, STUDIED, WORK, Asked
from collegium.pages.people.counting import Found
from collegium.pages.people.eyes import seen
from collegium.pages.people.roster import Rosters, rosters
from collegium.testing.cast import Cast
from collegium.ties.models import Block

# Cy is who works somewhere: herself, connected with Bo, through him second degree of Ada, and of Di a stranger.
NEAR = {"cy": 4, "bo": 3, "ada": 2, "di": 1}


class HalfwayError(Exception):
    """Ends a transaction in the middle."""


@pytest.fixture
def school(cast: Cast) -> Organization:
    """Where Cy and Flo studied; Cy works at Quiet Works now, Flo nowhere."""
    record = Organization.objects.create(handle="nordvatten", name="Nordvatten", kind="school")
    for handle, name in (("quiet", "Quiet Works"), ("loud", "Loud Works")):
        Organization.objects.create(handle=handle, name=name, kind="company")
    for member in (cast.cy, cast.flo):
        actions.add(
            member, Section.EDUCATION, title="MSc", organization_name="Nordvatten", detail=f"Field of {member.name[:3]}"
        )
    actions.add(cast.cy, Section.POSITIONS, title="Clerk", organization_name="Quiet Works")
    rosters.forget()
    return record


class Process:
    """One of several that answer: with a graph and rosters of its own."""

    def __init__(self) -> None:
        self.index, self.rosters = index.Index(), Rosters()

    def found(self, cast: Cast, school: Organization, name: str = "ada", **chosen: str) -> Found:
        """One question, answered here."""
        view, viewer = self.index.view(), cast.viewer(name)
        roster = self.rosters.of(school.pk, view)
        asked = Asked(STUDIED, "", {facet: frozenset({value}) for facet, value in chosen.items()})
        return Found(roster, seen(viewer, view, roster), asked)

    def says(self, cast: Cast, school: Organization) -> tuple[set[str], dict[str, int]]:
        """Who studied there, and where they work now, as Ada is told."""
        found = self.found(cast, school)
        names = Member.objects.filter(pk__in=found.people.tolist()).values_list("name", flat=True)
        return {name.split()[0] for name in names}, told(found)


def told(found: Found, name: str = WORK) -> dict[str, int]:
    """The values of a facet and their numbers."""
    return {line.label: line.count for facet in found.facets if facet.name == name for line in facet.lines}


@pytest.mark.django_db
def test_where_they_work_now_is_told_to_those_who_may_read_it(cast: Cast, school: Organization) -> None:
    quiet = str(Organization.objects.get(handle="quiet").pk)
    for level in Level:
        actions.set_audience(cast.cy, Part.POSITIONS, level)
        for name, near in NEAR.items():
            here = Process()
            who = (level, name)
            told_here = level <= near
            assert cast.cy.pk in here.found(cast, school, name).people, who
            assert told(here.found(cast, school, name)) == ({"Quiet Works": 1} if told_here else {}), who
            narrowed = here.found(cast, school, name, work=quiet)
            assert narrowed.people[narrowed.matching].tolist() == ([cast.cy.pk] if told_here else []), who
            assert told(narrowed, FIELD) == ({"Field of Cy ": 1} if told_here else {}), who
            text = cast.client(name).get("/organizations/nordvatten/people/").content.decode()
            assert ("Quiet Works" in text[text.index("<main") :]) == told_here, who


@pytest.mark.django_db
def test_whom_she_restricts_is_told_what_any_member_is(cast: Cast, school: Organization) -> None:
    actions.set_audience(cast.cy, Part.POSITIONS, Level.CONNECTIONS)
    assert told(Process().found(cast, school, "bo")) == {"Quiet Works": 1}
    set_rung(cast.cy, cast.bo, Rung.RESTRICTED)
    assert told(Process().found(cast, school, "bo")) == {}


@pytest.mark.django_db
def test_choosing_what_only_hidden_people_have_is_choosing_what_nobody_has(cast: Cast, school: Organization) -> None:
    """Neither the list of values nor how many others there are may say that somebody hidden has it."""
    Member.objects.filter(pk=cast.cy.pk).update(place="Bergen")
    for number in range(9):
        member = cast.bo if number == 0 else cast.di
        actions.add(member, Section.EDUCATION, title="BSc", organization_name="Nordvatten", detail=f"Field {number}")
    actions.set_audience(cast.cy, Part.EDUCATION, Level.ONLY_ME)
    actions.set_audience(cast.cy, Part.POSITIONS, Level.ONLY_ME)
    assert cast.cy.pk not in Process().found(cast, school).people
    loud, quiet = (str(Organization.objects.get(handle=handle).pk) for handle in ("loud", "quiet"))
    for facet, hidden, nowhere in ((FIELD, "field of cy", "field of no"), (PLACE, "bergen", "nowhere")):
        facets = [Process().found(cast, school, **{facet: value}).facets for value in (hidden, nowhere)]
        assert facets[0] == facets[1], facet
    for work, name in ((quiet, "Quiet Works"), (loud, "Loud Works")):
        assert told(Process().found(cast, school, work=work)) == {name: 0}


def tell_of(cast: Cast) -> Iterator[tuple[set[str], dict[str, int]]]:
    """One change after another; each then says what Ada is to be told from that moment."""
    cy, both = Item.objects.get(member=cast.cy, section="positions"), {"Cy", "Flo"}
    Item.objects.filter(pk=cy.pk).update(organization=Organization.objects.get(handle="loud"))
    yield both, {"Loud Works": 1}
    Item.objects.filter(pk=cy.pk).update(ended="2020")
    yield both, {}
    actions.add(cast.flo, Section.POSITIONS, title="Clerk", organization_name="Quiet Works")
    Item.objects.filter(pk=cy.pk).update(ended="")
    yield both, {"Loud Works": 1, "Quiet Works": 1}
    for level, names in ((Level.ONLY_ME, {"Quiet Works"}), (Level.NETWORK, {"Quiet Works", "Loud Works"})):
        actions.set_audience(cast.cy, Part.POSITIONS, level)
        yield both, dict.fromkeys(names, 1)
    actions.set_audience(cast.cy, Part.EDUCATION, Level.CONNECTIONS)
    yield {"Flo"}, {"Quiet Works": 1}
    actions.set_audience(cast.cy, Part.EDUCATION, Level.MEMBERS)
    yield both, {"Quiet Works": 1, "Loud Works": 1}
    for visibility, names in ((3, {"Cy"}), (1, both)):
        Member.objects.filter(pk=cast.flo.pk).update(visibility=visibility)
        yield names, {"Loud Works": 1} if names != both else {"Quiet Works": 1, "Loud Works": 1}
    for standing, names in (("suspended", {"Cy"}), ("active", both)):
        Member.objects.filter(pk=cast.flo.pk).update(standing=standing)
        yield names, {"Loud Works": 1} if names != both else {"Quiet Works": 1, "Loud Works": 1}
    network.block(cast.cy, cast.ada)
    yield {"Flo"}, {"Quiet Works": 1}
    Block.objects.filter(blocker=cast.cy).delete()
    yield both, {"Quiet Works": 1, "Loud Works": 1}
    Item.objects.filter(member=cast.flo, section="education").delete()
    yield {"Cy"}, {"Loud Works": 1}


@pytest.mark.django_db
def test_one_s_own_change_is_right_on_the_very_next_request(cast: Cast, school: Organization) -> None:
    here = Process()
    here.says(cast, school)
    for step, expected in enumerate(tell_of(cast)):
        assert here.says(cast, school) == expected, step


@pytest.fixture
def folders(settings, tmp_path: Path) -> Iterator[Path]:
    """Files of the graph that are nobody else's."""
    settings.DATA_DIR = tmp_path
    yield tmp_path
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_committed_change_is_right_in_every_process(cast: Cast, school: Organization, folders: Path) -> None:
    """On files with changes laid over them, on changes alone, and where the files are written anew meanwhile."""
    processes = [Process()]
    processes[0].says(cast, school)
    base.rebuild()
    processes.append(Process())
    processes[1].says(cast, school)
    for step, expected in enumerate(tell_of(cast)):
        if step % 3 == 2:
            base.rebuild()
            processes[1].index = index.Index()
        for number, process in enumerate(processes):
            assert process.says(cast, school) == expected, (step, number)
            assert process.says(cast, school) == expected, (step, number)


@pytest.mark.django_db
def test_what_was_taken_back_is_not_kept(cast: Cast, school: Organization) -> None:
    here = Process()
    before = here.says(cast, school)
    with pytest.raises(HalfwayError), transaction.atomic():  # noqa: PT012 - the end of the block is what fails
        actions.set_audience(cast.cy, Part.POSITIONS, Level.ONLY_ME)
        assert here.says(cast, school) == (before[0], {})
        raise HalfwayError
    assert here.says(cast, school) == before


@pytest.mark.django_db
def test_who_is_no_longer_named_is_read_anew(cast: Cast, school: Organization) -> None:
    """Where the files have her, only the change that was taken back ever named her."""
    kept, view = Rosters(), index.view()
    calm, named = (dataclasses.replace(view, changed_words=words) for words in ({}, {cast.cy.pk: 1}))
    before = kept.of(school.pk, calm).work_level.tolist()
    with pytest.raises(HalfwayError), transaction.atomic():  # noqa: PT012 - the end of the block is what fails
        actions.set_audience(cast.cy, Part.POSITIONS, Level.ONLY_ME)
        assert kept.of(school.pk, named).work_level.tolist() == [Level.ONLY_ME]
        raise HalfwayError
    assert kept.of(school.pk, calm).work_level.tolist() == before


@pytest.mark.django_db
def test_a_graph_on_no_files_stands_for_itself(cast: Cast, school: Organization) -> None:
    """Of two such graphs neither says what changed in between."""
    kept = Rosters()
    for level in (Level.MEMBERS, Level.ONLY_ME):
        actions.set_audience(cast.cy, Part.POSITIONS, level)
        assert kept.of(school.pk, base.in_memory()).work_level.tolist() == [level]


@pytest.mark.django_db
def test_of_who_is_there_the_rule_decides(cast: Cast, school: Organization) -> None:
    """Who is shown is asked of it once more; where they work only the arrays tell."""
    actions.set_audience(cast.cy, Part.EDUCATION, Level.ONLY_ME)
    page = listing.people(cast.viewer("ada"), school, Asked(STUDIED))
    assert [row.person.pk for row in page.rows] == [cast.flo.pk]
