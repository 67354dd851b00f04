"""Files of conversations: taking one in while a message is written, handing one out, those that came with a form."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.lib.limits import TooMany, charge, seconds
from collegium.lib.refusal import Conflict, Refusal
from collegium.media.serving import send
from collegium.messaging.files import showing, taking
from collegium.messaging.forms import HIGHEST, WriteForm
from collegium.messaging.models import Attachment
from collegium.messaging.models.files import MOST_FILES
from collegium.messaging.stored import forget
from collegium.messaging.views.common import WRONG, for_members, key

RATE = "240/h"
NAMED = 60
DIGITS = len(str(HIGHEST))


@require_POST
@for_members("messaging.files", RATE)
def take(request: Request) -> HttpResponse:
    """Take a file that was sent ahead (`upload`), or a recording (`as` "voice"), and tell the script that sent it."""
    me, upload, spoken = request.viewer.me, request.POST.get("upload", ""), request.POST.get("as") == "voice"
    try:
        row = taking.take_sent(me, upload, spoken=spoken)
    except (Refusal, Conflict) as no:
        return JsonResponse({"say": no.reason or _("Please choose a file first.")}, status=WRONG)
    what = showing.shown(row)
    name = str(what.words) if row.kind == Attachment.Kind.VOICE else row.name
    about = {"key": str(row.pk), "name": name, "words": f"{what.words} · {what.length or what.size}"}
    return JsonResponse(about | {"face": row.small_path if row.small else ""}, status=201)


@require_safe
@signed_in
def one(request: Request, pk: int) -> HttpResponse:
    """A file for those who read its message now, and for its owner before it is sent; judged each time.

    Pictures and voice notes were made here and may be shown; everything else is only ever kept.

    Raises:
        Http404: for everybody else, whatever their browser has kept.
    """
    row = _seen(request, pk)
    return send(
        request,
        row.stored,
        content_type=row.content_type,
        tag=row.stored[6:38],
        filename=_called(row),
        inline=row.kind != Attachment.Kind.FILE,
    )


@require_safe
@signed_in
def small(request: Request, pk: int) -> HttpResponse:
    """A picture as the conversation shows it."""
    row = _seen(request, pk)
    if not row.small:
        raise Http404
    return send(request, row.small, content_type="image/webp", tag=row.small[6:38], filename=_called(row))


@require_POST
@for_members()
def removal(request: Request, pk: int) -> HttpResponse:
    """A file that is not to be sent after all."""
    forget(Attachment.objects.filter(owner=request.viewer.me, message=None, pk=key(pk)))
    return HttpResponse(status=204)


def written(request: Request) -> WriteForm:
    """What was written and what goes with it: the keys of files that wait, and files that came with a plain form.

    Every good file is kept at once, so that a mistake elsewhere in the form does not lose it.
    """
    given = request.POST.getlist("files")
    off = set(request.POST.getlist("files-off"))
    numbers = [each for each in dict.fromkeys(given) if each.isascii() and each.isdigit() and each not in off]
    keys = [int(each) for each in numbers if len(each) <= DIGITS and int(each) <= HIGHEST]
    came = [each for each in request.FILES.getlist("attach") if isinstance(each, UploadedFile)]
    problems = []
    for file in came[: max(MOST_FILES - len(keys), 0)]:
        try:
            charge("messaging.files", f"m:{request.viewer.id}", RATE)
            keys.append(taking.take_along(request.viewer.me, file).pk)
        except TooMany as wait:
            minutes = max(1, round(seconds(wait.wait) / 60))
            problems.append(_("These are many files in a short time. Please go on in %(n)s min.") % {"n": minutes})
            break
        except (Refusal, Conflict) as no:
            problems.append(f"{_short(file.name or '')}: {no.reason}")
    if len(numbers) + len(came) > MOST_FILES:
        problems.append(_("A message has room for %(num)s files; the others were left out.") % {"num": MOST_FILES})
    form = WriteForm(request.POST, keys=keys[:MOST_FILES])
    if problems:
        form.add_error(None, ValidationError(problems))
    return form


def waiting(request: Request, form: WriteForm) -> list[Attachment]:
    """The files that a refused form had, to be shown with it again."""
    mine = Attachment.objects.filter(owner=request.viewer.id, message=None, pk__in=form.keys) if form.keys else ()
    return sorted(mine, key=lambda each: form.keys.index(each.pk))


def _seen(request: Request, pk: int) -> Attachment:
    row = Attachment.objects.visible_to(request.viewer).filter(pk=key(pk)).first()
    if row is None:
        raise Http404
    return row


def _called(row: Attachment) -> str:
    """The name under which a browser keeps it: of what it is now, not of what it was."""
    if row.kind == Attachment.Kind.PICTURE:
        return f"{row.name.rpartition('.')[0] or row.name}.webp"
    return row.name


def _short(name: str) -> str:
    """A file's name as it may stand in a sentence."""
    kept = "".join(letter for letter in name if letter.isprintable())
    return kept if 0 < len(kept) <= NAMED else f"{kept[: NAMED - 1]}…" if kept else _("File")
