"""The whole of a section as a list to put in order: by button, by pointer, by keyboard."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.career import actions
from collegium.career.models import Item
from collegium.career.sections import SPECS, Section
from collegium.lib.limits import limit
from collegium.profiles.editing import answers
from collegium.ui.respond import tell

PAGE = "profiles/editing/arranging.html"
RATE = "900/h"


@require_safe
@signed_in
def section(request: Request, section: Section) -> HttpResponse:
    """All items of a section, in their order."""
    items = list(Item.objects.of(request.viewer.me).kept().filter(section=section).in_order())
    return answers.form(request, PAGE, {"spec": SPECS[section], "items": items, "part": section})


@require_POST
@signed_in
@limit("career.arrange", RATE)
def section_order(request: Request, section: Section) -> HttpResponse:
    """Keep the order that was sent."""
    actions.arrange(request.viewer.me, section, wanted(request))
    return done(request, section, f"/career/{section}/")


def wanted(request: Request) -> list[int]:
    """The keys in the order wanted: as the page had them, with the step of the button that was pressed.

    A browser without script sends the list as it stood and `up` or `down` with the key to move; the list as it was
    dragged comes without either.
    """
    keys = [int(text) for text in request.POST.getlist("key") if is_key(text)]
    for name, step in (("up", -1), ("down", 1)):
        moved = request.POST.get(name, "")
        if is_key(moved) and int(moved) in keys:
            keys = stepped(keys, int(moved), step)
    return keys


def stepped(keys: Sequence[int], key: int, step: int) -> list[int]:
    """The list with one key a step further; at either end it stays where it is."""
    others = [each for each in keys if each != key]
    place = min(max(list(keys).index(key) + step, 0), len(others))
    return [*others[:place], key, *others[place:]]


def is_key(text: str) -> bool:
    """Whether a text could be the key of a row."""
    return text.isascii() and text.isdigit() and len(text) < 20 and int(text) < 1 << 63


def done(request: Request, part: str, page: str) -> HttpResponse:
    """The order is kept: a list that was dragged stands as it should already, a plain browser gets it anew."""
    if request.htmx:
        return HttpResponse(status=204)
    tell(request, _("The order is kept."))
    return answers.redirect(page)
