"""What the pages of this room share."""

from typing import Any, TypeVar

from django.db.models import Model
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from collegium.audience import people
from collegium.audience.door import Request
from collegium.contacts.models import Change, Reminder
from collegium.network.views.common import for_members, person
from collegium.network.views.lists import lane
from collegium.ui.respond import tell

HERE = "/network/people/"
HIGHEST_KEY = 2**63 - 1
WRONG, TAKEN = 422, 409
M = TypeVar("M", bound=Model)

__all__ = ["HERE", "TAKEN", "WRONG", "around", "for_members", "mine", "person", "settle"]


def mine(request: Request, model: type[M], pk: int) -> M:
    """A row of the reader's own; anybody else's does not exist.

    Raises:
        Http404: otherwise.
    """
    rows: Any = model.objects.filter(  # type: ignore[attr-defined]
        **{_owner(model): request.viewer.id}
    )
    found: M = get_object_or_404(rows, pk=min(pk, HIGHEST_KEY))
    return found


def _owner(model: type[Model]) -> str:
    return "member" if model is Change else "owner"


def settle(request: Request, words: str, where: str, *, undo: str = "") -> HttpResponse:
    """Say what was done, and go there; a fragment's form too, for what it changed stands in more than one place."""
    tell(request, words, undo=undo)
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": where})
    return HttpResponseRedirect(where)


def around(request: Request) -> dict[str, Any]:
    """What stands over every page of this room: the network's tabs, and under them this room's own pages."""
    seen = people.visible_to(request.viewer).values("pk")
    due = Reminder.objects.due().filter(owner=request.viewer.id, person__in=seen).count()
    pages = [
        (HERE, _("People"), "users", 0),
        (f"{HERE}reminders/", _("Reminders"), "clock", due),
        (f"{HERE}circles/", _("Circles"), "users-round", 0),
        (f"{HERE}tags/", _("Tags"), "hash", 0),
        (f"{HERE}changes/", _("Undo"), "undo-2", 0),
    ]
    rooms = [
        {"href": href, "label": label, "icon": icon, "count": count, "current": request.path == href}
        for href, label, icon, count in pages
    ]
    return lane(request, "network:connections") | {"rooms": rooms, "due": due}
