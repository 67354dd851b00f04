"""As whom a member may speak besides herself: the pages she posts for."""

from typing import Any

from collegium.audience.level import Level
from collegium.feed.models import Commenting, Post
from collegium.lib.statement import Statement
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.pages.models import Role
from collegium.pages.rules import SPEAKING

VOICES = Statement(
    lambda slot: Organization.objects.filter(
        pk__in=Role.objects.filter(member=slot.int("me"), part__in=SPEAKING).values("organization"),
        page_since__isnull=False,
        merged_into=None,
    ).order_by("folded_name", "pk")
)


def voices(member: Member) -> dict[str, Organization]:
    """The pages as which she may speak, by the word a form says for each. It stands in every composer."""
    return {str(page.pk): page for page in VOICES.rows(me=member.pk)} if member.is_active else {}


def voices_under(member: Member | None, post: Post) -> list[Organization]:
    """The pages as which she may comment there, where she may comment at all; the page that speaks there first."""
    if member is None:
        return []
    open_to_all = post.audience <= Level.MEMBERS and not post.selection and post.commenting == Commenting.ANYONE
    found = voices(member).values() if post.page_id is not None or open_to_all else ()
    return sorted(found, key=lambda page: page.pk != post.page_id)


def voice(by: Member, page: Organization | None) -> dict[str, Any]:
    """What a row says of who speaks: the author, or the page and, for those who work on it, who wrote."""
    return {"author": by} if page is None else {"page": page, "written_by": by}
