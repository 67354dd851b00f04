"""Work for `bin/bench jobs`: which pages, who asks, what their statements are; and kept searches. Runs in a shell."""

import json
import random
import sys
import time
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q

from bench.gathering import Pages, statements
from bench.people import signed_in
from collegium.applications.models import Application
from collegium.finding.keeping.sending import send_due
from collegium.finding.keeping.tasks import MEMBERS
from collegium.finding.models import Rhythm, Saved
from collegium.lib import clock, ids
from collegium.members.models import Member
from collegium.openings.models import Opening
from collegium.pages.models import Role

READERS, SEARCHES, SEED = 40, 200, 20
KEPT = 10_000


def main() -> None:
    """Sign readers in, and say of every kind of page its requests, how many statements it sends and what they are."""
    chance = random.Random(SEED)  # noqa: S311 - a sample, not a secret
    readers = list(Member.objects.active().order_by("pk").select_related("user")[:READERS])
    sessions = list(signed_in(readers).values())
    crowded = _crowded()
    team = _team(crowded)
    hiring = list(signed_in(team).values())
    standing = list(Opening.objects.standing().order_by("pk").values_list("pk", flat=True))
    own = list(signed_in(_applicants()).values())

    def spread(paths: list[str], by: list[str]) -> list[tuple[str, str]]:
        return [(path, by[number % len(by)]) for number, path in enumerate(paths)]

    asked = searches(chance, SEARCHES)
    pages: Pages = {
        "search, all": spread(["/jobs/"] * READERS, sessions),
        "search, words": spread([f"/jobs/?q={each['q']}" for each in asked], sessions),
        "search, facets": spread([f"/jobs/?{address(each)}" for each in asked], sessions),
        "opening": spread([f"/jobs/{key}/" for key in chance.sample(standing, min(SEARCHES, len(standing)))], sessions),
        "pipeline": spread([f"{crowded.path}hiring/"] * READERS, hiring),
        "my applications": spread(["/applications/"] * READERS, own),
    }
    told = {kind: statements(requests) for kind, requests in pages.items()}
    sizes = {"openings": len(standing), "applications": Application.objects.count(), "pipeline": crowded.size}
    json.dump({"pages": pages, "told": told, "sizes": sizes}, sys.stdout)


def _crowded() -> Any:
    """The opening that stands with the most applicants."""
    rows = Opening.objects.standing().annotate(size=Count("applications"))
    return rows.order_by("-size", "pk")[0]


def _team(opening: Opening) -> list[Member]:
    """Those who hire for it: on its page, or with a seat."""
    on_page = Role.objects.filter(organization=opening.organization_id, part="recruiter").values("member")
    keys = Q(pk__in=on_page) | Q(pk=opening.poster_id)
    return list(Member.objects.filter(keys).select_related("user"))


def _applicants() -> list[Member]:
    """Some who applied to very much."""
    busy = Application.objects.values("applicant").annotate(n=Count("pk")).order_by("-n", "applicant")[:READERS]
    return list(Member.objects.filter(pk__in=[row["applicant"] for row in busy]).select_related("user"))


def searches(chance: random.Random, count: int) -> list[dict[str, str]]:
    """What people look for: a word of a title, around a town, narrowed by five facets."""
    rows = list(Opening.objects.standing().exclude(town=None).order_by("pk").values_list("title", "town__name")[:5_000])
    found = []
    for _each in range(count):
        title, town = chance.choice(rows)
        word = chance.choice([part.strip(",") for part in title.split() if len(part) > 3] or [title])
        found.append(
            {
                "q": quote(word),
                "place": quote(town),
                "radius": chance.choice(("25", "50", "100")),
                "way": "on-site&way=hybrid",
                "kind": "full-time",
                "level": chance.choice(("2&level=3", "4", "2&level=4")),
                "pay": chance.choice(("20000", "30000", "40000")),
                "since": "30",
            }
        )
    return found


def address(asked: dict[str, str]) -> str:
    """The search as an address says it."""
    return "&".join(f"{name}={value}" for name, value in asked.items())


def sweep() -> None:
    """Ten thousand kept searches are due: how long until all are worked off, and how many statements that takes.

    Mails are written and go nowhere: what a mail server takes is its own affair.
    """
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    _keep()
    sent = 0

    def counted(execute: Any, *asked: Any) -> Any:
        nonlocal sent
        sent += 1
        return execute(*asked)

    began, mails = time.perf_counter(), 0
    with connection.execute_wrapper(counted):
        while Saved.objects.due(clock.now()).exists():
            mails += send_due(MEMBERS)
    took = time.perf_counter() - began
    json.dump({"seconds": took, "searches": KEPT, "statements": sent, "mails": mails}, sys.stdout)


def _keep() -> None:
    """Kept for a day all of them, spread over as many members as there are, and due now."""
    Saved.objects.all().delete()
    chance = random.Random(SEED)  # noqa: S311 - a sample, not a secret
    members = list(Member.objects.active().order_by("pk").values_list("pk", flat=True)[:KEPT])
    now = clock.now()
    rows = []
    for number, (key, each) in enumerate(zip(ids.fresh(KEPT), searches(chance, KEPT), strict=True)):
        few = dict(list(each.items())[: 1 + number % len(each)])
        row = Saved(id=key, member_id=members[number % len(members)], name=f"Search {number}", address=address(few))
        row.rhythm, row.due_at, row.since = Rhythm.DAILY, now, now - timedelta(days=1)
        rows.append(row)
    Saved.objects.bulk_create(rows, batch_size=1_000)
