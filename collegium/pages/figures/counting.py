"""Counting that a page was opened: one number a day, and nothing of whoever opened it."""

import re
from collections.abc import Collection

from django.db import connection
from django.http import HttpRequest

from collegium.lib import clock
from collegium.organizations.models import Organization

# What says of itself that it is no person, and what fetches pages before anybody asked for them.
MACHINES = re.compile(
    r"bot|crawl|spider|slurp|preview|fetch|scrap|monitor|archiv|headless|curl|wget|python|java/|go-http|okhttp|libwww",
    re.IGNORECASE,
)
COUNT = """
INSERT INTO pages_opened AS had (organization_id, day, times) VALUES (%s, %s, 1)
ON CONFLICT (organization_id, day) DO UPDATE SET times = had.times + 1
"""


def opened(request: HttpRequest, organization: Organization, parts: Collection[str]) -> None:
    """Count one opening, of a page that is one: not by those who work on it, nor by machines, nor of a part of it.

    Args:
        request: that opened it.
        organization: whose page.
        parts: what the viewer does there.
    """
    if not organization.is_page or parts or not is_person(request):
        return
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [organization.pk, clock.now().date()])


def is_person(request: HttpRequest) -> bool:
    """Whether a browser asked for the whole page because somebody wanted to see it, as far as it says."""
    asked = request.headers
    ahead = "prefetch" in asked.get("Sec-Purpose", "") or asked.get("Purpose", "") == "prefetch"
    agent = asked.get("User-Agent", "")
    return request.method == "GET" and not ahead and "HX-Request" not in asked and _is_browser(agent)


def _is_browser(agent: str) -> bool:
    return agent.startswith("Mozilla/") and MACHINES.search(agent) is None
