"""The verbs: look through an address book, put the result away. Neither writes to anybody, here or elsewhere."""

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.portability.acquaintances import rules, ways
from collegium.portability.acquaintances.book import Book, Key
from collegium.portability.acquaintances.models import Lookup, Recognised
from collegium.ui.text import moment


@transaction.atomic
def look(book: Book, *, by: Member, pasted: bool = False) -> Lookup:
    """Look for the people of an address book, as many as the day allows; of the book itself nothing is kept.

    Args:
        book: what was read of it; somebody in it has an address.
        by: whose book it is.
        pasted: whether its lines are addresses of a text.

    Raises:
        Conflict: she has looked for as many today as one may.
    """
    require(rules.may_look(by))
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)
    left, until = rules.left_today(by)
    keys, contacts, next_line = _first(book, left)
    if not keys:
        words = _("You have looked for as many addresses as one may in 24 hours. You can go on from %(day)s on.")
        raise Conflict(words % {"day": moment(until) if until else ""})
    Recognised.objects.filter(lookup__member=by).delete()
    Lookup.objects.of(by).update(shown=False)
    said = {"blank": book.blank, "national": book.national, "passed": book.passed, "problems": book.problems}
    row = Lookup.objects.create(
        member=by, keys=len(keys), contacts=contacts, next_line=next_line, pasted=pasted, said=said
    )
    row.refresh_from_db()
    found = ways.found_by(Viewer(by), [ways.print_of(key) for key in keys])
    rows = [Recognised(lookup=row, person_id=person, print=led) for person, led in found.items()]
    Recognised.objects.bulk_create(rows)
    record("portability.looked_through", actor=by, subject=row, keys=len(keys))
    return row


def _first(book: Book, most: int) -> tuple[list[Key], int, int]:
    """The addresses of the first people, so many of them; how many people that is, and the line of the next one."""
    keys: dict[Key, None] = {}
    for count, (line, given) in enumerate(book.rows):
        if len(keys | dict.fromkeys(given)) > most:
            return list(keys), count, line
        keys |= dict.fromkeys(given)
    return list(keys), len(book.rows), 0


@transaction.atomic
def forget(*, by: Member) -> None:
    """Put the result away at once. What was looked for today still counts."""
    require(rules.may_look(by))
    Recognised.objects.filter(lookup__member=by).delete()
    Lookup.objects.of(by).update(shown=False, said={}, contacts=0, next_line=0)
    record("portability.looked_away", actor=by)
