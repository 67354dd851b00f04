"""What a search costs: each question is worked out once, not once for every person or value."""

from datetime import timedelta

import pytest

from collegium.audience.viewer import Viewer
from collegium.lib import clock
from collegium.members.models import Member
from collegium.openness.models import Exclusion, OpenToWork
from collegium.search import asking, facets
from collegium.search.eyes import Eyes, Seen
from collegium.search.searching import Search
from collegium.testing.cast import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(cast):
    """Six people, each at a place of her own, who look for work and leave somebody out."""
    made = [make_member(f"Keeper {number}") for number in range(6)]
    now = clock.now()
    for number, person in enumerate(made):
        Member.objects.filter(pk=person.pk).update(place=f"Town {number}")
        OpenToWork.objects.create(member=person, audience=1, since=now, until=now + timedelta(days=30))
        Exclusion.objects.create(member=person, what="person", person=cast.bo)
    return cast


def counted(monkeypatch, owner, name):
    """How often a method is called from now on."""
    calls = []
    real = getattr(owner, name)
    monkeypatch.setattr(owner, name, lambda self, *given: calls.append(given) or real(self, *given))
    return calls


def test_who_leaves_somebody_out_is_judged_at_once(crowd, monkeypatch):
    calls = counted(monkeypatch, Eyes, "_may_know")
    eyes = Eyes(Viewer(crowd.ada))
    search = Search(eyes, asking.Asked("keeper", asking.parse.read("keeper")))
    assert search.counts(asking.OPEN).of("1") == 6
    assert len(calls) <= len(eyes.layers)


def test_the_names_of_values_are_found_in_one_look_at_everybody(crowd, monkeypatch):
    """Who matches is worked out once; for a value only those who have it are looked at."""
    search = Search(Eyes(Viewer(crowd.ada)), asking.Asked("keeper", asking.parse.read("keeper")))
    search.counts("place")
    masks = {id(layer): layer.without("place") for layer in search.layers}
    asked = counted(monkeypatch, Seen, "reaches")
    [shown] = facets.shown(search, ["place"], facets.MOST, "town")
    assert len(shown.lines) == 6
    assert all(layer.without("place") is masks[id(layer)] for layer in search.layers)
    assert sum(len(owner) for owner, _level in asked) <= 6 + sum(len(layer.numbers) for layer in search.layers)
