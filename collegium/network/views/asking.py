"""Asking somebody to connect: what both share, the note, the door."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from collegium.audience.door import Request
from collegium.conduct.rules import Wait
from collegium.graph.degrees import standings
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.network import actions, door, letters, rules
from collegium.network.context import Context, shared_by_both
from collegium.network.forms import InviteForm
from collegium.network.models import Door
from collegium.network.views.common import for_members, person, show_relation
from collegium.ties.models import Connection, Invitation
from collegium.ui.respond import respond, tell

WRONG, TAKEN, TOO_MANY = 422, 409, 429


@dataclass(frozen=True)
class Asked:
    """Whom the page is about, and what it may take for granted.

    Attributes:
        shared: what both can read of what joins them.
        asks_back: this person asked first, so nothing needs to be said and no door is closed.
    """

    person: Member
    door: Door
    shared: Context
    asks_back: bool

    @property
    def free(self) -> bool:
        """Neither note nor address is wanted."""
        return self.asks_back or self.shared.opens

    @property
    def note_needed(self) -> str:
        """Why a note has to be written; '' where none needs to."""
        if self.free or (self.shared and not self.door.wants_note):
            return ""
        return door.note_needed(self.door, self.person)

    @property
    def asks_address(self) -> bool:
        """Only who knows an address may ask."""
        return self.door.who == Door.Who.ADDRESS and not self.free


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def invitation(request: Request, handle: str) -> HttpResponse:
    """Ask somebody to connect."""
    me, other = request.viewer.me, person(request, handle)
    back = Invitation.objects.standing().filter(sender=other, recipient=me).exists()
    asked = Asked(other, door.of(other), shared_by_both(me, other), back)
    posted = request.POST if request.method == "POST" else None
    form = InviteForm(posted, note_needed=asked.note_needed, asks_address=asked.asks_address)
    if posted is None:
        return _page(request, asked, form, hindrance=rules.hindrance_to_inviting(me, other))
    if not form.is_valid():
        return _page(request, asked, form, status=WRONG)
    if asked.asks_address and not door.tried(me, other):
        form.add_error("address", _("Those were all the tries for today, right or wrong. Come back tomorrow."))
        return _page(request, asked, form, status=WRONG)
    return _send(request, asked, form)


def _send(request: Request, asked: Asked, form: InviteForm) -> HttpResponse:
    """Do it, or say in its place what is in the way."""
    other, given = asked.person, form.cleaned_data
    try:
        made = actions.invite(request.viewer.me, other, note=given["note"], address=given.get("address", ""))
    except (door.NoteNeeded, door.NotTheAddress) as missing:
        field = "address" if isinstance(missing, door.NotTheAddress) and asked.asks_address else "note"
        form.add_error(field, missing.reason)
        return _page(request, asked, form, status=WRONG)
    except Conflict as conflict:
        return _hindered(request, asked, form, conflict)
    at_once = isinstance(made, Connection)
    words = _("You and %(name)s are connected: you had both asked.") if at_once else _("%(name)s has your invitation.")
    tell(request, words % {"name": other.name})
    return show_relation(request, other)


def _page(
    request: Request, asked: Asked, form: InviteForm, *, status: int = 200, hindrance: Conflict | None = None
) -> HttpResponse:
    """The question, with what both share; what stands in the way is said before anything is typed."""
    waiting = Invitation.objects.to(request.viewer.me).filter(sender=asked.person).with_people().first()
    letter = letters.lay_out(request.viewer, [waiting])[0] if waiting else None
    context = {
        "person": asked.person,
        "form": form,
        "letter": letter,
        "hindrance": hindrance.reason if hindrance and letter is None else "",
        "of_standing": isinstance(hindrance, Wait),
        "closed": isinstance(hindrance, door.Closed),
        "shared": asked.shared.words,
        "degree": standings(request.viewer.member, [asked.person.pk])[asked.person.pk].degree,
    }
    return respond(request, "network/invite.html", "main", context, status=status)


def _hindered(request: Request, asked: Asked, form: InviteForm, conflict: Conflict) -> HttpResponse:
    """What stood in the way: in the open dialog as a line under the note, else the page again with the note kept."""
    status = TOO_MANY if isinstance(conflict, Wait) else TAKEN
    if request.htmx:
        response = HttpResponse(conflict.reason, status=status, content_type="text/plain; charset=utf-8")
    else:
        response = _page(request, asked, form, status=status, hindrance=conflict)
    if isinstance(conflict, Wait):
        response["Retry-After"] = str(conflict.seconds)
    return response
