"""From what somebody typed to what is stored: rendered text, the people it names, the topics it is about."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.feed.models import Comment, Mention, Post, PostTopic, Topic
from collegium.lib import text
from collegium.members.models import Member
from collegium.organizations.models import Organization


@dataclass(frozen=True)
class Written:
    """A text ready to be stored."""

    html: str
    mentioned: tuple[Member, ...]
    topics: tuple[str, ...]


def write(body: str, author: Member, page: Organization | None = None) -> Written:
    """Render a text; only people whom the author may find can be named in it, other `@words` stay words.

    Args:
        body: what was typed.
        author: who typed it.
        page: which organisation speaks. It names nobody whose profile is closed to any member: that would tell who of
            her connections wrote for it.
    """
    handles = text.mentioned_handles(body)
    found = people.visible_to(Viewer(author)).filter(handle__in=handles) if handles else Member.objects.none()
    if page is not None:
        found = found.filter(visibility__lte=Member.Visibility.MEMBERS)
    named = {member.handle: member for member in found}
    rendered = text.render(body, {handle: text.Mention(member.path, member.name) for handle, member in named.items()})
    mentioned = tuple(named[handle] for handle in rendered.mentions if named[handle].pk != author.pk)
    return Written(str(rendered.html), mentioned, rendered.topics)


def keep_topics(post: Post, slugs: Collection[str]) -> None:
    """Make the post's topics exactly these."""
    PostTopic.objects.filter(post=post).exclude(topic__slug__in=slugs).delete()
    if slugs:
        Topic.objects.bulk_create((Topic(slug=slug, name=slug) for slug in sorted(slugs)), ignore_conflicts=True)
        known = Topic.objects.filter(slug__in=slugs)
        PostTopic.objects.bulk_create((PostTopic(topic=topic, post=post) for topic in known), ignore_conflicts=True)


def keep_mentions(mentioned: Iterable[Member], *, post: Post, comment: Comment | None = None) -> list[int]:
    """Make the people named in the post (or in this comment under it) exactly these.

    Returns:
        The keys of those who were not named before.
    """
    keys = {member.pk for member in mentioned}
    before = Mention.objects.filter(post=post, comment=comment)
    before.exclude(member__in=keys).delete()
    new = sorted(keys - set(before.values_list("member_id", flat=True)))
    Mention.objects.bulk_create(
        (Mention(member_id=key, post=post, comment=comment) for key in new), ignore_conflicts=True
    )
    return new
