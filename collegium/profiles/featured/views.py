"""Pinning and unpinning, and the files of pins on their way out."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.career.sections import Part
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict
from collegium.media.documents import hand_out_document, hand_out_picture
from collegium.profiles.editing import answers, arranging
from collegium.profiles.featured import actions
from collegium.profiles.featured.forms import FileForm, LinkForm, PinForm
from collegium.profiles.featured.reading import shown
from collegium.profiles.models import Pin
from collegium.ui.respond import tell

PAGE = "profiles/editing/featured.html"
FORM = "profiles/editing/pin.html"
REMOVAL = "profiles/editing/pin_removal.html"
RATE = "120/h"
WIDTHS = (480, 1200)


@require_safe
@signed_in
def featured(request: Request) -> HttpResponse:
    """All pins, in their order."""
    return _list(request)


@require_POST
@signed_in
@limit("career.arrange", arranging.RATE)
def featured_order(request: Request) -> HttpResponse:
    """Keep the order that was sent."""
    actions.arrange_pins(request.viewer.me, arranging.wanted(request))
    return arranging.done(request, "featured", "/career/featured/")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("profiles.pin", RATE)
def new_link(request: Request) -> HttpResponse:
    """Pin a link."""
    return _write(request, LinkForm(request.POST if request.method == "POST" else None), "link")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("profiles.pin", RATE)
def new_file(request: Request) -> HttpResponse:
    """Pin a picture or a document."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    return _write(request, form, "file")


@require_POST
@signed_in
@limit("profiles.pin", RATE)
def pinned_post(request: Request, pk: int) -> HttpResponse:
    """Pin a post of one's own."""
    if pk >= 1 << 63:
        raise Http404
    actions.pin_post(request.viewer.me, pk)
    tell(request, _("The post is pinned to your profile."))
    return answers.redirect(answers.back(request, Part.FEATURED))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("profiles.pin", RATE)
def pin(request: Request, pk: int) -> HttpResponse:
    """Change the words of a pin; a post has words of its own."""
    row = _mine(request, pk)
    if row.kind == Pin.Kind.POST:
        raise Http404
    held = {"title": row.title, "note": row.note, "url": row.url}
    made = LinkForm if row.kind == Pin.Kind.LINK else PinForm
    form = made(request.POST if request.method == "POST" else None, initial=held)
    return _write(request, form, row.kind, row)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("profiles.pin", RATE)
def pin_removal(request: Request, pk: int) -> HttpResponse:
    """Take a pin off; where a file goes with it, that is said first."""
    row = _mine(request, pk)
    if request.method != "POST":
        return answers.form(request, REMOVAL, {"pin": row})
    actions.unpin(row, by=request.viewer.me)
    tell(request, _("Removed, and the file is deleted.") if row.is_file else _("Removed from your profile."))
    return _list(request)


@require_safe
@limit("profiles.file", "600/10m", reads=True)
def file(request: Request, handle: str, pk: int) -> HttpResponse:
    """A pinned document, for whoever sees the part it stands in; judged now, whoever got the address earlier."""
    row = _seen(request, handle, pk, Pin.Kind.DOCUMENT)
    return hand_out_document(row.file_key, row.file_name)


@require_safe
@limit("profiles.file", "600/10m", reads=True)
def picture(request: Request, handle: str, pk: int, width: int) -> HttpResponse:
    """A pinned picture, as above."""
    if width not in WIDTHS:
        raise Http404
    return hand_out_picture(_seen(request, handle, pk, Pin.Kind.PICTURE).file_key, width)


def _seen(request: Request, handle: str, pk: int, kind: str) -> Pin:
    """The pin, when this viewer sees it.

    Raises:
        Http404: she does not, or there is none.
    """
    if pk >= 1 << 63:
        raise Http404
    return get_object_or_404(Pin.objects.visible_to(request.viewer), pk=pk, kind=kind, member__handle=handle)


def _mine(request: Request, pk: int) -> Pin:
    """A pin of one's own.

    Raises:
        Http404: there is none, or it is somebody else's.
    """
    if pk >= 1 << 63:
        raise Http404
    return get_object_or_404(Pin.objects.filter(member=request.viewer.me), pk=pk)


def _list(request: Request) -> HttpResponse:
    """The page of the list; after a change that came without htmx, the way back to it."""
    if request.method == "POST" and not request.htmx:
        return answers.redirect("/career/featured/")
    rows = shown(request.viewer, request.viewer.me, is_open=True)
    full = len(rows) >= actions.MOST_PINS
    return answers.form(request, PAGE, {"rows": rows, "full": full, "most": actions.MOST_PINS})


def _write(request: Request, form: PinForm, kind: str, row: Pin | None = None) -> HttpResponse:
    """Show the form; keep what is sent with it."""
    if form.is_bound and form.is_valid() and _kept(request, form, row):
        tell(request, _("Saved."))
        return _list(request)
    action = f"/career/featured/{row.pk}/" if row else f"/career/featured/new/{kind}/"
    context: dict[str, Any] = {"form": form, "pin": row, "kind": kind, "action": action}
    return answers.form(request, FORM, context, wrong=bool(form.errors))


def _kept(request: Request, form: PinForm, row: Pin | None) -> bool:
    """Whether it could be kept; when there is no room, that is said and the file does not stay behind."""
    me = request.viewer.me
    if row is not None:
        actions.edit_pin(row, by=me, **form.columns)
        return True
    kind, stored = form.stored() if isinstance(form, FileForm) else (Pin.Kind.LINK.value, {})
    try:
        made = actions.pin(me, kind, form_key=form.cleaned_data["form_key"], **form.columns, **stored)
    except Conflict as conflict:
        form.add_error(None, conflict.reason)
        made = None
    if stored and (made is None or made.file_key != stored["file_key"]):
        actions.forget(kind, stored["file_key"])
    return made is not None
