"""The verbs of reposts. Each opens with its rule, ends with its entry, and stands in one transaction."""

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.audience.level import Level
from collegium.audience.viewer import Viewer
from collegium.feed import actions as feed
from collegium.feed import locking
from collegium.feed.attachments import Parts
from collegium.feed.models import Facet, Post
from collegium.feed.rules import may_post
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.reposts import originals, rules
from collegium.reposts.models import NoReposts, Repost


class Carried(Parts):
    """The one thing that hangs on a plain repost."""

    def __init__(self, original: Post) -> None:
        self.forms = []
        self.original = original

    @property
    def are_there(self) -> bool:
        """It always is."""
        return True

    def attach(self, post: Post, by: Member) -> None:
        """Hang the original on the post."""
        hang(post, self.original, by=by, plain=True)


@transaction.atomic
def repost(original: Post, *, by: Member, audience: int = Level.CONNECTIONS) -> Post:
    """Pass a post on without a word, from the side its author spoke from; doing it twice is doing it once.

    Args:
        original: what is passed on, itself no repost.
        by: who passes it on.
        audience: an `audience.Level`: who sees the repost. Inside it each sees the original as far as she may.

    Raises:
        Conflict: it may not be passed on, or not any more.
    """
    require(may_post(by))
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)
    if earlier := originals.plain(by, original.pk).first():
        return earlier
    return feed.post(by, "", audience=audience, facet=original.facet, parts=Carried(original))


@transaction.atomic
def hang(post: Post, original: Post, *, by: Member, plain: bool = False) -> None:
    """Make a new post of hers pass another one on.

    Raises:
        Conflict: it may not be passed on, or not any more; which of all reasons it is, is not said.
    """
    require(may_post(by))
    locked = Post.objects.select_for_update(no_key=True).filter(pk=original.pk).first()
    if locked is None or not rules.may_repost(by, locked):
        raise Conflict(closed())
    if not rules.may_carry(locked, post.group):
        raise Conflict(outside())
    if locked.facet == Facet.PERSONAL and post.facet != Facet.PERSONAL:
        raise Conflict(personal())
    Repost.objects.create(post=post, of=locked, plain=plain)
    record("reposts.passed_on", actor=by, subject=post, of=locked.pk)


@transaction.atomic
def take_back(original: int, *, by: Member) -> None:
    """Take one's plain repost of a post away; nothing happens where there is none."""
    require(may_post(by))
    for row in originals.plain(by, original):
        feed.delete_post(row, by=by)


@transaction.atomic
def forbid(post: Post, *, by: Member) -> None:
    """Let nobody pass a post of one's own on; what was passed on before shows it no more."""
    row = locking.fresh(post)
    require(rules.may_forbid(by, row))
    _row, fresh = NoReposts.objects.get_or_create(post=row)
    if fresh:
        record("reposts.forbidden", actor=by, subject=row)


@transaction.atomic
def permit(post: Post, *, by: Member) -> None:
    """Let it be passed on again; earlier reposts show it again, to whom they may."""
    row = locking.fresh(post)
    require(rules.may_forbid(by, row))
    gone, _rows = NoReposts.objects.filter(post=row).delete()
    if gone:
        record("reposts.permitted", actor=by, subject=row)


def closed() -> str:
    """What is said wherever a post cannot be passed on."""
    return _("This post cannot be reposted.")


def outside() -> str:
    """Why something is passed on in its group alone."""
    return _("This was said in a group that not everybody reads. You can repost it there.")


def personal() -> str:
    """Why something personal is not passed on as a professional matter."""
    return _("This was said from the personal side of its author. Choose your personal side to repost it.")


def seen(member: Member, key: int | None) -> Post | None:
    """What a member would pass on, as far as she may find it inside a repost."""
    return originals.open_to(Viewer(member)).filter(pk=key or 0).with_author().first()
