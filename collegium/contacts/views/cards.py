"""What one keeps about one person: on a page of its own, and as a part of the person's profile that borrows it."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.audience.door import Request
from collegium.contacts import filters, history, phrases
from collegium.contacts.actions import notes, reminders, shelves
from collegium.contacts.forms import DAYS, CircleForm, NoteForm, ReminderForm, TagForm, today
from collegium.contacts.models import PersonNote, Reminder, Tag
from collegium.contacts.views.common import WRONG, for_members, mine, person
from collegium.contacts.views.shelves import KINDS
from collegium.graph.degrees import standings
from collegium.members.models import Member
from collegium.ties.models import Circle, Connection
from collegium.ui.respond import respond, tell

EVENTS = 6


@require_safe
@for_members
def card(request: Request, handle: str) -> HttpResponse:
    """Note, tags, circles, reminder, history."""
    return _card(request, person(request, handle))


def _kept(me: Member, other: Member) -> dict[str, Any]:
    """What she keeps about the person."""
    return {
        "own": filters.own(me),
        "tags": Tag.objects.filter(owner=me, taggings__person=other).order_by("name"),
        "circles": set(Circle.objects.filter(owner=me, circlings__person=other).values_list("pk", flat=True)),
        "reminders": Reminder.objects.open().filter(owner=me, person=other).order_by("due", "id"),
        "tie": Connection.objects.filter(member=me, other=other).first(),
    }


def _card(request: Request, other: Member, *, status: int = 200, said: bool = False, **forms: Any) -> HttpResponse:
    """The card as it is now; after a plain form the page again."""
    me = request.viewer.me
    note = PersonNote.objects.filter(owner=me, person=other).first()
    near = history.contacts(request.viewer, [other.pk]).get(other.pk, history.NEVER)
    context = {
        "person": other,
        "degree": standings(me, [other.pk])[other.pk].degree,
        "card": f"/network/people/with/{other.handle}/",
        "note": note,
        "note_form": forms.get("note") or NoteForm({"body": note.body if note else ""}, auto_id="note_%s"),
        "tag_form": forms.get("tag") or TagForm(auto_id="tag_%s"),
        "circle_form": forms.get("circle") or CircleForm(auto_id="circle_%s"),
        "reminder_form": forms.get("reminder") or ReminderForm(auto_id="reminder_%s"),
        "days": DAYS,
        "today": today(),
        "events": history.between(request.viewer, other, EVENTS),
        "often": phrases.often(near.year),
        "phrases": phrases,
        **_kept(me, other),
    }
    otherwise = context["card"] if said else None
    return respond(request, "contacts/card.html", "card", context, otherwise=otherwise, status=status)


@require_POST
@for_members
def note(request: Request, handle: str) -> HttpResponse:
    """Keep a note on the person."""
    other = person(request, handle)
    form = NoteForm(request.POST, auto_id="note_%s")
    if not form.is_valid():
        return _card(request, other, status=WRONG, note=form)
    notes.note(request.viewer.me, other, form.cleaned_data["body"])
    tell(request, _("Kept. Only you see it."))
    return _card(request, other, said=True)


@require_POST
@for_members
def shelve(request: Request, handle: str, kind: str) -> HttpResponse:
    """Put a tag on the person, or the person into a circle; known or new."""
    other = person(request, handle)
    shelf = KINDS[kind]
    form: Any = shelf.form(request.POST, auto_id=f"{shelf.field}_%s")
    if not form.is_valid():
        given: dict[str, Any] = {shelf.field: form}
        return _card(request, other, status=WRONG, **given)
    row = shelves.found(shelf.model, request.viewer.me, form.cleaned_data["name"])
    shelves.put_on(row, [other.pk], by=request.viewer.me)
    return _card(request, other, said=True)


@require_POST
@for_members
def unshelve(request: Request, handle: str, kind: str, pk: int) -> HttpResponse:
    """Take the tag off again, or the person out of the circle."""
    other = person(request, handle)
    shelves.take_off(mine(request, KINDS[kind].model, pk), [other.pk], by=request.viewer.me)
    return _card(request, other, said=True)


@require_POST
@for_members
def remind(request: Request, handle: str) -> HttpResponse:
    """Be reminded of the person."""
    other = person(request, handle)
    form = ReminderForm(request.POST, auto_id="reminder_%s")
    if not form.is_valid():
        return _card(request, other, status=WRONG, reminder=form)
    given = form.cleaned_data
    reminders.remind(request.viewer.me, other, given["due"], given["words"])
    return _card(request, other, said=True)
