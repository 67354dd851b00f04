"""Suggestions against brute force, on generated networks: nobody forbidden, nobody missing, true counts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.graph import index
from collegium.graph.tests import networks
from collegium.graph.tests.reference import Network
from collegium.members.models import Member
from collegium.network.suggestions import around, judging
from collegium.network.suggestions.formula import Kind
from collegium.network.suggestions.suggesting import Suggestion, suggest
from collegium.ties.models import Connection, Distance

pytestmark = pytest.mark.django_db
often = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def _fresh() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _told(found: list[Suggestion]) -> list[tuple[int, float, list[str]]]:
    """All that a suggestion says."""
    return [(each.person.pk, each.score, [reason.words for reason in each.reasons]) for each in found]


def _active(keys: list[int]) -> list[Viewer]:
    return [Viewer(member) for member in Member.objects.active().filter(pk__in=keys).order_by("pk")]


@often
@given(networks.networks)
def test_the_second_degree_and_nobody_else(network: dict[str, Any]) -> None:
    with _fresh():
        keys = networks.make(network)
        told = Network()
        for viewer in _active(keys):
            me = viewer.id
            kept = set(Distance.objects.filter(member_id=me).values_list("other_id", flat=True))
            expected = {
                key: len(told.mutual(me, key)) for key in told.second(me) if told.seen(me, key) and key not in kept
            }
            found = suggest(viewer, 99)
            assert {each.person.pk: each.standing.mutual for each in found} == expected
            for each in found:
                assert [reason.kind for reason in each.reasons] == [Kind.MUTUAL]
                assert [person.pk for person in each.both_know] == told.mutual(me, each.person.pk)[:3]


@often
@given(networks.networks)
def test_past_a_part_of_the_connections_the_numbers_are_exact_all_the_same(network: dict[str, Any]) -> None:
    with _fresh(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(around, "THROUGH", 1)
        keys = networks.make(network)
        told = Network()
        for viewer in _active(keys):
            found = around.look(viewer, index.view())
            second = set(told.second(viewer.id))
            assert found.mutual.keys() <= second
            assert bool(found.mutual) == bool(second) or len(found.first) > 1
            assert found.mutual == {key: len(told.mutual(viewer.id, key)) for key in found.mutual}


@often
@given(networks.networks)
def test_an_edge_one_may_not_know_of_changes_nothing(network: dict[str, Any]) -> None:
    with _fresh():
        keys = networks.make(network)
        told = Network()
        for viewer in _active(keys)[:3]:
            me = viewer.id
            before = _told(suggest(viewer, 99))
            hidden = [
                (one, other)
                for one in keys
                for other in told.tied[one]
                if one < other and me not in (one, other) and not told.known(me, one, other)
            ]
            for one, other in hidden[:4]:
                with _fresh():
                    Connection.objects.between(one, other).delete()
                    assert _told(suggest(viewer, 99)) == before


@often
@given(networks.networks)
def test_who_may_come_up_is_who_may_be_found(network: dict[str, Any]) -> None:
    """The written-out statement equals `people.findable_by`, less those whom the viewer has something with already."""
    with _fresh():
        keys = networks.make(network)
        for viewer in _active(keys):
            tied = set(Connection.objects.filter(member_id=viewer.id).values_list("other_id", flat=True))
            kept = set(Distance.objects.filter(member_id=viewer.id).values_list("other_id", flat=True))
            found = set(people.findable_by(viewer).values_list("pk", flat=True))
            assert set(judging.admitted(viewer.id, keys)) == found - tied - kept - {viewer.id}
