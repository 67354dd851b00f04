"""Asking how the viewer stands to a few people gives what working it out for everybody gives, whatever either costs."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collegium.audience.rule import MEMBER
from collegium.audience.viewer import Viewer
from collegium.graph.tests.networks import make, networks
from collegium.members.models import Member
from collegium.search import people
from collegium.search import stands as standing
from collegium.search.asking import Asked, Value
from collegium.search.eyes import Eyes
from collegium.search.query import parse
from collegium.search.searching import Search
from collegium.search.tests.generated import careers
from collegium.search.tests.test_exact import choices, fresh, known, populated
from collegium.skills.models import Skill

pytestmark = pytest.mark.django_db
slowly = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))

NEVER, ALWAYS = -1.0, 1e9
"""A share of the edges that makes everybody be worked out at once, and one that never does."""


def asked_for(monkeypatch, share, walked=-1):
    """From now on people are asked for one by one as long as the share says; nothing is remembered.

    With no more edges to the second degree than `walked` it is walked at once instead.
    """
    monkeypatch.setattr(standing, "WALKED_UP_TO", walked)
    monkeypatch.setattr(standing, "PER_EDGE", share)
    monkeypatch.setattr(standing, "PER_MEMBER", share)
    standing._kept.clear()


@pytest.mark.parametrize("walked", [-1, 1_000])
@slowly
@given(networks, st.randoms())
def test_a_few_as_everybody(walked, network, chance):
    with fresh(), pytest.MonkeyPatch.context() as patch:
        asked_for(patch, ALWAYS, walked)
        make(network)
        for viewer in [Viewer(member) for member in Member.objects.active()]:
            view = Eyes(viewer).view
            whole = standing.Stands(view, viewer.id)
            found = np.flatnonzero(whole.plain >= MEMBER)
            few = np.array(chance.sample(found.tolist(), chance.randint(0, len(found))), np.uint32)
            lazy = standing.Stands(view, viewer.id)
            assert lazy.closeness(few).tolist() == whole.near[few].tolist()
            assert lazy.degrees(few).tolist() == whole.degree[few].tolist()
            assert lazy.mutual(few).tolist() == whole.mutuals[few].tolist()
            assert lazy.tied(few).tolist() == (whole.degree[few] == standing.FIRST_DEGREE).tolist()
            for level in range(-1, 5):
                levels = np.full(len(few), level, np.int8)
                assert lazy.reaches(few, levels).tolist() == (whole.near[few] >= level).tolist()
            assert "_steps" not in lazy.__dict__
            assert "mutuals" not in lazy.__dict__


def told(viewer, typed, chosen):
    """All that pages say: while one types, and when one searches."""
    ahead = [(each.person.pk, each.degree, each.mutual) for each in people.ahead(viewer, typed, 2)]
    values = tuple(
        Value(facet, str(Skill.objects.get(name=value).pk) if facet == "skill" else value, value)
        for facet, wanted in known(chosen).items()
        for value in sorted(wanted)
    )
    search = Search(Eyes(viewer), Asked(typed, parse.read(typed), values))
    pages, after = [], ""
    while True:
        page = people.page(search, after)
        pages += [(each.person.pk, each.degree, each.mutual) for each in page.found]
        after = page.after
        if not after:
            break
    counts = {facet: search.counts(facet).top(100) for facet in ("degree", "company", "place", "skill", "open")}
    hits = [(hit.key, hit.place, hit.degree, hit.mutual) for hit in search.first(100, near_first=True)]
    return ahead, pages, search.total, counts, hits


@slowly
@given(networks, careers, choices, st.sampled_from(["person", "p", "ro", "rose dam", "gre"]), st.integers(0, 10))
def test_pages_are_the_same_either_way(network, made, chosen, typed, who):
    with fresh(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "PAGE", 2)
        _keys, me = populated(network, made, who)
        viewer = Viewer(Member.objects.get(pk=me))
        answers = []
        for share, walked in ((NEVER, -1), (ALWAYS, -1), (0.5, -1), (NEVER, 1_000)):
            asked_for(patch, share, walked)
            answers.append(told(viewer, typed, chosen))
        for answer in answers[1:]:
            assert answer == answers[0]
