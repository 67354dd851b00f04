"""Suggestions: each has its reason, and no reason tells what the viewer may not know."""

import pytest

from collegium.audience.viewer import Viewer
from collegium.career.models import Holding
from collegium.groups.actions import barring
from collegium.groups.models import Group, Invitation
from collegium.groups.reading.suggesting import suggestions
from collegium.groups.tests.scene import group_of, seat
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.skills.models import Skill
from collegium.testing.cast import Cast, make_member

pytestmark = pytest.mark.django_db


def reasons(member: Member) -> dict[str, str]:
    return {each.group.name: each.reason for each in suggestions(Viewer(Member.objects.get(pk=member.pk)))}


def has_skill(member: Member, name: str) -> None:
    Holding.objects.create(member=member, skill=Skill.objects.create(name=name))


def test_people_are_a_reason_in_public_groups_alone(cast: Cast) -> None:
    """Bo is connected with Ada; who is in a private group its members know, and nobody else."""
    for visibility in ("public", "private", "unlisted"):
        joining = "invitation" if visibility == "unlisted" else "open"
        group = group_of(cast.di, visibility.title(), visibility=visibility, joining=joining)
        for member in (cast.bo, cast.cy, cast.hal, cast.gus, cast.eve):
            seat(group, member)
    assert reasons(cast.ada) == {"Public": "1 person you know is in it"}


def test_a_skill_is_a_reason_where_it_stands_whole(cast: Cast) -> None:
    has_skill(cast.ada, "Art")
    for name in ("Party people", "Art in Delft", "State of the árt"):
        group_of(cast.di, name)
    group_of(cast.di, "Secret art", visibility="unlisted", joining="invitation")
    group_of(cast.di, "Private art", visibility="private")
    said = "About Art, which is among your skills"
    assert reasons(cast.ada) == dict.fromkeys(("Art in Delft", "State of the árt", "Private art"), said)


def test_odd_names_of_skills_break_nothing(cast: Cast) -> None:
    for name in ("C++", "100% (of it)", "a_b\\c", ".*"):
        has_skill(cast.ada, name)
    group_of(cast.di, "Who writes C++ here")
    group_of(cast.di, "Anything else")
    assert reasons(cast.ada) == {"Who writes C++ here": "About C++, which is among your skills"}


def test_a_place_is_a_reason(cast: Cast) -> None:
    Member.objects.filter(pk=cast.ada.pk).update(place="Delft, Netherlands")
    group_of(cast.di, "Here", place="DELFT")
    group_of(cast.di, "There", place="Accra")
    assert reasons(cast.ada) == {"Here": "In DELFT, where you are too"}


@pytest.mark.parametrize("why", ["in it", "banned", "declined", "ended"])
def test_what_is_over_is_not_suggested(cast: Cast, why: str) -> None:
    Member.objects.filter(pk=cast.ada.pk).update(place="Delft")
    group = group_of(cast.di, "Here", place="Delft")
    if why == "in it":
        seat(group, cast.ada)
    elif why == "banned":
        barring.ban(group, cast.ada, by=cast.di, reason="x")
    elif why == "declined":
        Invitation.objects.create(
            group=group, member=cast.ada, sender=cast.bo, outcome="declined", settled_at=group.founded_at
        )
    else:
        Group.objects.update(ended_at=group.founded_at)
    assert reasons(cast.ada) == {}


def test_the_weightiest_comes_first(cast: Cast) -> None:
    Member.objects.filter(pk=cast.ada.pk).update(place="Delft")
    near, far = group_of(cast.di, "Place", place="Delft"), group_of(cast.di, "People")
    for number in range(5):
        seat(near, make_member(f"Person {number}"))
    seat(far, cast.bo)
    assert list(reasons(cast.ada)) == ["People", "Place"]


def test_whom_one_no_longer_sees_is_no_reason(cast: Cast) -> None:
    group = group_of(cast.di, "Public")
    seat(group, cast.bo)
    network.block(cast.bo, cast.ada)
    assert reasons(cast.ada) == {}
