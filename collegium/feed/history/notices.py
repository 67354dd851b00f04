"""Who hears that a post reads otherwise now: whoever reacted or commented, once a day."""

from collections.abc import Callable

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.feed import titles
from collegium.feed.models import Comment, Post, Reaction, State
from collegium.feed.notices import _listening, _posts_seen, _readers
from collegium.feed.pages.telling import voice
from collegium.journal.models import Entry
from collegium.lib import ids
from collegium.notifications.kinds import Kind, who
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify, retract

REACTED, COMMENTED = "post_reworded", "post_reworded_below"


def edited(entry: Entry) -> None:
    """Those who answered other words hear of it, as far as they still see the post."""
    post = Post.objects.filter(pk=entry.subject or 0).select_related("author", "page").first()
    if post is None or not entry.data.get("reworded"):
        return
    day = f"{ids.instant(entry.pk):%Y-%m-%d}"
    felt = set(Reaction.objects.filter(post=post, pk__lt=entry.pk).values_list("member_id", flat=True))
    said = Comment.objects.filter(post=post, state=State.SHOWN, pk__lt=entry.pk).values_list("author_id", flat=True)
    seeing = _readers(post).exclude(pk__in=[key for key in (post.author_id, entry.actor) if key])
    told = set(seeing.filter(pk__in=felt | set(said)).values_list("pk", flat=True))
    for kind, members in ((REACTED, felt & told), (COMMENTED, told - felt)):
        listening = _listening(sorted(members), kind, post, post.author_id)
        cause = f"reworded:{post.pk}:{day}"
        notify(listening, kind=kind, cause=cause, subject=post.pk, **voice(post, post.author_id))


def deleted(entry: Entry) -> None:
    """Nobody is told any more of what is gone."""
    for kind in (REACTED, COMMENTED):
        retract(kind=kind, subject=entry.subject)


def _phrase(sentence: Callable[[], str]) -> Callable[[Notification], SafeString]:
    def phrase(told: Notification) -> SafeString:
        return format_html(sentence(), name=who(told), words=titles.quoted(told.about))

    return phrase


def _path(told: Notification) -> str:
    return f"/posts/{told.subject}/history/"


KINDS = [
    Kind(
        REACTED,
        "history",
        _phrase(lambda: _("{name} edited a post you reacted to: {words}")),
        _path,
        _posts_seen,
        topic="reading",
    ),
    Kind(
        COMMENTED,
        "history",
        _phrase(lambda: _("{name} edited a post you commented on: {words}")),
        _path,
        _posts_seen,
        topic="reading",
    ),
]
