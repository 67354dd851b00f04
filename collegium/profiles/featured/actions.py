"""Pinning: posts, links and files; each verb opens with its rule and ends with its entry."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.career import order, rules
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.media.documents import discard_document
from collegium.media.storage import discard
from collegium.members.models import Member
from collegium.profiles.featured.providers import providers
from collegium.profiles.models import Pin

MOST_PINS = 12
EDITABLE = frozenset({"title", "note", "url"})


@transaction.atomic
def pin(member: Member, kind: str, *, form_key: UUID | None = None, **columns: Any) -> Pin:
    """Pin a link or a file, in front of the others.

    Args:
        member: herself.
        kind: of `Pin.Kind`, but not a post.
        form_key: of the form it came with; the same form sent twice is one pin.
        columns: cleaned values of the row.

    Raises:
        Conflict: there are `MOST_PINS` already.
    """
    require(rules.may_write(member))
    order.hold(member)
    if form_key and (earlier := Pin.objects.filter(member=member, form_key=form_key).first()):
        return earlier
    row = _put(member, kind, form_key=form_key, **columns)
    record("profiles.pinned", actor=member, subject=row, what=str(kind))
    return row


@transaction.atomic
def pin_post(member: Member, key: int) -> Pin:
    """Pin a post of one's own; pinning it again changes nothing.

    Args:
        member: herself.
        key: of the post.

    Raises:
        Conflict: there is no such post of hers, or there are `MOST_PINS`.
    """
    require(rules.may_write(member))
    order.hold(member)
    card = providers.cards(Pin.Kind.POST, Viewer(member), [key]).get(key)
    if card is None or card.owner != member.pk:
        raise Conflict(_("This post is no longer here."))
    if earlier := Pin.objects.filter(member=member, post_key=key).first():
        return earlier
    row = _put(member, Pin.Kind.POST, post_key=key)
    record("profiles.pinned", actor=member, subject=row, what=str(Pin.Kind.POST))
    return row


@transaction.atomic
def edit_pin(row: Pin, *, by: Member, **fields: Any) -> Pin:
    """Change the words of a pin, or where its link leads."""
    require(rules.may_edit(by, row))
    if strange := set(fields) - EDITABLE:
        raise TypeError(f"not for editing: {', '.join(sorted(strange))}")
    for name, value in fields.items():
        setattr(row, name, value)
    if not Pin.objects.filter(pk=row.pk).update(**fields):
        raise Conflict(_("This is not pinned any more."))
    record("profiles.pin_edited", actor=by, subject=row)
    return row


@transaction.atomic
def unpin(row: Pin, *, by: Member) -> None:
    """Take a pin off; its file is deleted once that is certain."""
    require(rules.may_edit(by, row))
    if not Pin.objects.filter(pk=row.pk).delete()[0]:
        return
    record("profiles.unpinned", actor=by, subject=by)
    if row.is_file:
        transaction.on_commit(lambda: forget(row.kind, row.file_key))


@transaction.atomic
def arrange_pins(member: Member, keys: Iterable[int]) -> None:
    """Put one's pins in order; those of others are ignored, those left out follow."""
    require(rules.may_write(member))
    order.hold(member)
    order.write(Pin.objects.filter(member=member), keys)
    record("profiles.pins_arranged", actor=member, subject=member)


def forget(kind: str, key: str) -> None:
    """Delete a stored file that no pin carries."""
    if kind == Pin.Kind.PICTURE:
        discard(key)
    else:
        discard_document(key)


def _put(member: Member, kind: str, **columns: Any) -> Pin:
    """A new row in front of the others.

    Raises:
        Conflict: there is no room; pins of posts that are gone make some first.
    """
    mine = Pin.objects.filter(member=member)
    if mine.count() >= MOST_PINS:
        _tidy(member)
    if mine.count() >= MOST_PINS:
        raise Conflict(_("A profile has room for %(num)d featured things. Remove one first.") % {"num": MOST_PINS})
    row = Pin.objects.create(member=member, kind=kind, **columns)
    order.write(mine, [row.pk])
    return row


def _tidy(member: Member) -> None:
    """Take off pins of posts that are no longer there."""
    pinned = Pin.objects.filter(member=member, kind=Pin.Kind.POST)
    keys = [key for key in pinned.values_list("post_key", flat=True) if key is not None]
    there = providers.cards(Pin.Kind.POST, Viewer(member), keys)
    pinned.exclude(post_key__in=list(there)).delete()
