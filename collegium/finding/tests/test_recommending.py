"""Openings that fit: by skills, roles, place and wishes; each with its reasons, nobody else's, nothing unseen."""

from datetime import timedelta

import pytest

from collegium.applications.models import Application
from collegium.audience.viewer import Viewer
from collegium.career.models import Holding
from collegium.finding.recommending import wishes
from collegium.finding.recommending.reading import picks
from collegium.lib import clock
from collegium.members.models import Member
from collegium.openings.models import Hidden, OpeningSkill
from collegium.openings.tests.scene import led, opening
from collegium.openness.models import OpenToWork
from collegium.skills.naming import resolve
from collegium.testing.fixtures import assert_same_queries

pytestmark = pytest.mark.django_db

HERE = {"latitude": 52.01, "longitude": 4.36, "country": "NL", "place": "Delft"}


def skilled(row, *names):
    for place, skill in enumerate(resolve(names).values()):
        OpeningSkill.objects.create(opening=row, skill=skill, required=True, place=place)
    return row


def lists(member, *names):
    for skill in resolve(names).values():
        Holding.objects.create(member=member, skill=skill)


def wants(member, **values):
    now = clock.now()
    given = {"since": now, "until": now + timedelta(days=30), "audience": 4}
    OpenToWork.objects.update_or_create(member=member, defaults=given | values)


def found(member):
    member = Member.objects.get(pk=member.pk)
    return {pick.opening.title: list(pick.reasons) for pick in picks(Viewer(member), wishes.of(member))}


def test_by_skills_however_they_are_written(cast):
    lists(cast.ada, "JavaScript", "Python", "Welding")
    skilled(opening(cast.bo, title="Most"), "JS", "Python", "Rust")
    skilled(opening(cast.bo, title="Some"), "js", "Go", "Rust", "Haskell")
    skilled(opening(cast.bo, title="Few of few"), "Welding")
    skilled(opening(cast.bo, title="None"), "Rust")
    opening(cast.bo, title="No skills at all")
    made = found(cast.ada)
    assert list(made) == ["Most", "Few of few", "Some"]
    assert made["Most"] == ["Matches 2 of 3 skills: JavaScript, Python"]
    assert made["Few of few"] == ["Matches 1 of 1 skill: Welding"]


def test_wishes_narrow_and_are_reasons(cast):
    lists(cast.ada, "Python")
    wants(
        cast.ada,
        roles=["data engineer"],
        places=["Delft, Netherlands"],
        kinds=["full-time"],
        ways=["on-site", "remote"],
    )
    skilled(opening(cast.bo, title="Senior data engineer", **HERE), "Python")
    skilled(opening(cast.bo, title="Tester", **HERE | {"latitude": 51.92, "longitude": 4.48}), "Python")
    skilled(opening(cast.bo, title="Too far", **HERE | {"latitude": 50.85}), "Python")
    skilled(opening(cast.bo, title="Hybrid", way="hybrid", **HERE), "Python")
    skilled(opening(cast.bo, title="Part time", kind="part-time", **HERE), "Python")
    skilled(opening(cast.bo, title="From anywhere", way="remote", country="", place=""), "Python")
    skilled(opening(cast.bo, title="From here", way="remote", country="", place="", countries=["NL", "BE"]), "Python")
    skilled(opening(cast.bo, title="From elsewhere", way="remote", country="", place="", countries=["KE"]), "Python")
    made = found(cast.ada)
    assert set(made) == {"Senior data engineer", "Tester", "From anywhere", "From here"}
    assert made["Senior data engineer"] == [
        "You look for “data engineer”",
        "Matches 1 of 1 skill: Python",
        "In Delft",
        "Full time, as you wish",
    ]
    assert made["Tester"][1] == "13 km from Delft"
    assert made["From anywhere"][1] == "Remote, from anywhere"
    assert made["From here"][1] == "Remote, also from Netherlands"
    assert next(iter(made)) == "Senior data engineer"


def test_wishes_that_have_ended_count_no_more(cast):
    wants(cast.ada, roles=["Baker"])
    opening(cast.bo, title="Baker")
    assert list(found(cast.ada)) == ["Baker"]
    wants(cast.ada, roles=["Baker"], ended_at=clock.now())
    assert found(cast.ada) == {}
    wants(cast.ada, roles=["Baker"], ended_at=None, until=clock.now())
    assert found(cast.ada) == {}


def test_nobody_else_s_wishes_count(cast):
    lists(cast.bo, "Python")
    wants(cast.bo, roles=["Baker"], audience=0)
    skilled(opening(cast.di, title="Baker"), "Python")
    assert found(cast.ada) == {}
    page = cast.client("ada").get("/jobs/for-you/").content.decode()
    assert "Nothing to go by yet" in page


@pytest.mark.parametrize("why", ["blocked", "hidden", "over", "her own", "her team", "applied"])
def test_what_is_not_for_her(cast, why):
    lists(cast.ada, "Python")
    poster = {"blocked": cast.ed, "her own": cast.ada}.get(why, cast.bo)
    row = skilled(opening(poster, title="One"), "Python")
    if why == "hidden":
        Hidden.objects.create(opening=row, what="person", person=cast.ada)
    elif why == "over":
        type(row).objects.filter(pk=row.pk).update(expires_at=clock.now())
    elif why == "her team":
        row.seats.create(member=cast.ada, part=0)
    elif why == "applied":
        Application.objects.create(opening=row, organization=row.organization, applicant=cast.ada)
    assert found(cast.ada) == {}


def test_the_page(cast, client_of):
    lists(cast.ada, "Python")
    skilled(led(cast.bo, title="Keeper of weirs"), "Python")
    page = cast.client("ada").get("/jobs/for-you/").content.decode()
    assert "Keeper of weirs" in page
    assert "Matches 1 of 1 skill: Python" in page
    assert client_of(None).get("/jobs/for-you/").status_code == 302


def test_it_costs_the_same_however_much_fits(cast):
    lists(cast.ada, "Python", "Rust")
    ada = cast.client("ada")
    skilled(opening(cast.bo, title="One"), "Python")

    def more():
        for number in range(8):
            skilled(opening(cast.bo, title=f"More {number}"), "Python", "Rust", "Go")

    assert_same_queries(lambda: ada.get("/jobs/for-you/"), more, lambda: ada.get("/jobs/for-you/"))
