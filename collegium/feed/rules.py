"""May she do this to a post or a comment? Each answers for someone who already sees the thing."""

from datetime import datetime, timedelta

from collegium.audience import people as sight
from collegium.audience.viewer import Viewer
from collegium.feed.models import Cohost, Comment, Commenting, Mention, Post
from collegium.feed.models.selections import MOST
from collegium.feed.selecting import Choice
from collegium.journal.models import Entry
from collegium.lib import clock, ids
from collegium.members.models import Member
from collegium.ties.models import Circle, Connection


def may_post(member: Member) -> bool:
    """Everyone in good standing."""
    return member.is_active


def may_choose(member: Member, choice: Choice) -> bool:
    """Circles of her own, and people she can find; whom she leaves out she need not see any more."""
    circles, people = set(choice.circles), set(choice.people)
    own = not circles or Circle.objects.filter(owner=member, pk__in=circles).count() == len(circles)
    found = not people or sight.visible_to(Viewer(member)).filter(pk__in=people).count() == len(people)
    few = max(len(circles) + len(people), len(choice.left_out)) <= MOST
    return own and found and few and (bool(people or circles) or not choice.only)


def may_edit(member: Member | None, thing: Post | Comment) -> bool:
    """Only who wrote it."""
    return member is not None and member.is_active and thing.author_id == member.pk


def may_delete_comment(member: Member | None, comment: Comment) -> bool:
    """Who wrote it, and whose post it stands under."""
    return may_edit(member, comment) or (
        member is not None and member.is_active and comment.post.author_id == member.pk
    )


def sees(member: Member, post: Post) -> bool:
    """The rule of sight for one post, asked afresh."""
    return Post.objects.visible_to(Viewer(member)).filter(pk=post.pk).exists()


def may_react(member: Member | None, post: Post) -> bool:
    """Everyone who sees it."""
    return member is not None and member.is_active and sees(member, post)


def may_take_back(member: Member | None) -> bool:
    """Everyone what is their own, whether or not they still see what it was said to."""
    return member is not None and member.is_active


def may_comment(member: Member | None, post: Post) -> bool:
    """Those who see it and whom the author lets speak; after closing nobody, not even the author until she opens it.

    Who keeps the conversation with her may answer in it too.
    """
    if member is None or not member.is_active or is_closed(post) or not sees(member, post):
        return False
    if post.author_id == member.pk:
        return True
    match post.commenting:
        case Commenting.ANYONE:
            return True
        case Commenting.CONNECTIONS:
            return Connection.objects.filter(member=member, other=post.author_id).exists() or helps(member, post)
        case Commenting.MENTIONED:
            named = Mention.objects.filter(post=post, comment=None, member=member).exists()
            return named or helps(member, post)
        case _:
            return helps(member, post)


def is_over(post: Post) -> bool:
    """Whether it was to delete itself by now."""
    return post.ends_at is not None and post.ends_at <= clock.now()


def is_closed(post: Post) -> bool:
    """Whether its time for comments has run out."""
    return post.closes_at is not None and post.closes_at <= clock.now()


def helps(member: Member, post: Post) -> bool:
    """Whether the author of a post asked this person to keep the conversation with her, and is connected with her."""
    asked = Cohost.objects.filter(post=post, member=member)
    return asked.exists() and Connection.objects.filter(member=post.author_id, other=member).exists()


def may_keep(member: Member | None, post: Post) -> bool:
    """Let comments in, hide, pin, close: the author, and whom she asked, as long as they see the post."""
    if member is None or not member.is_active or not sees(member, post):
        return False
    return post.author_id == member.pk or helps(member, post)


def may_host(author: Member, member: Member, post: Post) -> bool:
    """Whether the author may ask this person to help: somebody she is connected with who sees the post."""
    near = Connection.objects.filter(member=author, other=member).exists()
    return may_edit(author, post) and near and member.is_active and sees(member, post)


def may_pin(member: Member | None, comment: Comment) -> bool:
    """Who keeps the conversation, a comment that is shown and replies to none."""
    return may_keep(member, comment.post) and comment.is_shown and comment.parent_id is None


def may_speak_at(member: Member, post: Post) -> datetime | None:
    """In slow mode, when this person may comment again; None where she may now."""
    if not post.slow_seconds or member.pk == post.author_id or helps(member, post):
        return None
    pace = timedelta(seconds=post.slow_seconds)
    last = Comment.objects.filter(post=post, author=member).order_by("-pk").first()
    times = [last.created_at] if last is not None else []
    # What she deleted meanwhile she said all the same; the journal knows when.
    since = ids.floor_at(clock.now() - pace)
    said = Entry.objects.filter(actor=member.pk, pk__gte=since, kind="feed.commented", data__post=post.pk)
    times += [ids.instant(key) for key in said.order_by("-pk").values_list("pk", flat=True)[:1]]
    due = max(times) + pace if times else None
    return due if due is not None and due > clock.now() else None


def must_wait(member: Member, post: Post) -> bool:
    """Whether what this person says there waits to be let in."""
    return post.approving and member.pk != post.author_id and not helps(member, post)
