"""The verbs of files on posts: hanging them there, taking them off."""

from collections.abc import Collection, Sequence
from functools import partial

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from collegium.documents import rules, settling
from collegium.documents.models import MOST, NAME_LIMIT, Document
from collegium.feed.models import Post
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.media import kinds
from collegium.members.models import Member
from collegium.uploads.models import Upload


@transaction.atomic
def hang(post: Post, uploads: Sequence[Upload], *, by: Member) -> list[Document]:
    """Let these files hang on a post, after those that hang there.

    Args:
        post: of one's own, locked by the verb that makes or changes it.
        uploads: files that came in whole.
        by: who posts.

    Raises:
        Refusal: one is not what its name says.
        Conflict: there are too many, or one hangs on another post already.
    """
    require(rules.may_arrange(by, post) and all(each.owner_id == by.pk for each in uploads))
    if Document.objects.filter(post=post).count() + len(uploads) > MOST:
        raise Conflict(_("A post has room for %(n)s files.") % {"n": MOST})
    made = [_made(post, upload) for upload in uploads]
    if made and not post.has_parts:
        post.has_parts = True
        post.save(update_fields=["has_parts"])
    record("documents.hung", actor=by, subject=post, files=len(made))
    for row in made:
        transaction.on_commit(partial(settling.settle, row.pk), robust=True)
    return made


def _made(post: Post, upload: Upload) -> Document:
    # Looked at once more: between the form and now the file may have been replaced by another of the same key.
    kind = kinds.believe(upload.name, upload.path)
    try:
        with transaction.atomic():
            return Document.objects.create(
                post=post, name=upload.name[-NAME_LIMIT:], upload=upload.key, content_type=kind, size=upload.length
            )
    except IntegrityError:
        raise Conflict(_("One of these files hangs on another post already. Please choose it again.")) from None


@transaction.atomic
def take_off(post: Post, keys: Collection[int], *, by: Member) -> None:
    """Take some files off a post; nothing happens where there are none of these."""
    require(rules.may_arrange(by, post))
    if gone := Document.objects.filter(post=post, pk__in=keys).delete()[0]:
        record("documents.taken_off", actor=by, subject=post, files=gone)
