"""The verbs on what came in from elsewhere, for all of it at once: who sees the posts, taken back, forgotten."""

from django.db import transaction

from collegium.feed import actions as feed
from collegium.feed import rules
from collegium.feed.models import Origin, Post, Selection
from collegium.feed.selecting import Choice
from collegium.journal.record import record
from collegium.lib.refusal import require
from collegium.members.models import Member
from collegium.portability.elsewhere.models import Remark

# So many posts go at a time, each with all that was said under it.
AT_ONCE = 300


@transaction.atomic
def show(audience: int, *, by: Member) -> int:
    """Let these see all her posts from elsewhere, except those for which she named people. It holds at once.

    Returns:
        How many it changed for.
    """
    require(rules.may_post(by) and rules.may_choose(by, Choice(audience)))
    mine = Post.objects.filter(author=by, origin=Origin.LINKEDIN, selection=Selection.NONE)
    changed = mine.exclude(audience=audience).update(audience=audience)
    record("portability.posts_shown", actor=by, subject=by, audience=audience, posts=changed)
    return changed


@transaction.atomic
def take_back(*, by: Member) -> int:
    """Delete her posts from elsewhere, a bounded number at a time.

    Returns:
        How many are left.
    """
    require(rules.may_post(by))
    mine = Post.objects.filter(author=by, origin=Origin.LINKEDIN)
    for post in mine.order_by("-pk")[:AT_ONCE]:
        feed.delete_post(post, by=by)
    record("portability.posts_taken_back", actor=by, subject=by)
    return mine.count()


@transaction.atomic
def forget(*, by: Member) -> None:
    """Delete everything that is kept for her eyes alone."""
    require(rules.may_post(by))
    Remark.objects.filter(member=by).delete()
    record("portability.remarks_forgotten", actor=by, subject=by)
