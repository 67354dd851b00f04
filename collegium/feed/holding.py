"""Who answers for what is said: its author; for what a page says, those who speak for it now."""

from collections.abc import Sequence

from collegium.audience.rule import readers
from collegium.audience.viewer import Viewer
from collegium.feed.models import Comment, Facet, Post, Selection
from collegium.groups.models import Membership
from collegium.members.models import Member, MemberQuerySet
from collegium.pages import rules as pages
from collegium.pages.models import Role


def holders(thing: Post | Comment) -> list[int]:
    """The keys of those whom news about a thing concerns.

    Members out of standing may be among them: who is told is judged where it is told.
    """
    if thing.page_id is None:
        return [thing.author_id] if thing.author_id is not None else []
    return speakers(thing.page_id)


def speakers(page: int) -> list[int]:
    """The keys of those who speak for a page."""
    rows = Role.objects.filter(organization=page, part__in=pages.SPEAKING)
    return list(rows.order_by("member_id").values_list("member_id", flat=True).distinct())


def held_by(viewer: Viewer, posts: Sequence[Post]) -> set[int]:
    """The keys of those of these posts that are the viewer's own, or those of a page she speaks for.

    One statement where a page speaks, none where only people do.
    """
    speaking = {post.page_id for post in posts if post.page_id is not None}
    parts = pages.parts_on(viewer.member, speaking) if speaking else {}
    mine = {page for page, each in parts.items() if each & pages.SPEAKING}
    return {post.pk for post in posts if post.page_id in mine or (viewer and post.author_id == viewer.id)}


def watchers(post: Post) -> MemberQuerySet:
    """Those whose open pages look again where little has changed; where people are named, those who hold it alone."""
    if post.page_id is not None:
        return Member.objects.active()
    if post.group_id is not None:
        return Member.objects.active().filter(pk__in=Membership.objects.filter(group=post.group_id).values("member"))
    if post.author is None or post.selection != Selection.NONE:
        return Member.objects.filter(pk__in=holders(post))
    return readers(post.author, post.audience, personal=post.facet == Facet.PERSONAL)
