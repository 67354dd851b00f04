"""May she do this to a post or a comment? Each answers for someone who already sees the thing."""

from collegium.audience.viewer import Viewer
from collegium.feed.models import Comment, Commenting, Mention, Post
from collegium.members.models import Member
from collegium.ties.models import Connection


def may_post(member: Member) -> bool:
    """Everyone in good standing."""
    return member.is_active


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
    """Those who see it and whom the author lets speak; the author always."""
    if member is None or not member.is_active or not sees(member, post):
        return False
    if post.author_id == member.pk:
        return True
    match post.commenting:
        case Commenting.ANYONE:
            return True
        case Commenting.CONNECTIONS:
            return Connection.objects.filter(member=member, other=post.author_id).exists()
        case Commenting.MENTIONED:
            return Mention.objects.filter(post=post, comment=None, member=member).exists()
        case _:
            return False
