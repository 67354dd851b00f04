"""May she do this to a post or a comment? Each answers for someone who already sees the thing."""

from datetime import datetime, timedelta

from django.db.models import Q

from collegium.audience import people as sight
from collegium.audience.level import Level
from collegium.audience.viewer import Viewer, stand_in
from collegium.feed.models import Cohost, Comment, Commenting, HeldComment, Mention, Post
from collegium.feed.models.selections import MOST
from collegium.feed.places import seats
from collegium.feed.selecting import Choice
from collegium.journal.models import Entry
from collegium.lib import clock, ids
from collegium.lib.statement import Statement
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.pages import rules as pages
from collegium.pages.models import Follow
from collegium.ties.models import Circle, Connection

SEEN = Statement(
    lambda slot: Post.objects.visible_to(stand_in(slot.int("me"))).filter(pk=slot.int("post")).only("pk")[:1]
)


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


def may_speak_as(member: Member, page: Organization | None) -> bool:
    """As herself everybody; as a page whoever posts for it now."""
    return page is None or pages.may_speak(member, page)


def may_edit(member: Member | None, thing: Post | Comment) -> bool:
    """Only who wrote it; what a page says, whoever speaks for it now, and nobody else, not even who wrote it."""
    if member is None or not member.is_active:
        return False
    return pages.may_speak(member, thing.page) if thing.page is not None else thing.author_id == member.pk


def may_delete_comment(member: Member | None, comment: Comment) -> bool:
    """Who wrote it, whose post it stands under, and who keeps the group it is said in."""
    return may_edit(member, comment) or may_edit(member, comment.post) or seats.keeps(member, comment.post)


def sees(member: Member, post: Post) -> bool:
    """The rule of sight for one post, asked afresh."""
    return sees_key(member, post.pk)


def sees_key(member: Member, post: int) -> bool:
    """The same where its key alone is at hand."""
    return bool(SEEN.tuples(me=member.pk, post=post))


def may_react(member: Member | None, post: Post) -> bool:
    """Everyone who sees it; in a group, its members."""
    return member is not None and member.is_active and seats.may_answer(member, post) and sees(member, post)


def may_take_back(member: Member | None) -> bool:
    """Everyone what is their own, whether or not they still see what it was said to."""
    return member is not None and member.is_active


def may_comment(member: Member | None, post: Post) -> bool:
    """Those who see it and whom the author lets speak; after closing nobody, not even the author until she opens it.

    Who keeps the conversation with her may answer in it too. In a group only its members speak. A page has no
    connections: its followers stand for them.
    """
    if member is None or not member.is_active or is_closed(post) or not sees(member, post):
        return False
    if not seats.may_answer(member, post):
        return False
    return _is_let_speak(member, post) or may_edit(member, post) or helps(member, post)


def _is_let_speak(member: Member, post: Post) -> bool:
    """Whether the author lets this person speak, who sees the post."""
    match post.commenting:
        case Commenting.ANYONE:
            return True
        case Commenting.CONNECTIONS if post.page_id is not None:
            return Follow.objects.filter(member=member, organization=post.page_id).exists()
        case Commenting.CONNECTIONS:
            return Connection.objects.filter(member=member, other=post.author_id).exists()
        case Commenting.MENTIONED:
            return Mention.objects.filter(post=post, comment=None, member=member).exists()
        case _:
            return False


def may_comment_as(member: Member, post: Post, page: Organization | None) -> bool:
    """As a page: under what a page says, and under what its author lets everybody read and answer."""
    if page is None:
        return True
    open_to_all = post.audience <= Level.MEMBERS and not post.selection and post.commenting == Commenting.ANYONE
    return pages.may_speak(member, page) and (post.page_id is not None or open_to_all)


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
    """Let comments in, hide, pin, close: the author, and whom she asked, as long as they see the post.

    In a group those who keep it as well, and the author as long as she may answer there.
    """
    if member is None or not member.is_active or not sees(member, post):
        return False
    return seats.keeps(member, post) or (
        seats.may_answer(member, post) and (may_edit(member, post) or helps(member, post))
    )


def may_show(member: Member | None, comment: Comment) -> bool:
    """Show a hidden comment again: who keeps the conversation; what those who keep a group hid, they alone."""
    return seats.keeps(member, comment.post) or not HeldComment.objects.filter(comment=comment).exists()


def may_host(author: Member, member: Member, post: Post) -> bool:
    """Whether the author may ask this person to help: somebody she is connected with who sees the post."""
    near = post.page_id is None and Connection.objects.filter(member=author, other=member).exists()
    return may_edit(author, post) and near and member.is_active and sees(member, post)


def may_pin(member: Member | None, comment: Comment) -> bool:
    """Who keeps the conversation, a comment that is shown and replies to none."""
    return may_keep(member, comment.post) and comment.is_shown and comment.parent_id is None


def may_speak_at(member: Member, post: Post) -> datetime | None:
    """In slow mode, when this person may comment again; None where she may now."""
    if not post.slow_seconds or may_edit(member, post) or helps(member, post):
        return None
    pace = timedelta(seconds=post.slow_seconds)
    last = Comment.objects.filter(Q(author=member) | Q(written_by=member), post=post).order_by("-pk").first()
    times = [last.created_at] if last is not None else []
    # What she deleted meanwhile she said all the same; the journal knows when.
    since = ids.floor_at(clock.now() - pace)
    said = Entry.objects.filter(actor=member.pk, pk__gte=since, kind="feed.commented", data__post=post.pk)
    times += [ids.instant(key) for key in said.order_by("-pk").values_list("pk", flat=True)[:1]]
    due = max(times) + pace if times else None
    return due if due is not None and due > clock.now() else None


def must_wait(member: Member, post: Post) -> bool:
    """Whether what this person says there waits to be let in."""
    trusted = may_edit(member, post) or helps(member, post) or seats.keeps(member, post)
    return post.approving and not trusted
