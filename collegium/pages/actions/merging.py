"""Two records become one; and the word of somebody who thinks that they should."""

from functools import partial

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.media.storage import discard
from collegium.members.models import Member
from collegium.organizations import merging
from collegium.organizations.models import Organization
from collegium.pages import rules
from collegium.pages.models import Likeness

# What the one that stays has not said of itself is taken from the one that goes.
_FILLED = ("website", "place", "about", "industry", "size", "founded", "places", "photo", "cover")
MOST_WAITING = 20


@transaction.atomic
def merge(loser: Organization, winner: Organization, *, by: Member) -> Organization:
    """Lead everything of one record to another, for good.

    Args:
        loser: the record that goes; its name and address lead to the other.
        winner: the one that stays.
        by: an owner of the community, or the administrator of both.

    Raises:
        Conflict: one of them was merged meanwhile, or the page would go and the plain record stay.
    """
    keys = sorted((loser.pk, winner.pk))
    held = {
        row.pk: row for row in Organization.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    }
    if len(held) != 2 or any(row.merged_into_id is not None for row in held.values()):
        raise Conflict(_("One of the two was merged meanwhile."))
    goes, stays = held[loser.pk], held[winner.pk]
    require(rules.may_merge(by, goes, stays))
    if goes.is_page and not stays.is_page:
        raise Conflict(_("The page stays and the plain record goes. Exchange the two."))
    left = _fill(goes, stays)
    moved = merging.move(goes, stays)
    told = {"merged": goes.pk, "handle": goes.handle, "name": goes.name, "moved": moved}
    record("organizations.merged", actor=by, subject=stays, **told)
    for key in left:
        transaction.on_commit(partial(discard, key))
    return stays


@transaction.atomic
def suggest(one: Organization, other: Organization, words: str, *, by: Member) -> None:
    """Tell the owners of the community that two records are one body; said twice is once.

    Raises:
        Conflict: it is one record, the owners have said that they are two, or too many words of hers wait.
    """
    require(by.is_active)
    first, second = sorted((one, other), key=lambda row: row.pk)
    if first.pk == second.pk:
        raise Conflict(_("Choose another record than this one."))
    said = Likeness.objects.filter(one=first, other=second)
    if said.filter(state=Likeness.State.PARTED).exists():
        raise Conflict(_("Those who run this network have looked: they are two."))
    if Likeness.objects.filter(by=by, state=Likeness.State.OPEN).count() >= MOST_WAITING:
        raise Conflict(_("Twenty of your words wait for an answer. Please let them be looked at first."))
    try:
        with transaction.atomic():
            row = Likeness.objects.create(one=first, other=second, by=by, words=words)
    except IntegrityError:
        return
    record("pages.likeness_told", actor=by, subject=row)


@transaction.atomic
def part(likeness: Likeness, *, by: Member) -> None:
    """An owner says that the two are two."""
    require(rules.may_keep(by))
    if Likeness.objects.filter(pk=likeness.pk, state=Likeness.State.OPEN).update(state=Likeness.State.PARTED):
        record("pages.likeness_parted", actor=by, subject=likeness)


def _fill(goes: Organization, stays: Organization) -> list[str]:
    """Take what the one that stays lacks; returns the keys of pictures that nobody shows any more."""
    left = []
    taken = [name for name in _FILLED if not getattr(stays, name) and getattr(goes, name)]
    for name in taken:
        setattr(stays, name, getattr(goes, name))
    stays.save(update_fields=taken)
    for shape in ("photo", "cover"):
        key = getattr(goes, shape)
        if key and shape not in taken:
            left.append(key)
        setattr(goes, shape, "")
    goes.save(update_fields=["photo", "cover"])
    return left
