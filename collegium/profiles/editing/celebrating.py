"""The way from something one did to a post that celebrates it: the composer, begun with what the item says."""

from collections.abc import Mapping
from urllib.parse import urlencode

from collegium.career.models import Item
from collegium.career.sections import Section

COMPOSER = "/posts/"
# What the composer calls it (`occasions`). Where one has learned, the name of the place says from whom.
KINDS: Mapping[str, str] = {
    Section.POSITIONS: "role",
    Section.VOLUNTEERING: "volunteering",
    Section.EDUCATION: "learned",
    Section.CERTIFICATES: "learned",
    Section.COURSES: "learned",
}


def address(item: Item) -> str:
    """Where one tells of this item; empty where it is nothing to celebrate: a role that has ended, say."""
    kind = KINDS.get(item.section, "")
    over = item.ended and kind in ("role", "volunteering")
    whole = item.title and (item.organization_name or kind == "learned")
    if not kind or over or not whole:
        return ""
    said = {"occasion": kind, "what": item.title, "name": item.organization_name}
    return f"{COMPOSER}?{urlencode({name: value for name, value in said.items() if value})}"
