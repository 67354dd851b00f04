"""What one keeps about people as a file: taken along, and brought back."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from collegium.audience.door import Request
from collegium.contacts import book as books
from collegium.contacts.actions import book as verbs
from collegium.contacts.views.common import HERE, TAKEN, WRONG, around, for_members, settle
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict
from collegium.ui.respond import render_page
from collegium.ui.text import number


@require_safe
@for_members
@limit("contacts.export", rate="20/h", reads=True)
def file(request: Request) -> HttpResponse:
    """All of it."""
    response = HttpResponse(books.written(request.viewer), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="people.json"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
@limit("contacts.book", rate="20/h")
def book(request: Request) -> HttpResponse:
    """Where the file is taken from; a POST brings one back."""
    if request.method != "POST":
        return _page(request)
    given = request.FILES.get("file")
    if given is None:
        return _page(request, _("Choose a file first."), WRONG)
    if given.size is None or given.size > books.MOST_BYTES:
        return _page(request, _("This file is too large: at most 8 MB fit."), WRONG)
    try:
        taken = verbs.take_in(request.viewer.me, books.read(given.read()))
    except ValidationError as problem:
        return _page(request, " ".join(problem.messages), WRONG)
    except Conflict as conflict:
        return _page(request, conflict.reason, TAKEN)
    return settle(request, _said(taken), HERE)


def _said(taken: verbs.Taken) -> str:
    """What came of it. Who is not here and who may not be seen count alike."""
    words = ngettext(
        "Brought back, for %(n)s person. What was here already stayed.",
        "Brought back, for %(n)s people. What was here already stayed.",
        taken.people,
    ) % {"n": number(taken.people)}
    if taken.missing:
        left = ngettext(
            "%(n)s person of the file is not found here.", "%(n)s people of the file are not found here.", taken.missing
        )
        words = f"{words} {left % {'n': number(taken.missing)}}"
    return words


def _page(request: Request, problem: str = "", status: int = 200) -> HttpResponse:
    page = render_page(request, "contacts/book.html", {"problem": problem, **around(request)})
    return HttpResponse(page, status=status)
