"""Which side of an author speaks: one of the two, or a facet of her own within one of them."""

from typing import Any

from django.utils.translation import gettext as _

from collegium.feed.models import Facet, Side
from collegium.lib.refusal import Conflict
from collegium.lib.statement import Statement
from collegium.members.models import Member

SIDES = Statement(lambda slot: Side.objects.filter(owner=slot.int("me")).order_by("-facet", "name", "pk"))


def sides_of(member: Member) -> list[Side]:
    """Her own facets, those of the professional side first."""
    return SIDES.rows(me=member.pk)


def said_from(member: Member, typed: str) -> str:
    """Which of the two sides a form speaks from, whether it names the side or a facet of her own within it."""
    own = {str(side.pk): side.facet for side in sides_of(member)}
    return own.get(typed, typed if typed in Facet.values else "")


def speaks(author: Member, facet: str, side: Side | None) -> dict[str, Any]:
    """What a post says of the side that speaks: a facet of one's own decides which of the two it is.

    The facet is held until the post is written, so that it is not taken away meanwhile.

    Raises:
        Conflict: it was taken away already, or never was hers.
    """
    if side is None:
        return {"facet": facet, "side": None}
    held = Side.objects.select_for_update(no_key=True).filter(pk=side.pk, owner=author).first()
    if held is None:
        raise Conflict(_("The facet you chose is no longer there. Choose which side of you speaks."))
    return {"facet": held.facet, "side": held}
