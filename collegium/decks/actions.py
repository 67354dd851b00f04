"""The verbs of slides: hanging them on a post, calling them something else, taking them off."""

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.decks import places, rules
from collegium.decks.models import Deck
from collegium.feed.models import Post
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.uploads import taking
from collegium.uploads.models import Upload


@transaction.atomic
def hang(post: Post, upload: Upload, title: str, pages: int, *, by: Member) -> Deck:
    """Let the pages of a PDF be the slides of a post; others come off it. They are drawn in the background.

    Args:
        post: of one's own, locked by the verb that makes or changes it.
        upload: the file, which was looked through (`media.slides.look`).
        title: what the document is called, cleaned.
        pages: how many it has.
        by: who posts.

    Raises:
        Conflict: the file is gone.
    """
    require(rules.may_arrange(by, post) and upload.owner_id == by.pk)
    Deck.objects.filter(post=post).delete()
    deck = Deck.objects.create(post=post, title=title, pages=pages)
    try:
        places.keep(deck.pk, upload.path)
    except FileNotFoundError:
        raise Conflict(_("This file is no longer here. Please choose it again.")) from None
    taking.drop(upload)
    if not post.has_parts:
        post.has_parts = True
        post.save(update_fields=["has_parts"])
    record("decks.hung", actor=by, subject=deck, post=post.pk)
    return deck


@transaction.atomic
def rename(post: Post, title: str, *, by: Member) -> None:
    """Call the slides of a post something else."""
    require(rules.may_arrange(by, post))
    if Deck.objects.filter(post=post).exclude(title=title).update(title=title):
        record("decks.renamed", actor=by, subject=post)


@transaction.atomic
def take_off(post: Post, *, by: Member) -> None:
    """Take the slides off a post; nothing happens where there are none."""
    require(rules.may_arrange(by, post))
    if Deck.objects.filter(post=post).delete()[0]:
        record("decks.taken_off", actor=by, subject=post)
