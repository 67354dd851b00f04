"""What follows when a comment comes or goes, under the lock of its post: the counter, the pin, the place it leaves."""

from datetime import datetime
from math import ceil

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.feed.models import Comment, Mention, Post, Reaction, State
from collegium.feed.models.talk import STANDING
from collegium.lib import clock
from collegium.lib.refusal import Refusal

# Stands where words were; the column wants some.
NOTHING = "…"
# A wait of up to so many minutes is told in minutes, a longer one in hours.
MINUTES = 90


class TooSoon(Refusal):
    """The conversation goes slowly; carries when this person may speak again."""

    def __init__(self, due: datetime) -> None:
        super().__init__(_("This conversation goes slowly. You can comment again in %(wait)s.") % {"wait": _wait(due)})
        self.due = due


def _wait(due: datetime) -> str:
    """How long, in words, rounded up: whoever comes back then is let in."""
    minutes = max(1, ceil((due - clock.now()).total_seconds() / 60))
    if minutes <= MINUTES:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    hours = ceil(minutes / 60)
    return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}


def counted(post: Post) -> int:
    """How many comments stand under the post, the hidden with their replies left out."""
    under = Q(parent=None) | Q(parent__state__in=STANDING)
    return Comment.objects.filter(under, post=post, state=State.SHOWN).count()


def settle(post: Post) -> None:
    """Count anew, and take the pin off what is not shown any more."""
    kept = Comment.objects.filter(pk=post.pinned_id or 0, state=State.SHOWN).exists()
    pinned = post.pinned_id if kept else None
    Post.objects.filter(pk=post.pk).update(comment_count=counted(post), pinned=pinned)


def leave_place(said: Comment) -> None:
    """Take words, names and reactions off a comment; its place stays for the replies."""
    Mention.objects.filter(comment=said).delete()
    Reaction.objects.filter(comment=said).delete()
    said.state, said.body, said.html, said.reaction_count = State.GONE, NOTHING, "", 0
    said.edited_at, said.form_key = None, None
    said.save(update_fields=["state", "body", "html", "reaction_count", "edited_at", "form_key"])
