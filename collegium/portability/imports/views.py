"""Bringing a career along: the upload, the review, the confirmation, and the people to find."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.audience.level import Level
from collegium.graph.degrees import standings
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict
from collegium.portability.elsewhere import reading
from collegium.portability.imports import actions, arriving, phrases, seeking
from collegium.portability.imports.forms import HIGHEST_KEY, SWEEPS, TOO_LARGE, UploadForm, keys, level_of
from collegium.portability.imports.models import Import, ImportFile, Sought
from collegium.portability.imports.review import FileView, page, plan_of, review
from collegium.ui.respond import respond, tell

View = Callable[..., HttpResponse]
HISTORY = 10
START, ONE, PEOPLE = "portability/start.html", "portability/import.html", "portability/people.html"


def for_owner(view: View) -> View:
    """Of an import of one's own; anybody else's does not exist."""

    @signed_in
    @limit("portability.import", "600/h")
    @wraps(view)
    def guarded(request: Request, pk: int, **kwargs: Any) -> HttpResponse:
        if pk > HIGHEST_KEY:
            raise Http404
        return view(request, get_object_or_404(Import.objects.of(request.viewer.me), pk=pk), **kwargs)

    return guarded


@require_safe
@signed_in
def start(request: Request) -> HttpResponse:
    """The form of the upload; or the import that waits."""
    waiting = Import.objects.of(request.viewer.me).open().first()
    if waiting is not None:
        return redirect(waiting.path)
    return _start(request, UploadForm())


def _start(request: Request, form: UploadForm, status: int = 200) -> HttpResponse:
    me = request.viewer.me
    mine = Import.objects.of(me)
    past = mine.filter(state=Import.State.DONE).order_by("-pk")[:HISTORY]
    context = {
        "form": form,
        "action": arriving.ticket(me),
        "refused": mine.filter(state=Import.State.REFUSED).order_by("-pk").first(),
        "past": [(row, phrases.history(row.counts)) for row in past],
        "seeking": Sought.objects.filter(member=me).exists(),
        "brought": reading.is_there(me),
    }
    return respond(request, START, "main", context, status=status)


@csrf_exempt
def upload(request: Request) -> HttpResponse:
    """Take a file, of any size the door lets in. Its bytes go to the disk before the form is looked at.

    Exempt from the check of all forms only because that one would read the body first, by the bounds of small ones;
    the same check stands around what follows.
    """
    if request.method == "POST" and request.viewer:
        request.upload_handlers = [arriving.Receiver(request)]
    return _upload(request)


@csrf_protect
@require_POST
@signed_in
@limit("portability.upload", "20/h")
def _upload(request: Request) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if any(getattr(handler, "too_large", False) for handler in request.upload_handlers):
        form.add_error("archive", TOO_LARGE)
    if form.is_valid():
        try:
            row = actions.begin(request.viewer.me, form.cleaned_data["archive"], form.kind)
        except Conflict as conflict:
            form.add_error("archive", conflict.reason)
        else:
            return _uploaded(request, row)
    if request.headers.get("X-Upload"):
        return JsonResponse({"say": " ".join(map(str, form.errors.get("archive", [])))}, status=422)
    return _start(request, form, status=422)


def _uploaded(request: Request, row: Import) -> HttpResponse:
    """On to its page; a script that showed the progress is told where that is."""
    return JsonResponse({"go": row.path}) if request.headers.get("X-Upload") else redirect(row.path)


@require_safe
@for_owner
def one(request: Request, row: Import) -> HttpResponse:
    """An import, however far it is."""
    return _one(request, row)


def _one(request: Request, row: Import, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"import": row, "person": request.viewer.me, "levels": list(Level)}
    if row.state == Import.State.REVIEW:
        context["review"] = review(row)
    elif row.state == Import.State.DONE:
        context["said"] = phrases.history(row.counts)
    return respond(request, ONE, "import", context, otherwise=row.path, status=status)


@require_POST
@for_owner
def choices(request: Request, row: Import) -> HttpResponse:
    """Keep what was ticked; from a page without script, also what the pressed button says."""
    _keep_choices(request, row)
    if request.POST.get("then") == "confirm":
        return _confirm(request, row)
    if request.htmx:
        alone = "/files/" in (request.htmx.current_url_abs_path or "")
        return HttpResponse(status=204) if alone else respond(request, ONE, "settle", _settle(row))
    tell(request, _("Your choices are kept."))
    return redirect(_back(request, row))


def _settle(row: Import) -> dict[str, Any]:
    row.refresh_from_db()
    return {"import": row, "review": {"plan": plan_of(row)}}


def _keep_choices(request: Request, row: Import) -> None:
    actions.choose(
        row,
        by=request.viewer.me,
        shown=keys(request.POST.getlist("shown")),
        taken=keys([*request.POST.getlist("take"), *_radios(request)]),
    )


def _radios(request: Request) -> list[str]:
    """Rows whose two wordings were chosen between in favour of the file's."""
    return [name[5:] for name, value in request.POST.items() if name.startswith("side-") and value == "theirs"]


def _back(request: Request, row: Import) -> str:
    """The page the choices were made on: the whole, or fifty rows of one file."""
    place, after = request.POST.get("file", ""), request.POST.get("after", "")
    if not (place.isascii() and place.isdigit() and len(place) < 7):
        return row.path
    return f"{row.path}files/{place}/" + (f"?{urlencode({'after': after})}" if after else "")


@require_safe
@for_owner
def file(request: Request, row: Import, place: int) -> HttpResponse:
    """The rows of one file, fifty at a time."""
    if row.state != Import.State.REVIEW or place > 100_000:
        raise Http404
    found = get_object_or_404(ImportFile, of=row, place=place, fate=ImportFile.Fate.TAKEN)
    view = FileView(found)
    after = request.GET.get("after", "")
    view.lines, view.more = page(row, place, after)
    context = {"import": row, "view": view, "after": after}
    return respond(request, "portability/file.html", "rows", context)


@require_POST
@for_owner
def file_choice(request: Request, row: Import, place: int) -> HttpResponse:
    """All of a file, or none."""
    status, chosen = SWEEPS.get(request.POST.get("which", ""), (None, False))
    if status is None or place > 100_000:
        raise Http404
    actions.choose_all(row, by=request.viewer.me, file=place, status=status, chosen=chosen)
    return _one(request, row)


@require_POST
@for_owner
def connections(request: Request, row: Import) -> HttpResponse:
    """Whether connections may be looked for here."""
    actions.seek_people(row, by=request.viewer.me, wanted=request.POST.get("seek") == "yes")
    row.refresh_from_db()
    return _one(request, row)


@require_POST
@for_owner
def audience(request: Request, row: Import) -> HttpResponse:
    """Who sees the posts that come in."""
    level = level_of(request.POST.get("audience", ""))
    if level is None:
        raise Http404
    actions.choose_audience(row, by=request.viewer.me, audience=level)
    row.refresh_from_db()
    return _one(request, row)


@require_POST
@for_owner
def confirmation(request: Request, row: Import) -> HttpResponse:
    """Take over what was chosen."""
    return _confirm(request, row)


def _confirm(request: Request, row: Import) -> HttpResponse:
    actions.confirm(row, by=request.viewer.me)
    row.refresh_from_db()
    return _one(request, row)


@require_http_methods(["POST"])
@for_owner
def cancellation(request: Request, row: Import) -> HttpResponse:
    """Let go of it at once."""
    actions.cancel(row, by=request.viewer.me)
    tell(request, _("The upload is deleted, and nothing of it was taken over."))
    return _leave(request)


def _leave(request: Request) -> HttpResponse:
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": "/settings/import/"})
    return redirect("/settings/import/")


@require_safe
@signed_in
@limit("portability.people", "120/10m", reads=True)
def people(request: Request) -> HttpResponse:
    """Members who give here an address that is in the archive; each is asked by hand, or not."""
    found, more = seeking.to_find(request.viewer, request.GET.get("after", ""))
    context = {
        "found": found,
        "standings": standings(request.viewer.me, [person.pk for person in found]),
        "more": more,
        "seeking": Sought.objects.filter(member=request.viewer.me).exists(),
        "waiting": Sought.objects.filter(member=request.viewer.me, active=False).count(),
    }
    return respond(request, PEOPLE, "people", context)


@require_POST
@signed_in
@limit("portability.import", "600/h")
def people_removal(request: Request) -> HttpResponse:
    """Forget everybody who was sought."""
    seeking.forget(request.viewer.me)
    tell(request, _("Forgotten. Nobody of your archive is looked for here any more."))
    return redirect("/settings/import/people/")
