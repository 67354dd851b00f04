"""The verbs of pictures: taking one in, and hanging them on a post."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.feed.models import Post
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.media.decode import size_of
from collegium.media.storage import discard, store
from collegium.members.models import Member
from collegium.pictures import rules
from collegium.pictures.models import MOST, Picture

# So many may wait for their posts; an upload beyond them takes the place of the oldest.
MOST_WAITING = 60


def take_in(owner: Member, images: Mapping[int, bytes]) -> Picture:
    """Keep a picture for a post that is being written.

    Args:
        owner: who writes.
        images: its sizes, as `media.decode.process_image` made them.
    """
    require(rules.may_upload(owner))
    key = store(images)
    try:
        return _keep(owner, key, images[max(images)])
    except BaseException:
        discard(key)
        raise


@transaction.atomic
def _keep(owner: Member, key: str, largest: bytes) -> Picture:
    """The row of a picture whose files are there."""
    width, height = size_of(largest)
    row = Picture.objects.create(owner=owner, key=key, width=width, height=height)
    mine = Picture.objects.waiting().filter(owner=owner).order_by("-pk")
    old = list(mine.values_list("pk", flat=True)[MOST_WAITING:])
    Picture.objects.filter(pk__in=old, post=None).delete()
    record("pictures.taken_in", actor=owner, subject=row)
    return row


@transaction.atomic
def hang(post: Post, pictures: Sequence[tuple[Picture, str]], *, by: Member) -> None:
    """Let these pictures, in this order and with these words, be the ones on a post; others come off it.

    Args:
        post: of one's own, locked by the verb that makes or changes it.
        pictures: each with what it shows.
        by: who posts.

    Raises:
        Conflict: one is gone or hangs on another post, or there are too many.
    """
    require(rules.may_hang(by, post))
    if len(pictures) > MOST:
        raise Conflict(_("A post has room for %(num)s pictures.") % {"num": MOST})
    keys = [row.pk for row, _alt in pictures]
    rows = Picture.objects.select_for_update().filter(owner=by, pk__in=keys).in_bulk()
    if len(rows) != len(keys) or any(row.post_id not in (None, post.pk) for row in rows.values()):
        raise Conflict(_("A picture is no longer here, or is on another post already. Please choose it again."))
    post.pictures.exclude(pk__in=keys).delete()
    for place, (chosen, alt) in enumerate(pictures):
        row = rows[chosen.pk]
        row.post, row.place, row.alt = post, place, alt
    Picture.objects.bulk_update(rows.values(), ["post", "place", "alt"])
    if pictures and not post.has_parts:
        post.has_parts = True
        post.save(update_fields=["has_parts"])
    record("pictures.hung", actor=by, subject=post, pictures=keys)
