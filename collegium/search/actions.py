"""What one does with searches: keep them, call them something else, look at them, take them away and put them back."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.search import rules
from collegium.search.models import MOST, Saved


@transaction.atomic
def save(member: Member, name: str, address: str, known: Sequence[int] | None) -> Saved:
    """Keep a search.

    Args:
        member: whose it is.
        name: what she calls it.
        address: what stands after the question mark, as `Asked.address` makes it.
        known: keys of all who match now; None when they are too many to be kept.

    Raises:
        Conflict: she has another one of that name, or too many.
    """
    require(rules.may_save(member))
    # Whoever saves twice at once waits here, so that the limit holds.
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if Saved.objects.of(member).count() >= MOST:
        raise Conflict(_("You keep %(n)s searches already. Take one away to save another.") % {"n": MOST})
    saved = Saved(member=member, name=name, address=address, known=None if known is None else list(known))
    _write(saved)
    record("search.saved", actor=member, search=saved.pk)
    return saved


@transaction.atomic
def rename(saved: Saved, name: str, *, by: Member) -> None:
    """Call it something else.

    Raises:
        Conflict: she has another one of that name.
    """
    require(rules.may_change(by, saved))
    saved.name = name
    _write(saved, ["name"])
    record("search.renamed", actor=by, search=saved.pk)


@transaction.atomic
def look(saved: Saved, known: Sequence[int] | None, *, by: Member) -> None:
    """Remember who matched now that its owner looked: only others will be new to her."""
    require(rules.may_change(by, saved))
    Saved.objects.filter(pk=saved.pk).update(looked_at=clock.now(), known=None if known is None else list(known))
    record("search.looked", actor=by, search=saved.pk)


@transaction.atomic
def remove(saved: Saved, *, by: Member) -> None:
    """Take it away; for a day it can be put back."""
    require(rules.may_change(by, saved))
    Saved.objects.filter(member=by).over().delete()
    Saved.objects.filter(pk=saved.pk, removed_at=None).update(removed_at=clock.now())
    record("search.removed", actor=by, search=saved.pk)


@transaction.atomic
def restore(saved: Saved, *, by: Member) -> None:
    """Put it back.

    Raises:
        Conflict: another one has its name by now, or there are too many.
    """
    require(rules.may_restore(by, saved))
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)
    if Saved.objects.of(by).count() >= MOST:
        raise Conflict(_("You keep %(n)s searches already. Take one away to put this one back.") % {"n": MOST})
    saved.removed_at = None
    _write(saved, ["removed_at"])
    record("search.restored", actor=by, search=saved.pk)


def _write(saved: Saved, fields: list[str] | None = None) -> None:
    """Into its table, where names are unique."""
    try:
        with transaction.atomic():
            saved.save(update_fields=fields)
    except IntegrityError:
        raise Conflict(_("You keep another search called “%(name)s”.") % {"name": saved.name}) from None
