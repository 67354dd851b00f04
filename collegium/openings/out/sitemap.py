"""Which openings there are, for search engines: an index of the days on which some were posted, and each day's own.

One stands sixty days at most, so the index has at most so many lines; what is gone is in none of them.
"""

from datetime import UTC, date, datetime, time, timedelta

from django.db.models import F, Max
from django.db.models.functions import Coalesce, Greatest, TruncDate

from collegium.audience.viewer import NOBODY
from collegium.openings.models import Opening, OpeningQuerySet
from collegium.openings.out.public import address

# What the protocol allows in one file.
MOST = 50_000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
CHANGED = Greatest("posted_at", Coalesce("edited_at", F("posted_at")))


def index() -> str:
    """The days."""
    rows = Opening.objects.visible_to(NOBODY).annotate(day=TruncDate("posted_at", tzinfo=UTC)).values("day")
    days = rows.annotate(changed=Max(CHANGED)).order_by("-day").values_list("day", "changed")
    lines = [_line("sitemap", f"/jobs/sitemap/{day.isoformat()}.xml", changed) for day, changed in days]
    return _file("sitemapindex", lines)


def of_day(day: date) -> str:
    """Those posted on one day, by the clock of UTC; "" when there are none."""
    rows = _on(day).annotate(changed=CHANGED).order_by("-posted_at", "-pk").values_list("pk", "changed")
    lines = [_line("url", f"/jobs/{key}/", changed) for key, changed in rows[:MOST]]
    return _file("urlset", lines) if lines else ""


def _on(day: date) -> OpeningQuerySet:
    begins = datetime.combine(day, time(), UTC)
    return Opening.objects.visible_to(NOBODY).filter(posted_at__gte=begins, posted_at__lt=begins + timedelta(days=1))


def _line(kind: str, path: str, changed: datetime) -> str:
    when = changed.astimezone(UTC).isoformat(timespec="seconds")
    return f"<{kind}><loc>{address(path)}</loc><lastmod>{when}</lastmod></{kind}>"


def _file(kind: str, lines: list[str]) -> str:
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<{kind} xmlns="{NAMESPACE}">'
    return "\n".join((head, *lines, f"</{kind}>", ""))
