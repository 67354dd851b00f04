"""What two people are told that both know equals brute force, on networks of every mixture, and tells no more."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from collegium.graph.tests import networks
from collegium.graph.tests.reference import Network
from collegium.network.context import _known_to_both, both_know
from collegium.ties.models import Connection, Distance

pytestmark = pytest.mark.django_db
often = settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
Told = dict[tuple[int, int], str]


@contextmanager
def _fresh() -> Iterator[None]:
    """Each example begins with nobody."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _pairs(told: Network) -> list[tuple[int, int]]:
    """Who could ask whom to connect: they see each other, and are not connected."""
    return [
        (one, other)
        for one in told.people
        for other in told.people
        if one != other and other not in told.tied[one] and told.seen(one, other) and told.seen(other, one)
    ]


def _said(told: Network, pairs: list[tuple[int, int]]) -> Told:
    """The sentence of each pair; "" for none."""
    found = {pair: _known_to_both(*(told.people[key] for key in pair)) for pair in pairs}
    return {pair: both_know(known) if known.people else "" for pair, known in found.items()}


def _counts(told: Network, one: int, other: int, third: int) -> bool:
    """By what anybody in the place of the two would know: no list is read that opens to connections alone."""
    if third not in told.tied[one] or third not in told.tied[other]:
        return False
    open_lists = {key for key in (one, other, third) if told.people[key].connections_audience <= 1}
    member = told.people[third]
    return (
        member.standing == "active" and member.visibility <= 1 and (third in open_lists or {one, other} <= open_lists)
    )


def _sentence(told: Network, found: list[int]) -> str:
    names = [member.name for member in sorted((told.people[key] for key in found[:3]), key=lambda each: each.sort_name)]
    more = len(found) - len(names)
    if more:
        return f"You both know {', '.join(names)} and {more} other{'s' if more > 1 else ''}."
    return f"You both know {' and '.join([', '.join(names[:-1])] * (len(names) > 1) + names[-1:])}." if names else ""


@often
@given(networks.networks)
def test_it_is_what_both_may_read(network: dict[str, Any]) -> None:
    with _fresh():
        networks.make(network)
        told = Network()
        pairs = _pairs(told)
        for (one, other), said in _said(told, pairs).items():
            found = [key for key in sorted(told.people) if _counts(told, one, other, key)]
            assert said == _sentence(told, found), (one, other)
            assert set(found) <= set(told.mutual(one, other)) & set(told.mutual(other, one))


@often
@given(networks.networks)
def test_the_two_are_told_the_same(network: dict[str, Any]) -> None:
    with _fresh():
        networks.make(network)
        told = Network()
        said = _said(told, _pairs(told))
        assert all(said[other, one] == words for (one, other), words in said.items())


@often
@given(networks.networks)
def test_the_distance_a_third_keeps_does_not_show(network: dict[str, Any]) -> None:
    with _fresh():
        networks.make(network)
        told = Network()
        pairs = _pairs(told)
        before = _said(told, pairs)
        Distance.objects.all().delete()
        after = _said(told, [pair for pair in pairs if not set(pair) & _keeping(told, pair)])
        assert all(before[pair] == words for pair, words in after.items())


def _keeping(told: Network, pair: tuple[int, int]) -> set[int]:
    """Those of the two who keep the other one away themselves."""
    return {one for one, other in told.restricted if {one, other} == set(pair)}


@often
@given(networks.networks, st.data())
def test_an_edge_that_either_may_not_know_does_not_show(network: dict[str, Any], data: st.DataObject) -> None:
    """Not to the one who asks, and not to the one whose door it is."""
    with _fresh():
        networks.make(network)
        told = Network()
        pairs = _pairs(told)
        edges = [(a, b) for a in told.people for b in told.tied[a] if a < b]
        if not edges or not pairs:
            return
        a, b = data.draw(st.sampled_from(edges))
        unaware = [pair for pair in pairs if any(not {a, b} & {eye} and not told.known(eye, a, b) for eye in pair)]
        before = _said(told, unaware)
        Connection.objects.filter(Q(member=a, other=b) | Q(member=b, other=a)).delete()
        assert _said(told, unaware) == before
