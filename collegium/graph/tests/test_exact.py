"""Every answer of the index equals brute force, on networks of every mixture, and on every kind of ground.

Ground is what the view stands on: changes alone, files alone, or files with changes over them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from collegium.audience.rule import NONE, closeness
from collegium.audience.viewer import Viewer
from collegium.graph import base, degrees, index, near, overlay, paths, sight
from collegium.graph.tests import networks
from collegium.graph.tests.reference import Network
from collegium.graph.view import View
from collegium.members.models import Member
from collegium.ties.models import Block, Connection, Distance

pytestmark = pytest.mark.django_db
often = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def _fresh() -> Iterator[None]:
    """Each example begins with nobody: hypothesis runs many in one test's transaction."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _agree(view: View, everybody: list[int]) -> None:
    """All answers to all members about all members."""
    told = Network()
    for me in everybody:
        viewer = Viewer(told.people[me])
        found = degrees.standings(viewer.member, everybody, view)
        common = degrees.mutual(viewer, everybody, 99, view)
        others = [key for key in everybody if key != me]
        assert {key: found[key].degree for key in others} == {key: told.degree(me, key) for key in others}
        shared = {key: told.mutual(me, key) for key in others}
        assert {key: found[key].mutual for key in others} == {key: len(keys) for key, keys in shared.items()}
        assert {key: (each.keys, each.total) for key, each in common.items()} == {
            key: (keys, len(keys)) for key, keys in shared.items() if keys
        }
        for key in others:
            ways = told.paths(me, key)
            got = paths.between(viewer, key, view=view)
            assert (sorted(got.paths), got.total) == (ways, len(ways)), (me, key)
            assert got.length == (len(ways[0]) - 1 if ways else None)
        assert sorted(near.first(viewer, view)) == [key for key in sorted(told.tied[me]) if told.seen(me, key)]
        assert sorted(near.second(viewer, view).tolist()) == told.second(me)
        by_rule = Member.objects.filter(pk__in=told.tied[me]).annotate(near=closeness(viewer)).values_list("pk", "near")
        assert near.closeness(viewer, view) == {key: value for key, value in by_rule if value > NONE}
        assert near.candidates(viewer, 99, view) == told.candidates(me)
        reached = told.distances(me)
        for hops in (1, 2, 3):
            around = {key: steps for key, steps in reached.items() if 0 < steps <= hops}
            assert near.within(viewer, hops, view) == around
        edges = {(a, b) for a in everybody for b in told.tied[a] if a < b and told.known(me, a, b)}
        assert set(near.among(viewer, everybody, view)) == edges


@often
@given(networks.networks)
def test_from_changes_alone(network: dict[str, Any]) -> None:
    with _fresh():
        keys = networks.make(network)
        _agree(index.view(), keys)


@often
@given(networks.networks)
def test_from_files_alone(network: dict[str, Any]) -> None:
    with _fresh():
        keys = networks.make(network)
        _agree(base.in_memory(), keys)


@often
@given(networks.networks, networks.networks)
def test_changes_over_files(before: dict[str, Any], after: dict[str, Any]) -> None:
    """What was written to files, then altered: ties gone and new, people restored and suspended, some gone."""
    with _fresh():
        keys = networks.make(before)
        stood = base.in_memory()
        low = _mark()
        Connection.objects.all().delete()
        Block.objects.all().delete()
        Distance.objects.all().delete()
        Member.objects.filter(pk__in=keys[:2]).delete()
        for key, fields in zip(keys[2:], after["people"], strict=False):
            Member.objects.filter(pk=key).update(**fields)
        kept = keys[2:]
        _rows(after, kept)
        _agree(overlay.lay(stood, _since(low)), kept)


def _rows(network: dict[str, Any], keys: list[int]) -> None:
    """The pairs of a network, between people who are there."""
    parted = {frozenset(pair) for pair in network["blocks"]}
    for a, b in network["ties"]:
        if max(a, b) < len(keys) and frozenset((a, b)) not in parted:
            Connection.objects.bulk_create(Connection(member_id=keys[x], other_id=keys[y]) for x, y in ((a, b), (b, a)))
    Block.objects.bulk_create(
        Block(blocker_id=keys[a], blocked_id=keys[b]) for a, b in network["blocks"] if max(a, b) < len(keys)
    )
    for (a, b), rung in network["distances"].items():
        if max(a, b) < len(keys):
            Distance.objects.create(member_id=keys[a], other_id=keys[b], rung=rung)


def _mark() -> int:
    from collegium.graph.models import Change

    last = Change.objects.order_by("-id").first()
    return last.pk if last else 0


def _since(last: int) -> list[Any]:
    from collegium.graph import changes

    return [row for row in changes.read(0, []).rows if row.id > last]


@often
@given(networks.networks, st.data())
def test_a_hidden_edge_cannot_be_inferred(network: dict[str, Any], data: st.DataObject) -> None:
    """Every answer to a viewer is the same with and without an edge that she may not know."""
    with _fresh():
        keys = networks.make(network)
        told = Network()
        me = data.draw(st.sampled_from(keys))
        hidden = [(a, b) for a in keys for b in told.tied[a] if a < b and me not in (a, b) and not told.known(me, a, b)]
        if not hidden:
            return
        one, other = data.draw(st.sampled_from(hidden))
        before = _answers(me, keys)
        Connection.objects.between(one, other).delete()
        assert _answers(me, keys) == before


def _answers(me: int, keys: list[int]) -> list[Any]:
    viewer, view = Viewer(Member.objects.get(pk=me)), index.view()
    return [
        degrees.standings(viewer.member, keys, view),
        degrees.mutual(viewer, keys, 99, view),
        [paths.between(viewer, key, view=view) for key in keys],
        near.second(viewer, view).tolist(),
        near.candidates(viewer, 99, view),
        near.within(viewer, 3, view),
        near.among(viewer, keys, view),
    ]


FAULTS = {
    "blocks do not part": lambda code: sight._decide(code & ~sight.PARTED) if code & 112 != 112 else 3,
    "suspended people count": lambda code: sight._decide(code | sight.ACTIVE),
    "hidden profiles are open": lambda code: sight._decide(code | sight.OPEN_TO_MEMBERS),
    "lists are open to all": lambda code: sight._decide(code | sight.LIST_TO_MEMBERS),
    "restriction forgotten": lambda code: sight._decide(code & ~sight.AWAY) if code & 112 != 112 else 3,
    "connections see no list": lambda code: sight._decide(code & ~sight.LIST_TO_CONNECTIONS),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison above bites: each branch of the rule, taken out, makes some network disagree."""
    import numpy as np

    table = np.array([FAULTS[fault](code) for code in range(128)], np.uint8)
    monkeypatch.setattr(sight, "TABLE", table)

    @settings(max_examples=200, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
    @given(networks.networks)
    def compare(network: dict[str, Any]) -> None:
        with _fresh():
            keys = networks.make(network)
            _agree(index.view(), keys)

    with pytest.raises(AssertionError):
        compare()
