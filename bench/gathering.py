"""Places for `bin/bench groups`: which pages, who asks, and what their statements are. Runs in `collegium shell`."""

import json
import sys
import time
from typing import Any
from urllib.parse import quote

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.people import signed_in
from collegium.events.models import Occurrence
from collegium.groups.models import Group
from collegium.members.models import Member
from collegium.organizations.models import Organization

READERS, ASKED = 40, 30
Pages = dict[str, list[tuple[str, str]]]


def main() -> None:
    """Sign readers in, and say of every kind of page its requests, how many statements it sends and what they are."""
    group, house, time_of = _largest()
    inside = Member.objects.active().filter(memberships__group=group).select_related("user")
    readers = list(inside.order_by("pk")[:READERS])
    sessions = list(signed_in(readers).values())
    words = [member.name.split()[0] for member in readers]
    paths = {
        "group, wall": [group.path] * READERS,
        "group, members": [f"{group.path}members/"] * READERS,
        "group, search": [f"{group.path}members/search/?q={quote(word)}" for word in words],
        "page": [house.path] * READERS,
        "page, people": [f"{house.path}people/"] * READERS,
        "event": [time_of.path] * READERS,
    }
    pages: Pages = {kind: list(zip(each, sessions, strict=False)) for kind, each in paths.items()}
    told = {kind: statements(requests) for kind, requests in pages.items()}
    sizes = {
        "group": group.member_count,
        "house": _employees(house),
        "event": time_of.seats_taken,
    }
    json.dump({"pages": pages, "told": told, "sizes": sizes}, sys.stdout)


def _largest() -> tuple[Group, Organization, Occurrence]:
    """The group, the house and the time of an event with the most people."""
    return (
        Group.objects.order_by("-member_count")[0],
        Organization.objects.get(handle="house-1"),
        Occurrence.objects.order_by("-seats_taken")[0],
    )


def _employees(house: Organization) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT member_id) FROM career_item"
            " WHERE organization_id = %s AND section = 'positions' AND ended = ''",
            [house.pk],
        )
        return int(cursor.fetchone()[0])


def statements(requests: list[tuple[str, str]]) -> dict[str, Any]:
    """Of one page that is warm: how many statements, and of the slowest its time alone and its plan."""
    path, session = requests[0]
    browser = Client(headers={"host": "127.0.0.1"})
    browser.cookies["sessionid"] = session
    browser.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = browser.get(path)
    asked = [each["sql"] for each in captured.captured_queries if each["sql"].startswith(("SELECT", "WITH"))]
    alone = [(_milliseconds(statement), statement) for statement in asked]
    slowest = max(alone, default=(0.0, ""))
    return {
        "status": answer.status_code,
        "count": len(captured),
        "floor": slowest[0],
        "all": sum(each for each, _statement in alone),
        "statement": slowest[1],
        "plan": _plan(slowest[1]) if slowest[1] else [],
    }


def _milliseconds(statement: str) -> float:
    """The median of a statement by itself; nothing where it does not stand by itself."""
    taken = []
    with connection.cursor() as cursor:
        for _round in range(ASKED):
            began = time.perf_counter()
            cursor.execute(statement)
            cursor.fetchall()
            taken.append((time.perf_counter() - began) * 1000)
    return sorted(taken)[ASKED // 2]


def _plan(statement: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) {statement}")
        return [line for (line,) in cursor.fetchall()]
