"""The verbs: a preview is hung on a post by the house, and taken off or put back by the post's author."""

from django.db import transaction

from collegium.feed import rules
from collegium.feed.models import Post
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.previews.models import Preview, Shown


@transaction.atomic
def hang(post: int, preview: Preview | None) -> bool:
    """Make this the preview of a post; none takes away what it had.

    What its author has taken off stays off as long as the link is the same.

    Returns:
        Whether something changed on the page.
    """
    row = Post.objects.select_for_update(no_key=True).filter(pk=post).first()
    if row is None:
        return False
    if preview is None:
        gone, _rows = Shown.objects.filter(post=row).delete()
        return bool(gone)
    had = Shown.objects.filter(post=row).first()
    if had is not None and had.preview_id == preview.pk:
        return False
    Shown.objects.update_or_create(post=row, defaults={"preview": preview, "taken_off": False})
    Post.objects.filter(pk=row.pk).update(has_parts=True)
    return True


@transaction.atomic
def take_off(post: Post, *, by: Member) -> None:
    """Show no preview on a post of one's own; doing it twice is doing it once."""
    _turn(post, by=by, taken_off=True)


@transaction.atomic
def put_back(post: Post, *, by: Member) -> None:
    """Show it again."""
    _turn(post, by=by, taken_off=False)


def _turn(post: Post, *, by: Member, taken_off: bool) -> None:
    """Change it under the post's lock.

    Raises:
        Conflict: the post, or its preview, went meanwhile.
    """
    row = Post.objects.select_for_update(no_key=True).filter(pk=post.pk).first()
    if row is None:
        raise Conflict("This post is no longer here.")
    require(rules.may_edit(by, row))
    if not Shown.objects.filter(post=row).exists():
        raise Conflict("This post has no preview any more.")
    if Shown.objects.filter(post=row, taken_off=not taken_off).update(taken_off=taken_off):
        record("previews.taken_off" if taken_off else "previews.put_back", actor=by, subject=row)
