"""CVs that one keeps here: brought, made of the profile, called otherwise, removed; for their owner alone."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.applications import files
from collegium.applications.actions import cvs
from collegium.applications.forms import ACCEPT, MakeForm, NameForm, UploadForm
from collegium.applications.models import Cv
from collegium.applications.models.cvs import MOST
from collegium.applications.views.common import LARGEST, TAKEN, WRONG
from collegium.audience.door import Request, signed_in
from collegium.audience.viewer import Viewer
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict, Refusal
from collegium.resumes.choice import PAPERS, TEMPLATES
from collegium.resumes.pdf import NotPrintedError
from collegium.resumes.printed import TooLongError
from collegium.ui.respond import respond, tell

HERE = "/applications/cvs/"


@require_safe
@signed_in
def shelf(request: Request) -> HttpResponse:
    """All of them."""
    return _page(request)


@require_POST
@signed_in
@limit("applications.cvs", "60/h")
def bring(request: Request) -> HttpResponse:
    """Keep a file."""
    form = UploadForm(request.POST, request.FILES, owner=request.viewer.me)
    if not form.is_valid():
        return _page(request, WRONG, form=form)
    try:
        row = cvs.keep(form.cleaned_data["file"], by=request.viewer.me)
    except (Refusal, Conflict) as no:
        form.add_error("file", no.reason)
        return _page(request, TAKEN if isinstance(no, Conflict) else WRONG, form=form)
    tell(request, _("“%(name)s” is kept.") % {"name": row.name})
    return redirect(HERE)


@require_POST
@signed_in
@limit("applications.make", "30/h")
def make(request: Request) -> HttpResponse:
    """Make one of the profile."""
    form = MakeForm(request.POST)
    if not form.is_valid():
        return _page(request, WRONG, make=form)
    try:
        row = cvs.make(request.viewer.me, template=form.cleaned_data["template"], paper=form.cleaned_data["paper"])
    except Conflict as no:
        form.add_error(None, no.reason)
        return _page(request, TAKEN, make=form)
    except TooLongError as no:
        form.add_error(None, str(no))
        return _page(request, WRONG, make=form)
    except NotPrintedError as no:
        form.add_error(None, str(no))
        response = _page(request, HTTPStatus.SERVICE_UNAVAILABLE, make=form)
        response["Retry-After"] = "10"
        return response
    tell(request, _("“%(name)s” is made and kept.") % {"name": row.name})
    return redirect(HERE)


@require_safe
@signed_in
@limit("applications.file", "300/h", reads=True)
def one(request: Request, pk: int) -> HttpResponse:
    """The file, for its owner alone, only ever to be kept."""
    row = _own(request.viewer, pk)
    return files.file(request, row.stored, row.content_type, row.name)


@require_http_methods(["GET", "POST"])
@signed_in
@limit("applications.cvs", "60/h")
def rename(request: Request, pk: int) -> HttpResponse:
    """Call it otherwise."""
    row = _own(request.viewer, pk)
    form = NameForm(request.POST or None, initial={"name": row.name})
    if request.method == "POST" and form.is_valid():
        try:
            cvs.rename(row, form.cleaned_data["name"], by=request.viewer.me)
        except Refusal as no:
            form.add_error("name", no.reason)
        else:
            tell(request, _("It has another name now."))
            return redirect(HERE)
    status = WRONG if request.method == "POST" else 200
    return respond(request, "applications/cv_name.html", "sheet", {"row": row, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@signed_in
@limit("applications.cvs", "60/h")
def remove(request: Request, pk: int) -> HttpResponse:
    """Ask first; then take it away."""
    row = _own(request.viewer, pk)
    if request.method == "GET":
        return respond(request, "applications/cv_remove.html", "sheet", {"row": row})
    cvs.remove(row, by=request.viewer.me)
    tell(request, _("“%(name)s” is removed.") % {"name": row.name})
    return redirect(HERE)


def _own(viewer: Viewer, pk: int) -> Cv:
    row = Cv.objects.filter(member=viewer.me, pk=pk).first() if pk < LARGEST else None
    if row is None:
        raise Http404
    return row


def _page(
    request: Request, status: int = 200, *, form: UploadForm | None = None, make: MakeForm | None = None
) -> HttpResponse:
    rows = list(Cv.objects.filter(member=request.viewer.me).order_by("-added_at", "-pk"))
    context: dict[str, Any] = {
        "rows": rows,
        "most": MOST,
        "form": form or UploadForm(owner=request.viewer.me),
        "make": make or MakeForm(initial={"template": "letter", "paper": "a4"}),
        "templates": TEMPLATES,
        "papers": PAPERS,
        "accept": ACCEPT,
    }
    return respond(request, "applications/cvs.html", "main", context, status=status)
