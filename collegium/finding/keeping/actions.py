"""What one does with searches for work: keep them, change them, look at them, take them away and put them back."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from collegium.finding.keeping import rules
from collegium.finding.keeping.due import next_due
from collegium.finding.models.saved import MOST, Letter, Rhythm, Saved, SavedQuerySet
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.notifications.choices import rest_of


@transaction.atomic
def save(member: Member, name: str, address: str, rhythm: str) -> Saved:
    """Keep a search; what is there already is not mailed.

    Args:
        member: whose it is.
        name: what she calls it.
        address: what stands after the question mark, as `Asked.address` makes it.
        rhythm: one of `Rhythm`.

    Raises:
        Conflict: she has another one of that name, or too many.
    """
    require(rules.may_save(member))
    _counted(member, _("You keep %(n)s searches already. Take one away to save another."))
    saved = Saved(member=member, name=name, address=address)
    _choose(saved, rhythm)
    _write(saved)
    record("finding.saved", actor=member, search=saved.pk)
    return saved


@transaction.atomic
def change(saved: Saved, name: str, rhythm: str, *, by: Member) -> None:
    """Call it something else, or be told more or less often.

    Raises:
        Conflict: she has another one of that name.
    """
    require(rules.may_change(by, saved))
    saved.name = name
    fields = ["name"]
    if saved.rhythm != rhythm:
        # What came while no mails were wanted is not sent afterwards.
        if saved.rhythm == Rhythm.NEVER:
            saved.since = clock.now()
        _choose(saved, rhythm)
        fields += ["rhythm", "chosen_at", "due_at", "since", "tries"]
    _write(saved, fields)
    record("finding.changed", actor=by, search=saved.pk)


@transaction.atomic
def look(saved: Saved, *, by: Member) -> None:
    """She looks now: only what is posted from here on is new to her."""
    require(rules.may_change(by, saved))
    Saved.objects.filter(pk=saved.pk).update(looked_at=clock.now())
    record("finding.looked", actor=by, search=saved.pk)


@transaction.atomic
def remove(saved: Saved, *, by: Member) -> None:
    """Take it away; for a day it can be put back."""
    require(rules.may_change(by, saved))
    Saved.objects.filter(member=by).over().delete()
    Saved.objects.filter(pk=saved.pk, removed_at=None).update(removed_at=clock.now())
    record("finding.removed", actor=by, search=saved.pk)


@transaction.atomic
def restore(saved: Saved, *, by: Member) -> None:
    """Put it back.

    Raises:
        Conflict: another one has its name by now, or there are too many.
    """
    require(rules.may_restore(by, saved))
    _counted(by, _("You keep %(n)s searches already. Take one away to put this one back."))
    saved.removed_at = None
    _write(saved, ["removed_at"])
    record("finding.restored", actor=by, search=saved.pk)


@transaction.atomic
def end(key: int) -> None:
    """No more mails of one search; who presses this holds the signed address, so nobody is asked who it is."""
    _end(Saved.objects.filter(pk=key))


@transaction.atomic
def end_all(key: int) -> None:
    """No more mails of any search that was kept, as it was kept, when this letter was written."""
    letter = Letter.objects.filter(pk=key).first()
    if letter is not None:
        _end(Saved.objects.filter(member=letter.member_id, chosen_at__lte=letter.made_at))


def _end(rows: SavedQuerySet) -> None:
    ended = list(rows.select_for_update().exclude(rhythm=Rhythm.NEVER).order_by("pk"))
    Saved.objects.filter(pk__in=[row.pk for row in ended]).update(
        rhythm=Rhythm.NEVER, due_at=None, chosen_at=clock.now()
    )
    for row in ended:
        record("finding.ended", actor=row.member_id, search=row.pk)


def _choose(saved: Saved, rhythm: str) -> None:
    now = clock.now()
    saved.rhythm, saved.chosen_at, saved.tries = rhythm, now, 0
    saved.due_at = next_due(rhythm, rest_of(saved.member).zone, now)


def _counted(member: Member, words: str) -> None:
    """Whoever saves twice at once waits here, so that the limit holds."""
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if Saved.objects.of(member).count() >= MOST:
        raise Conflict(words % {"n": MOST})


def _write(saved: Saved, fields: list[str] | None = None) -> None:
    """Into its table, where names are unique."""
    try:
        with transaction.atomic():
            saved.save(update_fields=fields)
    except IntegrityError:
        raise Conflict(_("You keep another search called “%(name)s”.") % {"name": saved.name}) from None
