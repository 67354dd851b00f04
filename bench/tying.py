"""What one new connection costs: the transaction, with and without what tells the graph, and the read after it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from bench.figures import at
from bench.people import Asker
from collegium.graph.degrees import standings
from collegium.members.models import Member
from collegium.ties.models import Connection

TELLING = ("graph_tied", "graph_untied")


def cost_of_connecting(askers: list[Asker]) -> dict[str, dict[str, float]]:
    """Connect every asker with a stranger, read, and part them again; milliseconds at p50 and p99."""
    pairs = [(asker.viewer.me, other) for asker in askers if (other := _stranger(asker)) is not None]
    ties, reads, again = [], [], []
    for me, other in pairs:
        ties.append(_tied(me, other))
        reads.append(_read(me, other))
        again.append(_read(me, other))
        _part(me, other)
    with _silent():
        silent = []
        for me, other in pairs:
            silent.append(_tied(me, other))
            _part(me, other)
    told = {"transaction": ties, "without triggers": silent, "first read after": reads, "next read": again}
    return {name: {"p50": at(times, 0.5), "p99": at(times, 0.99), "n": len(times)} for name, times in told.items()}


def _stranger(asker: Asker) -> Member | None:
    """Somebody of the asker's page she is not connected with."""
    free = Member.objects.filter(pk__in=asker.page).exclude(pk=asker.viewer.id)
    return free.exclude(pk__in=Connection.objects.filter(member=asker.viewer.id).values("other_id")).first()


def _tied(me: Member, other: Member) -> float:
    began = time.perf_counter()
    with transaction.atomic():
        Connection.tie(me, other)
    return (time.perf_counter() - began) * 1000


def _read(me: Member, other: Member) -> float:
    began = time.perf_counter()
    found = standings(me, [other.pk])
    took = (time.perf_counter() - began) * 1000
    if found[other.pk].degree != 1:
        raise SystemExit("A connection just made was not read.")
    return took


def _part(me: Member, other: Member) -> None:
    with transaction.atomic():
        Connection.untie(me, other)


@contextmanager
def _silent() -> Iterator[None]:
    """Without the triggers. Every tie made within is undone within, so that the graph stays true."""
    with connection.cursor() as cursor:
        for name in TELLING:
            cursor.execute(f"ALTER TABLE ties_connection DISABLE TRIGGER {name}")
        try:
            yield
        finally:
            for name in TELLING:
                cursor.execute(f"ALTER TABLE ties_connection ENABLE TRIGGER {name}")
