"""The verbs of sides: facets of one's own, and what one reads of somebody."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.feed.models import MOST_SIDES, Draft, Post, Side, Wanted, WantedSide
from collegium.feed.sides import rules
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member


@transaction.atomic
def found(owner: Member, name: str, facet: str) -> Side:
    """Make a facet of one's own, within one of the two sides for good.

    Raises:
        Conflict: there is one of this name, or no place for another.
    """
    require(rules.may_have(owner))
    _lock(owner)
    mine = Side.objects.filter(owner=owner)
    if mine.count() >= MOST_SIDES:
        raise Conflict(_("You have %(most)s facets, as many as there is room for.") % {"most": MOST_SIDES})
    _must_be_free(owner, name)
    row = Side.objects.create(owner=owner, name=name, facet=facet)
    record("feed.side_founded", actor=owner, subject=row)
    return row


@transaction.atomic
def rename(side: Side, name: str, *, by: Member) -> Side:
    """Call it otherwise, on everything that was said from it too.

    Raises:
        Conflict: it is gone, or there is another of this name.
    """
    require(rules.may_change(by, side))
    _lock(by)
    _must_be_free(by, name, but=side)
    if not Side.objects.filter(pk=side.pk).update(name=name):
        raise Conflict(gone())
    side.name = name
    record("feed.side_renamed", actor=by, subject=side)
    return side


@transaction.atomic
def remove(side: Side, *, by: Member) -> None:
    """Take the facet away. What was said from it stays on its side; drafts speak from that side then.

    The posts are locked before it, as by every verb that has both.
    """
    require(rules.may_change(by, side))
    list(Post.objects.select_for_update(no_key=True).filter(side=side).order_by("pk").values_list("pk"))
    held = Side.objects.select_for_update().filter(pk=side.pk).first()
    if held is None:
        raise Conflict(gone())
    for draft in Draft.objects.select_for_update().filter(author=by, values__facet=str(side.pk)):
        draft.values["facet"] = str(held.facet)
        draft.save(update_fields=["values"])
    record("feed.side_removed", actor=by, subject=held)
    held.delete()


@transaction.atomic
def choose(
    reader: Member, author: Member, *, professional: bool, personal: bool, own: Mapping[Side, bool | None]
) -> None:
    """Choose what of a person comes home; nobody is told.

    Args:
        reader: who reads.
        author: whose posts.
        professional: whether the professional side comes.
        personal: whether the personal side comes.
        own: whether single facets of the author's own come; None for those that go with their side.
    """
    require(rules.may_choose(reader, author))
    _lock(reader)
    Wanted.objects.update_or_create(
        reader=reader, author=author, defaults={"professional": professional, "personal": personal}
    )
    for side, wanted in own.items():
        if wanted is None:
            WantedSide.objects.filter(reader=reader, side=side).delete()
        elif Side.objects.select_for_update(no_key=True).filter(pk=side.pk).exists():
            WantedSide.objects.update_or_create(reader=reader, side=side, defaults={"wanted": wanted})
    record("feed.sides_chosen", actor=reader, author=author.pk)


@transaction.atomic
def choose_nothing(reader: Member, author: Member) -> None:
    """Read of a person what one's mix says of everybody."""
    require(rules.may_choose(reader, author))
    _lock(reader)
    Wanted.objects.filter(reader=reader, author=author).delete()
    WantedSide.objects.filter(reader=reader, side__owner=author).delete()
    record("feed.sides_chosen", actor=reader, author=author.pk)


def gone() -> str:
    """What is said of a facet that was taken away meanwhile."""
    return _("This facet is no longer there.")


def taken() -> str:
    """What is said where a name is in use."""
    return _("You have a facet of this name already.")


def _must_be_free(owner: Member, name: str, *, but: Side | None = None) -> None:
    others = Side.objects.filter(owner=owner, name__iexact=name)
    if others.exclude(pk=but.pk if but is not None else 0).exists():
        raise Conflict(taken())


def _lock(member: Member) -> None:
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
