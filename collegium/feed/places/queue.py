"""The verbs of what waits: let it in, send it back, let its time run out, send it again.

Each locks the post first, so that of two decisions the second finds the first.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.feed.locking import fresh
from collegium.feed.models import Held, PlaceState, Post, PostQuerySet
from collegium.feed.places import posting, rekeying, seats
from collegium.groups import rules as groups
from collegium.groups.models import Group
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member

# So long a post waits.
PATIENCE = timedelta(days=14)


def waiting(group: Group) -> PostQuerySet:
    """What waits in a group, of authors in good standing. Who may see it is asked of who looks."""
    found = Post.objects.filter(group=group, place_state=PlaceState.WAITING)
    return found.filter(author__standing=Member.Standing.ACTIVE)


@transaction.atomic
def let_in(row: Post, *, by: Member) -> Post:
    """Show what waited, from now on; twice is once.

    Raises:
        Conflict: somebody decided otherwise meanwhile, or its author is no longer in the group.
    """
    row = fresh(row)
    require(seats.keeps(by, row))
    if row.place_state == PlaceState.SHOWN:
        return row
    if row.place_state != PlaceState.WAITING:
        raise Conflict(decided())
    if row.group is None or groups.role(row.author, row.group) is None:
        raise Conflict(_("Its author is no longer in the group."))
    was = row.pk
    row = _show(row)
    data = {"post": row.pk, "was": was, "member": row.author_id}
    record("feed.place_let_in", actor=by, subject=row.group_id, **data)
    record("feed.posted", actor=row.author, subject=row, mentioned=posting.named_in(row))
    return row


@transaction.atomic
def refuse(row: Post, *, by: Member, words: str = "") -> None:
    """Send what waited back to its author, with words; twice is once.

    Raises:
        Conflict: somebody decided otherwise meanwhile.
    """
    row = fresh(row)
    require(seats.keeps(by, row))
    if row.place_state == PlaceState.RETURNED:
        return
    if row.place_state != PlaceState.WAITING:
        raise Conflict(decided())
    _send_back(row, by=by, words=words, outcome=Held.Outcome.REFUSED)
    record("feed.place_refused", actor=by, subject=row.group_id, post=row.pk, member=row.author_id, words=words)


@transaction.atomic
def expire(key: int) -> bool:
    """Send back what nobody decided about for so long; whether it was."""
    row = Post.objects.select_for_update(no_key=True).filter(pk=key, place_state=PlaceState.WAITING).first()
    if row is None or not Held.objects.filter(post=row, since__lte=clock.now() - PATIENCE).exists():
        return False
    _send_back(row, by=None, words="", outcome=Held.Outcome.EXPIRED)
    record("feed.place_expired", subject=row, group=row.group_id)
    return True


@transaction.atomic
def send_again(row: Post, *, by: Member) -> Post:
    """Send what came back once more, as the group and its author stand now.

    Raises:
        Conflict: it is not hers to send any more.
    """
    row = fresh(row)
    require(by.is_active and row.author_id == by.pk and row.group is not None)
    if row.place_state != PlaceState.RETURNED or row.group is None:
        raise Conflict(decided())
    slugs = list(row.post_topics.values_list("topic__slug", flat=True))
    place = posting.columns(by, row.group, slugs)
    if place["place_state"] == PlaceState.SHOWN:
        row = _show(row)
    else:
        row.place_state = PlaceState.WAITING
        row.save(update_fields=["place_state"])
    posting.told(row, by, posting.named_in(row))
    return row


def decided() -> str:
    """What is said to whoever comes second."""
    return _("Somebody has decided about this post meanwhile.")


def _show(row: Post) -> Post:
    """Put it on the wall: for the first time as of now, changed words in the place they had."""
    again = Held.objects.filter(post=row, again=True).exists()
    Held.objects.filter(post=row).delete()
    row.place_state = PlaceState.SHOWN
    row.save(update_fields=["place_state"])
    return row if again else rekeying.anew(row)


def _send_back(row: Post, *, by: Member | None, words: str, outcome: str) -> None:
    row.place_state = PlaceState.RETURNED
    row.save(update_fields=["place_state"])
    told = {"since": clock.now(), "by": by, "words": words, "outcome": outcome}
    Held.objects.update_or_create(post=row, defaults=told)
