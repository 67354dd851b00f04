"""A private note on a person; and a filter kept under a name."""

from django.db import transaction
from django.db.models import Value
from django.utils.translation import gettext as _

from collegium.contacts import rules
from collegium.contacts.actions.common import held, room_for_one
from collegium.contacts.models import MOST_FILTERS, PersonNote, SavedFilter
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Fold, Member


@transaction.atomic
def note(owner: Member, person: Member, body: str) -> None:
    """Keep this about the person; nothing takes the note away.

    Args:
        owner: who keeps it.
        person: about whom.
        body: cleaned, at most `NOTE_LIMIT` characters; "" for no note.
    """
    owner = held(owner)
    require(rules.may_note(owner, person))
    rows = PersonNote.objects.filter(owner=owner, person=person)
    before = rows.first()
    if (before.body if before else "") == body:
        return
    if not body:
        rows.delete()
    elif before:
        rows.update(body=body, edited_at=clock.now())
    else:
        PersonNote.objects.create(owner=owner, person=person, body=body)
    record("contacts.noted", actor=owner, subject=person)


@transaction.atomic
def save_filter(owner: Member, name: str, query: str) -> SavedFilter:
    """Keep a filter under a name; the one of that name becomes this.

    Args:
        owner: whose.
        name: cleaned, at most `FILTER_NAME` characters.
        query: what `Filter.query` wrote.

    Raises:
        Conflict: there are too many, or it filters nothing.
    """
    owner = held(owner)
    require(rules.may_keep(owner))
    if not query:
        raise Conflict(_("There is nothing to keep: choose something first."))
    rows = SavedFilter.objects.filter(owner=owner)
    row: SavedFilter | None = rows.annotate(folded=Fold("name")).filter(folded=Fold(Value(name))).first()
    if row is None:
        room_for_one(rows, MOST_FILTERS)
        row = SavedFilter(owner=owner)
    row.name, row.query = name, query
    row.save()
    record("contacts.filter_saved", actor=owner, subject=row)
    return row


@transaction.atomic
def drop_filter(row: SavedFilter, *, by: Member) -> None:
    """Forget a kept filter."""
    require(rules.may_change(by, row))
    gone, _rows = SavedFilter.objects.filter(pk=row.pk).delete()
    if gone:
        record("contacts.filter_dropped", actor=by, subject=row.pk)
