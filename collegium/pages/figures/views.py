"""The figures of a page, for those who work on what it says; each as a picture with its table, and as a file."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.audience.door import Request, signed_in
from collegium.lib.cells import table
from collegium.lib.limits import limit
from collegium.lib.refusal import require
from collegium.organizations.door import of_organization
from collegium.organizations.models import Organization
from collegium.pages import rules
from collegium.pages.figures import reading
from collegium.pages.figures.drawing import Picture, picture
from collegium.pages.figures.reading import Day
from collegium.pages.framing import frame
from collegium.ui.respond import respond

FILES = ("followers", "visits", "groups", "posts")


@require_safe
@signed_in
@limit("pages.figures", "120/10m", reads=True)
@of_organization
def show(request: Request, organization: Organization) -> HttpResponse:
    """Everything at a glance, of 30, 90 or 365 days."""
    length = _length(request, organization)
    every = reading.days(organization, length * 2)
    before, now = every[:length], every[length:]
    dates = [day.day for day in now]
    followers = picture(dates, [day.came for day in now], [day.went for day in now])
    visits = picture(dates, [day.opened for day in now])
    context: dict[str, Any] = {
        "organization": organization,
        "frame": frame(request.viewer, organization, "figures"),
        "length": length,
        "ranges": [
            {"label": _("%(n)s days") % {"n": each}, "href": f"?days={each}", "current": each == length}
            for each in reading.RANGES
        ],
        "followers": followers,
        "visits": visits,
        "rows": _stretches(now, followers),
        "sums": {"now": _sums(now), "before": _sums(before)},
        "groups": reading.groups(organization),
        "posts": reading.posts(organization, length),
        "columns": reading.columns(),
        "least": reading.LEAST,
        "most": reading.POSTS,
    }
    return respond(request, "pages/figures.html", "main", context)


@require_safe
@signed_in
@limit("pages.figures", "120/10m", reads=True)
@of_organization
def file(request: Request, organization: Organization, name: str) -> HttpResponse:
    """One figure as a table file.

    Raises:
        Http404: there is no such figure.
    """
    length = _length(request, organization)
    if name not in FILES:
        raise Http404
    heads, lines = _cells(organization, name, length)
    response = HttpResponse(table(heads, lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{organization.handle}-{name}-{length}.csv"'
    return response


def _length(request: Request, organization: Organization) -> int:
    """How many days; whether she may know them is asked first."""
    if not organization.is_page:
        raise Http404
    require(rules.may_count(request.viewer.me, organization))
    typed = request.GET.get("days", str(reading.RANGES[0]))
    if typed not in {str(each) for each in reading.RANGES}:
        raise Http404
    return int(typed)


def _sums(days: list[Day]) -> dict[str, int]:
    return {
        "came": sum(day.came for day in days),
        "went": sum(day.went for day in days),
        "opened": sum(day.opened for day in days),
    }


def _stretches(days: list[Day], drawn: Picture) -> list[dict[str, Any]]:
    """The same as the picture, as lines of a table: a day each, or a week; the newest first."""
    width = 7 if drawn.weekly else 1
    spans = [days[start : start + width] for start in range(0, len(days), width)]
    return [{"since": span[0].day, "until": span[-1].day, **_sums(span)} for span in reversed(spans)]


def _cells(organization: Organization, name: str, length: int) -> tuple[list[str], Iterator[list[str]]]:
    """The heads and lines of a file."""
    if name == "followers":
        heads = [_("Day"), _("Began to follow"), _("Stopped")]
        rows = reading.days(organization, length)
        return heads, ([f"{day.day}", str(day.came), str(day.went)] for day in rows)
    if name == "visits":
        rows = reading.days(organization, length)
        return [_("Day"), _("Times opened")], ([f"{day.day}", str(day.opened)] for day in rows)
    if name == "groups":
        named = {"place": _("Place"), "industry": _("Industry"), "years": _("Experience")}
        found = reading.groups(organization)
        lines = ([named[by], group.label, str(group.count)] for by, each in found.items() for group in each)
        return [_("By"), _("Group"), _("Followers, at least")], lines
    columns = reading.columns()
    heads = [_("Posted"), _("Post"), *(str(column.label) for column in columns)]
    posts = reading.posts(organization, length)
    return heads, (
        [f"{post.at:%Y-%m-%d}", post.title, *(str(post.brought[column.name]) for column in columns)] for post in posts
    )
