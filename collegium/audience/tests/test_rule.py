"""The rule itself: how near everybody is to Ada, written by hand."""

import pytest

from collegium.audience.rule import closeness
from collegium.members.models import Member

pytestmark = pytest.mark.django_db

# How near somebody is to Ada; the same from both sides. Gus is suspended, nobody signed out.
TO_ADA = {"ada": 4, "bo": 3, "cy": 2, "di": 1, "ed": -1, "eve": -1, "flo": 1, "hal": 1}


def near(cast, viewer, owner, **how):
    people = Member.objects.filter(pk=getattr(cast, owner).pk)
    return people.annotate(near=closeness(cast.viewer(viewer), **how)).get().near


def test_how_near_everybody_is(cast):
    for name, expected in TO_ADA.items():
        assert near(cast, name, "ada") == near(cast, "ada", name) == expected, name
        assert near(cast, name, "ada", second=False) == (1 if expected == 2 else expected), name
    assert near(cast, "ada", "gus") == -1


def test_nobody_is_as_near_as_the_profile_is_open(cast):
    for visibility, expected in {0: 0, 1: -1, 3: -1}.items():
        Member.objects.update(visibility=visibility)
        assert near(cast, "nobody", "ada") == expected
    Member.objects.update(visibility=0)
    assert near(cast, "nobody", "gus") == -1


def test_the_owner_may_stand_behind_a_relation(cast):
    from collegium.ties.models import Connection

    rows = Connection.objects.filter(member=cast.bo).annotate(near=closeness(cast.viewer("ada"), "other"))
    assert dict(rows.values_list("other__name", "near")) == {"Ada Lindqvist": 4, "Cy Tanaka": 2}
