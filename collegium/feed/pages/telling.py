"""What those who work on a page hear of what it said: bundled, one line a day for each post and each comment.

And how news of what a page did names it: by the page, whoever of its people did it.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.feed import titles
from collegium.feed.holding import holders
from collegium.feed.models import Comment, Post
from collegium.lib import clock
from collegium.notifications.kinds import Kind
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify, retract
from collegium.pages import rules as pages

COMMENTED, REACTED, REPLIED, REACTED_TO_COMMENT = (
    "page_commented",
    "page_reacted",
    "page_replied",
    "page_reacted_to_comment",
)


def voice(thing: Post | Comment | None, actor: int | None) -> dict[str, Any]:
    """Who did it, as `notify` takes it: the person, or the page that said the thing.

    Args:
        thing: what the page said, or what it keeps.
        actor: the person who did it, where no page did.
    """
    page = thing.page if thing is not None else None
    return {"actor": actor} if page is None else {"actor": None, "speaker": page.name}


def told(thing: Post | Comment, kind: str, *, but: Iterable[int | None] = ()) -> None:
    """Tell those who speak for the page of a thing, once a day."""
    cause = f"{kind}:{thing.pk}:{clock.now():%Y-%m-%d}"
    notify(set(holders(thing)) - set(but), kind=kind, actor=None, cause=cause, subject=thing.pk)


def untold(thing: Post | Comment, kind: str) -> None:
    """Where nobody reacts to it any more, nothing is told of it either."""
    thing.refresh_from_db(fields=["reaction_count"])
    if not thing.reaction_count:
        retract(kind=kind, subject=thing.pk)


def gone(post: int, comments: Collection[int]) -> None:
    """Nobody is told any more of what is gone."""
    for kind in (COMMENTED, REACTED):
        retract(kind=kind, subject=post)
    for key in comments:
        for kind in (REPLIED, REACTED_TO_COMMENT):
            retract(kind=kind, subject=key)


def _posts(viewer: Viewer, keys: Collection[int]) -> dict[int, Post]:
    """Of these posts those of pages for which the viewer speaks now."""
    mine = pages.spoken_for(viewer.member)
    rows = Post.objects.visible_to(viewer).filter(page__in=mine).select_related("page")
    found: dict[int, Post] = rows.in_bulk(list(keys))
    titles.give(viewer, found.values())
    return found


def _comments(viewer: Viewer, keys: Collection[int]) -> dict[int, Comment]:
    mine = pages.spoken_for(viewer.member)
    return Comment.objects.visible_to(viewer).filter(page__in=mine).select_related("page").in_bulk(list(keys))


def _phrase(sentence: Callable[[], str]) -> Callable[[Notification], SafeString]:
    def phrase(row: Notification) -> SafeString:
        page = getattr(row.about, "page", None)
        name = format_html('<b class="name"><bdi>{}</bdi></b>', page.name if page is not None else "")
        return format_html(sentence(), page=name, words=titles.quoted(row.about))

    return phrase


def _to_post(row: Notification) -> str:
    return f"/posts/{row.subject}/"


def _to_comment(row: Notification) -> str:
    return f"/comments/{row.subject}/"


KINDS = [
    Kind(
        COMMENTED,
        "message-circle",
        _phrase(lambda: _("There are new comments on what {page} posted: {words}")),
        _to_post,
        _posts,
        topic="comments",
    ),
    Kind(
        REACTED,
        "thumbs-up",
        _phrase(lambda: _("There are new reactions to what {page} posted: {words}")),
        _to_post,
        _posts,
        topic="reactions",
    ),
    Kind(
        REPLIED,
        "reply",
        _phrase(lambda: _("There are new replies to what {page} commented: {words}")),
        _to_comment,
        _comments,
        topic="comments",
    ),
    Kind(
        REACTED_TO_COMMENT,
        "thumbs-up",
        _phrase(lambda: _("There are new reactions to what {page} commented: {words}")),
        _to_comment,
        _comments,
        topic="reactions",
    ),
]
