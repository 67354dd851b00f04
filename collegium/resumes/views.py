"""Taking a career away: the page where one chooses, and the files."""

import json
from datetime import UTC, datetime
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.audience import people
from collegium.audience.door import Request
from collegium.audience.viewer import Viewer
from collegium.career.document import Document
from collegium.career.reading import Career
from collegium.lib.limits import limit
from collegium.members.models import Member
from collegium.profiles.preview import EYES
from collegium.profiles.tongues import own_name
from collegium.resumes import jsonresume, printed, spreadsheet, vcard, word
from collegium.resumes.choice import PAPERS, TEMPLATES, Choice, choice
from collegium.resumes.gathering import gathered
from collegium.resumes.pdf import NotPrintedError, pdf, unprintable
from collegium.resumes.printed import TooLongError
from collegium.ui.respond import respond

MOST_LETTERS = 20


class Asked(NamedTuple):
    """A request, understood: of whom, what, and all of it that the chosen eyes see."""

    member: Member
    choice: Choice
    career: Career
    everything: Document

    @property
    def document(self) -> Document:
        """What was ticked of it."""
        parts = self.choice.parts
        return self.everything if parts is None else printed.chosen(self.everything, parts)


@require_safe
@limit("resumes.page", "300/10m", reads=True)
def page(request: Request, handle: str) -> HttpResponse:
    """Choose what goes in, and as what."""
    return _page(request, _asked(request, handle))


@require_safe
@limit("resumes.file", "60/10m", reads=True)
def pdf_file(request: Request, handle: str) -> HttpResponse:
    """The CV as PDF. When none can be made now, the page says so, with everything still ticked."""
    asked = _asked(request, handle)
    try:
        made = pdf(asked.document, template=asked.choice.template, paper=asked.choice.paper)
    except NotPrintedError as problem:
        response = _page(request, asked, problem=str(problem))
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        response["Retry-After"] = "10"
        return response
    except TooLongError as problem:
        return _too_long(request, asked, problem)
    return _file(made, "application/pdf", asked, "pdf")


@require_safe
@limit("resumes.file", "60/10m", reads=True)
def word_file(request: Request, handle: str) -> HttpResponse:
    """The CV for Word."""
    asked = _asked(request, handle)
    try:
        made = word.word(asked.document, paper=asked.choice.paper)
    except TooLongError as problem:
        return _too_long(request, asked, problem)
    return _file(made, word.MIME, asked, "docx")


@require_safe
@limit("resumes.file", "60/10m", reads=True)
def json_file(request: Request, handle: str) -> HttpResponse:
    """The career as JSON Resume."""
    asked = _asked(request, handle)
    resume = jsonresume.dump(
        asked.document,
        canonical=_absolute(request, asked.member.path),
        modified=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}",
    )
    made = json.dumps(resume, ensure_ascii=False, indent=2).encode()
    return _file(made, "application/json", asked, "json")


@require_safe
@limit("resumes.file", "60/10m", reads=True)
def spreadsheet_file(request: Request, handle: str) -> HttpResponse:
    """The career as spreadsheets."""
    asked = _asked(request, handle)
    return _file(spreadsheet.archive(asked.document), spreadsheet.MIME, asked, "zip")


@require_safe
@limit("resumes.file", "60/10m", reads=True)
def card(request: Request, handle: str) -> HttpResponse:
    """The person for an address book."""
    asked = _asked(request, handle)
    made = vcard.vcard(asked.document, source=_absolute(request, asked.member.path))
    return _file(made, vcard.MIME, asked, "vcf")


def _asked(request: Request, handle: str) -> Asked:
    """What is asked for, as the viewer sees it; the owner may look with other eyes.

    Raises:
        Http404: the profile is not open to those eyes, which looks the same as none.
    """
    viewer, wanted = request.viewer, choice(request.GET)
    member = people.visible_to(viewer).filter(handle=handle).first()
    if member is not None and member.pk == viewer.id and wanted.eyes:
        viewer = EYES[wanted.eyes]
        member = people.visible_to(viewer).filter(handle=handle).first()
    if member is None:
        raise Http404
    career, everything = gathered(viewer, member, wanted.language)
    return Asked(member, wanted, career, everything)


def _page(request: Request, asked: Asked, problem: str = "") -> HttpResponse:
    """The page, with what was chosen in the address ticked."""
    member, wanted = asked.member, asked.choice
    mine = member.pk == request.viewer.id
    parts = printed.filled(asked.everything)
    letters = unprintable(asked.everything)
    context = {
        "person": member,
        "mine": mine,
        "wanted": wanted,
        "parts": [(part, printed.name_of(part), wanted.parts is None or part in wanted.parts) for part in parts],
        "templates": TEMPLATES,
        "papers": PAPERS,
        "languages": [(tag, own_name(tag)) for tag in asked.career.languages],
        "tongue": asked.career.language,
        "sights": _sights(member) if mine else [],
        "letters": letters[:MOST_LETTERS],
        "more_letters": len(letters) > MOST_LETTERS,
        "problem": problem,
    }
    return respond(request, "resumes/cv.html", "main", context)


def _too_long(request: Request, asked: Asked, problem: TooLongError) -> HttpResponse:
    """The page again, with why and with everything still ticked."""
    response = _page(request, asked, problem=str(problem))
    response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return response


def _sights(member: Member) -> list[tuple[str, str]]:
    """Whose eyes the owner may choose: her own, and those of others to whom her profile opens at all."""
    names = {"member": _("What members you do not know may see"), "public": _("What everyone on the internet may see")}
    return [("", _("All of it, as you see it"))] + [
        (key, name) for key, name in names.items() if _opens(EYES[key], member)
    ]


def _opens(viewer: Viewer, member: Member) -> bool:
    return people.visible_to(viewer).filter(pk=member.pk).exists()


def _file(made: bytes, mime: str, asked: Asked, ending: str) -> HttpResponse:
    """A file for one person's disk, which no cache between keeps."""
    response = HttpResponse(made, content_type=mime)
    response["Content-Disposition"] = attachment(asked.member, ending)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    return response


def attachment(member: Member, ending: str) -> str:
    """The header that names the file (RFC 6266): by the handle for old readers, by the name for all others."""
    name = (
        "".join(letter for letter in member.name if letter.isalnum() or letter in " '-’.").strip(" .") or member.handle
    )
    return f"attachment; filename=\"{member.handle}.{ending}\"; filename*=UTF-8''{quote(f'{name}.{ending}', safe='')}"


def _absolute(request: Request, path: str) -> str:
    """The address as others on the internet write it."""
    public = settings.PUBLIC_URL
    return f"{public.rstrip('/')}{path}" if public else request.build_absolute_uri(path)
