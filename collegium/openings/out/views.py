"""Feeds, the sitemap, the list for other websites, and the page that hands out their addresses."""

from datetime import date

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.audience.door import Request, signed_in
from collegium.lib.limits import by_address, limit
from collegium.lib.refusal import require
from collegium.openings import pay, rules
from collegium.openings.out import answer, feeds, jobfeed, public, sitemap, words
from collegium.openings.out.public import address
from collegium.organizations.door import of_organization
from collegium.organizations.models import Organization
from collegium.pages.framing import frame
from collegium.ui.respond import render_page, respond

EMBED, SHARING = "openings/embed.html", "openings/sharing.html"
RATE, WHOLE_RATE = "240/10m", "30/10m"
ANYWHERE = "*"


@require_safe
@limit("openings.feeds", RATE, by=by_address, reads=True)
@of_organization
def feed(request: Request, organization: Organization, ending: str) -> HttpResponse:
    """The newest openings of one organisation, for readers of feeds."""
    rows = public.of(organization)
    title = _("Work at %(name)s") % {"name": organization.name}
    own = f"{organization.path}jobs.{ending}"
    body = feeds.MAKERS[ending](title, f"{organization.path}jobs/", rows, own=own)
    return answer.conditional(request, body, feeds.TYPES[ending], feeds.modified(rows))


@require_safe
@limit("openings.whole", WHOLE_RATE, by=by_address, reads=True)
def whole(request: HttpRequest) -> HttpResponseBase:
    """Every public opening, for other boards."""
    tag = jobfeed.tag()
    if answer.known(request, tag) is not None:
        return answer.tagged(request, HttpResponse(), tag)
    body = [b""] if request.method == "HEAD" else jobfeed.pieces()
    return answer.tagged(request, StreamingHttpResponse(body, content_type="application/xml; charset=utf-8"), tag)


@require_safe
@limit("openings.whole", WHOLE_RATE, by=by_address, reads=True)
def index(request: HttpRequest) -> HttpResponseBase:
    """Where search engines find the sitemaps."""
    return answer.conditional(request, sitemap.index(), "application/xml")


@require_safe
@limit("openings.feeds", RATE, by=by_address, reads=True)
def day(request: HttpRequest, written: str) -> HttpResponseBase:
    """The public openings of one day.

    Raises:
        Http404: that is no day, or one on which nothing was posted that stands.
    """
    try:
        body = sitemap.of_day(date.fromisoformat(written))
    except (ValueError, OverflowError):
        raise Http404 from None
    if not body:
        raise Http404
    return answer.conditional(request, body, "application/xml")


@require_safe
@csp({"default-src": [NONE], "style-src": [SELF], "img-src": [SELF], "font-src": [SELF], "frame-ancestors": [ANYWHERE]})
@limit("openings.feeds", RATE, by=by_address, reads=True)
@of_organization
def embed(request: Request, organization: Organization) -> HttpResponse:
    """A small page for a frame on another website: no script, no cookie, and the same for everybody."""
    rows = public.of(organization)
    context = {
        "organization": organization,
        "rows": [(row, address(row.path), words.where(row), pay.words(row)) for row in rows],
        "home": address(f"{organization.path}jobs/"),
    }
    body = render_page(request, EMBED, context)
    found = answer.conditional(request, body, "text/html", feeds.modified(rows))
    # What the policy above says; a browser that knows it passes over this older header, and others show the frame.
    found["X-Frame-Options"] = "ALLOWALL"
    found["Referrer-Policy"] = "no-referrer"
    return found


@require_safe
@signed_in
@of_organization
def sharing(request: Request, organization: Organization) -> HttpResponse:
    """How to show these openings elsewhere; for those who hire there."""
    require(rules.may_post_for(request.viewer.member, organization))
    here = f"{organization.path}jobs"
    context = {
        "organization": organization,
        "frame": frame(request.viewer, organization, "jobs"),
        "source": address(f"{here}/embed/"),
        "links": [
            (label, address(path))
            for label, path in (
                ("RSS", f"{here}.rss"),
                ("Atom", f"{here}.atom"),
                ("JSON Feed", f"{here}.json"),
                (_("All public openings as XML"), "/jobs/feed.xml"),
            )
        ],
    }
    return respond(request, SHARING, "main", context)
