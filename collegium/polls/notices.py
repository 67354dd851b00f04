"""Who hears that a poll is over."""

from collections.abc import Callable, Collection

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.feed import titles
from collegium.feed.holding import holders
from collegium.feed.models import Facet, Post
from collegium.journal.models import Entry
from collegium.notifications.kinds import Kind
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify, retract
from collegium.polls.models import Poll, Vote
from collegium.ties.models import Distance

OWN, VOTED = "polls.over", "polls.voted_over"
EXCERPT = 90


def over(poll: Poll) -> None:
    """Its author and those who voted, each once however often this runs.

    Whoever keeps the author away hears nothing of him: not of the muted, and not of the personal where she is kept to
    work. Whoever no longer sees the post is not shown the notice (`KINDS`).
    """
    post = poll.post
    notify(holders(post), kind=OWN, actor=None, cause=f"poll-over:{poll.pk}", subject=poll.pk)
    away = Distance.objects.filter(other=post.author_id)
    if post.facet != Facet.PERSONAL:
        away = away.exclude(rung=Distance.Rung.WORK_ONLY)
    voters = Vote.objects.filter(poll=poll).exclude(member__in=away.values("member"))
    told = list(voters.values_list("member_id", flat=True))
    notify(told, kind=VOTED, actor=None, cause=f"poll-voted-over:{poll.pk}", subject=poll.pk)


def post_deleted(entry: Entry) -> None:
    """Nobody is told any more of what is gone."""
    for kind in (OWN, VOTED):
        retract(kind=kind, subject=entry.subject)


def _asked(viewer: Viewer, keys: Collection[int]) -> dict[int, Post]:
    """The posts of these polls, as far as the viewer sees them."""
    found: dict[int, Post] = Post.objects.visible_to(viewer).filter(Q(poll__isnull=False)).in_bulk(list(keys))
    titles.give(viewer, found.values())
    return found


def _phrase(sentence: Callable[[], str]) -> Callable[[Notification], SafeString]:
    """The sentence, with the words of the question as they read now."""

    def phrase(told: Notification) -> SafeString:
        return format_html(sentence(), words=titles.quoted(told.about))

    return phrase


def _path(told: Notification) -> str:
    return f"/posts/{told.subject}/#poll-{told.subject}"


KINDS = [
    Kind(OWN, "chart-bar", _phrase(lambda: _("Your poll is over: {words}")), _path, _asked, topic="yours"),
    Kind(
        VOTED, "chart-bar", _phrase(lambda: _("A poll you voted in is over: {words}")), _path, _asked, topic="reading"
    ),
]
