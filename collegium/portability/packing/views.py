"""The page that says what is in the archive, and the archive."""

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.members.models import Member
from collegium.portability.correspondence import packing as letters
from collegium.portability.packing import beyond, jobs
from collegium.portability.packing.packed import MIME, packed
from collegium.portability.packing.tables import tables
from collegium.ui.respond import respond


@require_safe
@signed_in
def page(request: Request) -> HttpResponse:
    """What is in it, what is not, and the link."""
    return respond(request, "packing/page.html", "main", {"me": request.viewer.me})


@require_safe
@signed_in
@limit("portability.archive", "20/h", reads=True)
def archive(request: Request) -> HttpResponse:
    """Everything of hers that a bundle has a place for, and what she chose of others for reading."""
    me = request.viewer.me
    public = settings.PUBLIC_URL.rstrip("/") if settings.PUBLIC_URL else request.build_absolute_uri("/").rstrip("/")
    own = tables(Member.objects.filter(pk=me.pk))
    others = [*beyond.tables(request.viewer, public), *jobs.tables(request.viewer, public), *letters.tables(me)]
    made = packed(f"Collegium, {me.handle} ({me.pk})", [*own, *others], jobs.files(request.viewer))
    response = HttpResponse(made, content_type=MIME)
    response["Content-Disposition"] = f'attachment; filename="{me.handle}-collegium.zip"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
