"""What is fetched: sessions of a sample of members, and the pages they open. Runs in `collegium shell`, prints JSON."""

import json
import random
import sys
import time
from typing import Any
from urllib.parse import quote

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import mixed
from bench.career import fullest
from bench.people import signed_in
from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.feed import timeline
from collegium.members.models import Member

SAMPLE = 300
SEED = 20


def main() -> None:
    """Sign a sample of members in, and say which pages each kind of page means for them."""
    keys = list(Member.objects.active().order_by("pk").values_list("pk", flat=True))
    chosen = random.Random(SEED).sample(keys, min(SAMPLE, len(keys)))  # noqa: S311 - a sample, not a secret
    members = list(Member.objects.filter(pk__in=chosen).select_related("user"))
    sessions = signed_in(members)
    pages = _pages(members, sessions)
    pages["home, mixed"] = mixed_homes()
    counts = {kind: queries(requests) for kind, requests in pages.items()}
    json.dump({"pages": pages, "queries": counts, "floor": _floor(members)}, sys.stdout)


def homes() -> None:
    """The mixed homes alone, each with its reader's session, and how many statements one takes."""
    requests = mixed_homes()
    json.dump({"homes": requests, "queries": queries(requests)}, sys.stdout)


def _pages(members: list[Any], sessions: dict[int, str]) -> dict[str, list[tuple[str, str]]]:
    """Path and session of every request, by kind of page."""
    pages: dict[str, list[tuple[str, str]]] = {
        "home": [],
        "profile": [],
        "full profile": [],
        "post": [],
        "search": [],
        "typeahead": [],
        "invitations": [],
    }
    full = fullest()
    for member in members:
        session = sessions[member.pk]
        pages["full profile"].append((full.path, session))
        pages["home"].append(("/", session))
        pages["invitations"].append(("/network/", session))
        known = timeline.people_of(member)
        page = timeline.page(member, known, timeline.mix_of(member))
        pages["post"] += [(post.path, session) for post in page.posts[:2]]
        other = people.visible_to(Viewer(member)).filter(pk__in=list(known.near)).exclude(pk=member.pk).first()
        if other is not None:
            pages["profile"].append((other.path, session))
            word = other.name.split()[0]
            pages["search"].append((f"/search/?q={quote(word)}", session))
            pages["typeahead"].append((f"/search/suggestions/?q={quote(word[:3])}", session))
    return pages


def mixed_homes() -> list[tuple[str, str]]:
    """Homes whose newest twenty posts are of every form."""
    readers = mixed.readers()
    for reader in readers:
        mixed.fill(reader)
    return [("/", session) for session in signed_in(readers).values()]


def queries(requests: list[tuple[str, str]]) -> float:
    """The most statements that any of some pages sent."""
    most = 0
    for path, session in requests[:12]:
        browser = Client(headers={"host": "127.0.0.1"})
        browser.cookies["sessionid"] = session
        browser.get(path)
        with CaptureQueriesContext(connection) as captured:
            browser.get(path)
        most = max(most, len(captured))
    return most


def _floor(members: list[Any]) -> dict[str, float]:
    """The timeline's statement alone, over prepared people: milliseconds at p50 and p99."""
    prepared = [(timeline.people_of(member), timeline.mix_of(member)) for member in members]
    sizes = sorted(len(known.near) for known, _mix in prepared)
    took = []
    for known, mix in prepared * 3:
        start = time.perf_counter()
        timeline.stream(known, mix, limit=timeline.PAGE * 2)
        took.append((time.perf_counter() - start) * 1000)
    took.sort()
    middle, late = took[len(took) // 2], took[int(len(took) * 0.99)]
    return {"p50": middle, "p99": late, "people": sizes[len(sizes) // 2]}
