"""How one is connected: the ways to a person and into an organisation, and nothing of what is hidden."""

import pytest

from collegium.career import actions as career
from collegium.career.sections import Part, Section
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.network.tests.reading import bare, read
from collegium.network.ways.person import ways
from collegium.network.ways.picture import draw
from collegium.organizations.models import Organization
from collegium.testing.cast import Cast, connect, make_member
from collegium.testing.fixtures import assert_same_queries
from collegium.ties.models import Connection, Distance

CY, DI = "/network/with/cy-tanaka/ways/", "/network/with/di-varga/ways/"


def test_two_steps_name_the_one_between(cast: Cast) -> None:
    page = cast.client("ada").get(CY)
    words = read(page)
    assert "Two steps: 1 person you know knows Cy Tanaka." in words
    assert "Bo Okafor" in words
    assert "/network/introductions/ask/cy-tanaka/?through=bo-okafor" in page.text


def test_three_steps_lead_through_two(cast: Cast) -> None:
    connect(cast.cy, cast.di)
    page = cast.client("ada").get(DI)
    words = read(page)
    assert "3 steps, and one way is that short." in words
    assert "knows Cy Tanaka" in words
    assert "/network/introductions/ask/cy-tanaka/?through=bo-okafor" in page.text


def test_four_steps_are_told_hop_by_hop(cast: Cast) -> None:
    kim = make_member("Kim Lund")
    connect(cast.cy, cast.di)
    connect(cast.di, kim)
    words = read(cast.client("ada").get(f"/network/with/{kim.handle}/ways/"))
    assert "4 steps" in words
    assert "Cy Tanaka" in words
    assert "Di Varga" in words


def test_connected_people_have_those_both_know(cast: Cast) -> None:
    connect(cast.cy, cast.ada)
    words = read(cast.client("ada").get("/network/with/bo-okafor/ways/"))
    assert "You are connected. These people know you both." in words
    assert "Cy Tanaka" in words
    assert "Ask for an introduction" not in words


@pytest.mark.parametrize("name", ["ed", "eve", "gus"])
def test_whom_one_does_not_see_has_no_ways(cast: Cast, name: str) -> None:
    assert cast.client("ada").get(f"/network/with/{getattr(cast, name).handle}/ways/").status_code == 404


def test_oneself_and_nobody(cast: Cast) -> None:
    assert cast.client("ada").get("/network/with/ada-lindqvist/ways/").status_code == 404
    assert cast.client("nobody").get(CY).status_code == 302


HIDING = {
    "lists": lambda bo, di: Member.objects.filter(pk__in=[bo.pk, di.pk]).update(connections_audience=4),
    "one profile": lambda bo, di: Member.objects.filter(pk=di.pk).update(visibility=3, connections_audience=4),
    "a block": lambda bo, di: None,
}
PAGES = (DI, "/in/di-varga/", "/in/di-varga/mutual/", CY, "/network/ways/organization/{org}/", "/network/suggestions/")


@pytest.mark.parametrize("hiding", list(HIDING))
def test_the_same_with_a_hidden_edge_and_without(cast: Cast, hiding: str) -> None:
    """Bo and Di know each other, or not; nothing that Ada can open differs."""
    organization = Organization.objects.create(handle="nordvatten", name="Nordvatten", kind="company")
    career.add(cast.di, Section.POSITIONS, title="Engineer", organization_name="Nordvatten", started="2019")
    HIDING[hiding](cast.bo, cast.di)
    if hiding == "a block":
        network.block(cast.di, cast.ada)
    paths = [path.format(org=organization.handle) for path in PAGES]
    ada = cast.client("ada")

    def answers() -> list[tuple[int, bytes]]:
        found = []
        for path in paths:
            response = ada.get(path)
            found.append((response.status_code, bare(response)))
        return found

    apart = answers()
    Connection.tie(cast.bo, cast.di)
    assert answers() == apart


def test_a_restricted_viewer_reads_what_any_member_reads(cast: Cast) -> None:
    Member.objects.filter(pk__in=[cast.bo.pk, cast.cy.pk]).update(connections_audience=3)
    assert "Two steps" in read(cast.client("ada").get(CY))
    Distance.objects.create(member=cast.bo, other=cast.ada, rung=Distance.Rung.RESTRICTED)
    assert "No way you can see" in read(cast.client("ada").get(CY))


def test_many_are_grouped(cast: Cast) -> None:
    for number in range(14):
        kim = make_member(f"Person {number:02}")
        connect(kim, cast.ada)
        connect(kim, cast.cy)
    found = ways(cast.viewer("ada"), cast.cy)
    assert (found.length, found.total, len(found.beginnings)) == (2, 15, 12)
    assert found.picture is not None
    middle = found.picture.columns[1]
    assert [cell.rest for cell in middle] == [0, 0, 0, 0, 11]
    assert len(found.picture.lines) == 10
    words = read(cast.client("ada").get(CY))
    assert "15 people you know know Cy Tanaka" in words
    assert "See all" in words


def test_lines_join_only_those_who_follow_each_other(cast: Cast) -> None:
    a, b, c, d = cast.bo, cast.cy, cast.di, cast.flo
    picture = draw(cast.ada, cast.hal, [(a, c), (b, d)], 2)
    assert [[cell.person for cell in column] for column in picture.columns] == [[cast.ada], [a, b], [c, d], [cast.hal]]
    assert len(picture.lines) == 6
    assert (150.0, 25.0, 250.0, 25.0) in picture.lines
    assert (150.0, 25.0, 250.0, 75.0) not in picture.lines


def test_ways_cost_the_same_with_many(cast: Cast) -> None:
    ada = cast.client("ada")

    def more() -> None:
        for number in range(8):
            kim = make_member(f"Person {number}")
            connect(kim, cast.ada)
            connect(kim, cast.cy)

    assert_same_queries(lambda: ada.get(CY), more, lambda: ada.get(CY))


def at_nordvatten(cast: Cast) -> str:
    Organization.objects.create(handle="nordvatten", name="Nordvatten", kind="company")
    for name in ("bo", "cy", "di"):
        given = {"title": f"Role of {name}", "organization_name": "Nordvatten", "started": "2019"}
        career.add(getattr(cast, name), Section.POSITIONS, **given)
    career.add(cast.flo, Section.POSITIONS, title="Clerk", organization_name="Nordvatten", started="2010", ended="2012")
    return "/network/ways/organization/nordvatten/"


def test_whom_i_know_there_and_whom_i_could_reach(cast: Cast) -> None:
    path = at_nordvatten(cast)
    words = read(cast.client("ada").get(path))
    known, reached = words.split("You could reach")
    assert "Role of bo" in known
    assert "Role of cy" in reached
    assert "through Bo Okafor" in reached
    assert "Role of di" not in words
    connect(cast.flo, cast.bo)
    words = read(cast.client("ada").get(f"{path}?when=former"))
    assert "Flo Reyes" in words
    assert "Clerk" in words


def test_positions_one_may_not_read_place_nobody(cast: Cast) -> None:
    path = at_nordvatten(cast)
    career.set_audience(cast.cy, Part.POSITIONS, 4)
    words = read(cast.client("ada").get(path))
    assert "Cy Tanaka" not in words
    career.set_audience(cast.bo, Part.POSITIONS, 4)
    assert "Nobody within two steps" in read(cast.client("ada").get(path))


def test_an_organisation_costs_the_same_with_many(cast: Cast) -> None:
    path, ada = at_nordvatten(cast), cast.client("ada")

    def more() -> None:
        for number in range(25):
            kim = make_member(f"Person {number}")
            connect(kim, cast.bo)
            career.add(kim, Section.POSITIONS, title="Diver", organization_name="Nordvatten", started="2020")

    assert_same_queries(lambda: ada.get(path), more, lambda: ada.get(path))
    page = ada.get(path).text
    after = page.split("&amp;after=")[1].split('"')[0]
    rest = ada.get(f"{path}?when=present&after={after}", headers={"HX-Request": "true"}).text
    assert page.count("Diver") + rest.count("Diver") == 25
    assert ada.get(f"{path}?after=nonsense").status_code == 404
    assert ada.get(f"{path}?when=nonsense").status_code == 404
