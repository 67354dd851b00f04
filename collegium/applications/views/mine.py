"""One's own applications: all of them, and one with every step it took."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from collegium.applications import actions, beginning, erasing, files, reading
from collegium.applications.models import Application, Sent, Standing
from collegium.applications.previewing import Answered, Shown
from collegium.applications.reading import Whole, shown_answer
from collegium.applications.views.common import own
from collegium.audience.door import Request, signed_in
from collegium.lib import cursor
from collegium.lib.limits import limit
from collegium.ui.respond import respond, tell

PAGE = 30
END = (1 << 63) - 1
SHELVES = ("living", "ended")


@require_safe
@signed_in
def everything(request: Request) -> HttpResponse:
    """Those that live, or those that have ended; and what is being written."""
    wanted = request.GET.get("shelf", "")
    shelf = wanted if wanted in SHELVES else SHELVES[0]
    before = request.GET.get("before", "")
    last = cursor.unpack(before, 1)[0] if before else END
    rows = reading.mine(request.viewer).filter(pk__lt=last)
    rows = rows.living() if shelf == "living" else rows.filter(standing__gte=Standing.HIRED)
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    context = {
        "rows": shown,
        "shelf": shelf,
        "counts": reading.counts(request.viewer),
        "begun": list(beginning.mine(request.viewer)[:PAGE]) if shelf == "living" and not before else [],
        "older": cursor.pack(shown[-1].pk) if len(found) > PAGE else "",
        "first": not before,
    }
    return respond(request, "applications/mine.html", "stretch" if before else "main", context)


@require_safe
@signed_in
def one(request: Request, pk: int) -> HttpResponse:
    """How it stands, every step, and what was sent, exactly as they see it."""
    row = own(request.viewer, pk)
    whole = reading.whole(row)
    context = {
        "row": row,
        "opening": row.opening,
        "readable": _reads(request, row),
        "whole": whole,
        "shown": drawn(whole) if whole.sent is not None else None,
        "until": erasing.answer_by(row),
    }
    return respond(request, "applications/one.html", "main", context)


@require_http_methods(["GET", "POST"])
@signed_in
@limit("applications.end", "60/h")
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Ask first, since it cannot be undone; then take it back."""
    row = own(request.viewer, pk)
    if request.method == "GET":
        return respond(request, "applications/withdraw.html", "sheet", {"row": row})
    actions.withdraw(row, by=request.viewer.me)
    tell(request, _("Your application is withdrawn."))
    return redirect(row.path)


@require_http_methods(["GET", "POST"])
@signed_in
@limit("applications.end", "60/h")
def erase(request: Request, pk: int) -> HttpResponse:
    """Ask first; then erase what was sent, now instead of when its days are over."""
    row = own(request.viewer, pk)
    if request.method == "GET":
        return respond(request, "applications/erase.html", "sheet", {"row": row})
    actions.erase(row, by=request.viewer.me)
    tell(request, _("What you sent is erased. Nobody there can read it any more."))
    return redirect("/applications/?shelf=ended")


@require_safe
@signed_in
@limit("applications.file", "300/h", reads=True)
def cv(request: Request, pk: int) -> HttpResponse:
    """The CV that was sent, for whose it is; those who hire have it by `hiring`."""
    return files.cv(get_object_or_404(Sent, application=own(request.viewer, pk)), request)


@require_safe
@signed_in
@limit("applications.file", "300/h", reads=True)
def photo(request: Request, pk: int) -> HttpResponse:
    """The picture that was sent, for whose it is."""
    return files.photo(get_object_or_404(Sent, application=own(request.viewer, pk)), request)


def drawn(whole: Whole) -> Shown:
    """What was sent, for the template that draws it before sending too."""
    sent = whole.sent
    if sent is None:
        raise ValueError("what is erased cannot be drawn")
    return Shown(
        sheet=whole.sheet,
        email=sent.email,
        phone=sent.phone,
        photo=whole.photo_path,
        letter=sent.letter,
        cv_name=sent.cv_name,
        cv_path=whole.cv_path,
        answers=[Answered(each.words, shown_answer(each), each.passed) for each in whole.answers],
    )


def _reads(request: Request, row: Application) -> bool:
    """Whether the opening still has a page for her."""
    return type(row.opening).objects.visible_to(request.viewer).filter(pk=row.opening_id).exists()
