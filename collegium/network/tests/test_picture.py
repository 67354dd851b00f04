"""The picture of one's network: who is drawn, who belongs together, what is said of it, and in whose eyes."""

from typing import Any

import numpy as np
import pytest

from collegium.audience.level import Level
from collegium.career import actions as career
from collegium.career.models import PartAudience
from collegium.career.sections import Part, Section
from collegium.members import actions as members
from collegium.members.models import Member
from collegium.network import actions
from collegium.network.picture import clusters, drawing, grouping, layout, links, reading
from collegium.network.picture.grouping import By
from collegium.network.tests.reading import read
from collegium.testing.cast import Cast, connect, make_member
from collegium.testing.fixtures import assert_same_queries
from collegium.ties.models import Distance

PAGE = "/network/picture/"


def ring(count: int, start: int = 0) -> list[tuple[int, int]]:
    """Everybody knows everybody."""
    return [(a, b) for a in range(start, start + count) for b in range(a + 1, start + count)]


def pairs(found: list[tuple[int, int]]) -> Any:
    return np.array(found, np.int64).reshape(-1, 2)


# -- finding communities


def test_two_circles_with_a_link() -> None:
    ties = pairs([*ring(5), *ring(7, 5), (4, 5)])
    labels = clusters.communities(13, ties).tolist()
    assert labels == [1] * 5 + [0] * 7 + [2], "the largest is 0, who knows nobody stands alone"


def test_communities_are_the_same_every_time_and_better_than_none() -> None:
    chance = np.random.default_rng(5)
    home = chance.integers(0, 4, 90)
    ties = pairs([(a, b) for a, b in ring(90) if chance.random() < (0.5 if home[a] == home[b] else 0.02)])
    first = clusters.communities(90, ties)
    assert (first == clusters.communities(90, ties)).all()
    together = {(home[a], int(first[a])) for a in range(90)}
    assert len(together) == 4, "what was put in is found again"


def test_nobody_and_no_ties() -> None:
    assert clusters.communities(0, pairs([])).tolist() == []
    assert clusters.communities(3, pairs([])).tolist() == [0, 1, 2]


# -- laying out


@pytest.mark.parametrize("size", [1, 2, 3, 40, 200])
def test_a_layout_keeps_everybody_on_her_island_and_is_the_same_every_time(size: int) -> None:
    chance = np.random.default_rng(size)
    labels = np.sort(chance.integers(0, max(1, size // 20), size))
    labels = np.unique(labels, return_inverse=True)[1]
    radii = 8 + chance.random(size) * 12
    ties = pairs([(a, b) for a, b in ring(size) if chance.random() < 0.05])
    made = layout.arrange(labels, radii, ties)
    again = layout.arrange(labels, radii, ties)
    assert (made.points == again.points).all()
    far = np.linalg.norm(made.points - made.centres[labels], axis=1) + radii
    assert (far <= made.reach[labels] + 1).all()
    assert (made.points >= 0).all()
    assert (made.points <= [made.width, made.height]).all()
    gaps = np.linalg.norm(made.centres[:, None] - made.centres[None], axis=2)
    least = made.reach[:, None] + made.reach[None]
    np.fill_diagonal(least, 0)
    assert (gaps >= least).all(), "islands do not overlap"


# -- who is drawn


def drawn(cast: Cast, viewer: str = "ada") -> list[str]:
    return [person.name for person in reading.read(cast.viewer(viewer)).people]


def test_only_connections_one_sees(cast: Cast) -> None:
    assert drawn(cast) == ["Bo Okafor"]
    assert drawn(cast, "bo") == ["Ada Lindqvist", "Cy Tanaka"]
    assert drawn(cast, "gus") == ["Ada Lindqvist"]
    page = read(cast.client("ada").get(PAGE))
    for other in ("Cy Tanaka", "Di Varga", "Ed Novak", "Eve Marchetti", "Flo Reyes", "Hal Brandt", "Gus Petrov"):
        assert other not in page


@pytest.fixture
def triangle(cast: Cast) -> Cast:
    """Ada knows Bo and Cy, who know each other."""
    connect(cast.ada, cast.cy)
    return cast


def ties(cast: Cast, viewer: str = "ada") -> list[tuple[str, str]]:
    circle = reading.read(cast.viewer(viewer))
    return [(circle.people[a].handle, circle.people[b].handle) for a, b in circle.ties.tolist()]


def test_a_tie_is_drawn_when_one_of_the_lists_tells_of_it(triangle: Cast) -> None:
    bo, cy = triangle.bo, triangle.cy
    assert ties(triangle) == [(bo.handle, cy.handle)]
    Member.objects.filter(pk=bo.pk).update(connections_audience=4)
    assert ties(triangle) == [(bo.handle, cy.handle)]
    Member.objects.filter(pk=cy.pk).update(connections_audience=4)
    assert ties(triangle) == []


def test_a_hidden_tie_changes_no_byte(triangle: Cast) -> None:
    Member.objects.filter(pk__in=[triangle.bo.pk, triangle.cy.pk]).update(connections_audience=4)
    before = read(triangle.client("ada").get(PAGE))
    actions.disconnect(triangle.bo, triangle.cy)
    assert read(triangle.client("ada").get(PAGE)) == before


@pytest.mark.parametrize("what", ["suspended", "blocked", "blocks", "removed"])
def test_who_is_gone_is_not_drawn(triangle: Cast, what: str) -> None:
    {
        "suspended": lambda: members.suspend(triangle.cy, by=None),
        "blocked": lambda: actions.block(triangle.ada, triangle.cy),
        "blocks": lambda: actions.block(triangle.cy, triangle.ada),
        "removed": lambda: actions.disconnect(triangle.cy, triangle.ada),
    }[what]()
    assert drawn(triangle) == ["Bo Okafor"]
    assert ties(triangle) == []


def test_who_restricts_shows_what_any_member_sees(triangle: Cast) -> None:
    career.add(triangle.bo, Section.POSITIONS, title="Engineer", organization_name="Initech", started="2019")
    PartAudience.objects.create(member=triangle.bo, part=Part.POSITIONS, audience=Level.CONNECTIONS)
    circle = reading.read(triangle.viewer("ada"))
    assert [share.name for share in circle.shares[0]] == ["Initech"]
    Distance.objects.create(member=triangle.bo, other=triangle.ada, rung=Distance.Rung.RESTRICTED)
    circle = reading.read(triangle.viewer("ada"))
    assert circle.shares[0] == [], "as to any member"


@pytest.mark.parametrize("level", Level)
def test_a_part_names_a_group_only_for_whom_it_is_open(triangle: Cast, level: Level) -> None:
    for member in (triangle.bo, triangle.cy):
        career.add(member, Section.EDUCATION, organization_name="Delft University", started="2010", ended="2014")
        PartAudience.objects.create(member=member, part=Part.EDUCATION, audience=level)
    page = read(triangle.client("ada").get(f"{PAGE}?by=school"))
    assert ("Delft University" in page) == (level <= Level.CONNECTIONS)


# -- groups and what is said of them


@pytest.fixture
def colleagues(cast: Cast) -> Cast:
    """Ada knows four at Initech, who know each other, three in Porto, who know each other, and one who links both."""
    at_work = [make_member(f"Work {n}") for n in range(4)]
    at_home = [make_member(f"Home {n}", place="Porto, Portugal") for n in range(3)]
    for member in at_work:
        career.add(member, Section.POSITIONS, title="Engineer", organization_name="Initech", started="2019")
    for bunch in (at_work, at_home):
        for place, one in enumerate(bunch):
            connect(one, cast.ada)
            for other in bunch[:place]:
                connect(one, other)
    connect(at_work[0], at_home[0])
    return cast


def test_groups_are_named_by_what_they_share(colleagues: Cast) -> None:
    circle = reading.read(colleagues.viewer("ada"))
    found = grouping.groups(circle, By.TIES)
    assert [(group.title, group.size, group.rest) for group in found] == [
        ("Initech", 4, False),
        ("Porto, Portugal", 3, False),
        ("Know few of the others", 1, True),
    ]
    assert {circle.people[place].name for place in found[2].members} == {"Bo Okafor"}
    joined = links.between(circle, found)
    assert {circle.people[link.person].name for link in joined.links} == {"Work 0", "Home 0"}
    assert (joined.inside, joined.outside, joined.apart) == ([6, 3, 0], [1, 1, 0], [])


def test_a_group_that_knows_nobody_outside(colleagues: Cast) -> None:
    people = {person.name: person for person in reading.read(colleagues.viewer("ada")).people}
    actions.disconnect(people["Work 0"], people["Home 0"])
    page = read(colleagues.client("ada").get(PAGE))
    assert "2 groups know nobody in another one: Initech , Porto, Portugal" in page.replace("Initech,", "Initech ,")


@pytest.mark.parametrize(("by", "title"), [("company", "Initech"), ("place", "Porto, Portugal")])
def test_other_ways_to_put_people_together(colleagues: Cast, by: str, title: str) -> None:
    circle = reading.read(colleagues.viewer("ada"))
    found = grouping.groups(circle, By(by))
    assert found[0].title == title
    assert sum(group.size for group in found) == len(circle.people), "everybody is in one group"


def test_the_page_says_in_words_what_it_draws(colleagues: Cast) -> None:
    answer = colleagues.client("ada").get(PAGE)
    page = read(answer)
    assert "8 connections, 2 groups, 10 ties among them." in page
    assert "Work 0 1stconnected with you links Initech with Porto, Portugal" in page
    assert "Initech: 4 of 4" in page
    assert " style=" not in answer.text
    assert answer.text.count('class="picture-face') == 8


def test_one_group_as_a_list(colleagues: Cast) -> None:
    ada = colleagues.client("ada")
    address = ada.get(PAGE).text.split('<th scope="row"><a href="')[1].split('"')[0].replace("&amp;", "&")
    page = read(ada.get(address))
    assert "Work 0" in page
    assert "Initech · knows 4 of your connections" in page
    assert "Home 0" not in page
    assert colleagues.client("di").get(address).status_code == 404, "a group of somebody else's"


@pytest.mark.parametrize("address", [f"{PAGE}?by=hair", f"{PAGE}?after=x", f"{PAGE}x/", f"{PAGE}AAAAAAAAAAE/?by=x"])
def test_addresses_of_somebody_elses_making(cast: Cast, address: str) -> None:
    assert cast.client("ada").get(address).status_code == 404
    assert cast.client("nobody").get(address).status_code == 302


def test_nobody_yet(cast: Cast) -> None:
    assert "A picture needs people" in read(cast.client("di").get(PAGE))


def test_more_connections_than_a_picture_shows(colleagues: Cast) -> None:
    circle = reading.read(colleagues.viewer("ada"), most=5)
    assert (len(circle.people), circle.total, circle.left_out) == (5, 8, 3)
    names = {person.name for person in circle.people}
    assert {"Work 0", "Work 1", "Work 2", "Work 3", "Home 0"} == names, "those who know the most of the others"
    found = grouping.groups(circle, By.TIES)
    made = drawing.draw(circle, found, links.between(circle, found))
    assert sum(len(island.faces) for island in made.islands) == 5


def test_the_picture_costs_the_same_for_few_and_many(cast: Cast) -> None:
    ada = cast.client("ada")

    def grow() -> None:
        for number in range(12):
            person = make_member(f"Person {number}", place=f"Town {number % 3}")
            connect(person, cast.ada)
            career.add_skills(person, ["Weaving"])

    assert_same_queries(lambda: ada.get(PAGE), grow, lambda: ada.get(PAGE))
