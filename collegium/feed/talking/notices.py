"""Who hears of what is decided about comments: the keepers that one waits, and its writer, always, how it went."""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.feed import titles
from collegium.feed.holding import holders
from collegium.feed.models import Comment, HeldComment, Post, State
from collegium.feed.notices import _posts_seen, comment_of, look_again, tell_of
from collegium.feed.pages.telling import voice
from collegium.feed.talking.queues import keepers, waiting_for
from collegium.journal.models import Entry
from collegium.notifications.kinds import Kind, who
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify, retract
from collegium.pages import rules as pages
from collegium.realtime.poke import poke


def waits(entry: Entry) -> None:
    """Those who keep the conversation hear that something waits, and their open pages look again; nobody else's do."""
    said = comment_of(entry)
    if said is None or not entry.data.get("waits") or said.state != State.WAITING:
        return
    told = keepers(said.post)
    waiting: dict[str, Any] = {
        "kind": "comment_waits",
        "cause": f"waiting:{said.pk}",
        "subject": said.pk,
        "post": said.post_id,
    }
    notify(told, **waiting, **voice(said, said.author_id))
    poke([*told, *holders(said)], f"post-{said.post_id}")


def let_in(entry: Entry) -> None:
    """The writer hears; and whom the comment concerns, as if it were said now. Who let it in knows of it."""
    said = _decided(entry, "comment_let_in")
    if said is not None and said.is_shown:
        tell_of(said, known=[entry.actor or 0])
    look_again(entry)


def refused(entry: Entry) -> None:
    """The writer hears, and her open pages look again with those of the keepers."""
    said = _decided(entry, "comment_refused")
    if said is not None:
        poke([*keepers(said.post), *holders(said)], f"post-{said.post_id}")


def hidden(entry: Entry) -> None:
    """The writer hears, and those whose replies went out of sight with it."""
    said = _decided(entry, "comment_hidden")
    if said is not None:
        below = said.replies.filter(state=State.SHOWN).select_related("post__page")
        for reply in below:
            if {reply.author_id, reply.page_id} - {None} & {said.author_id, said.page_id, entry.actor} == set():
                _outcome(entry, reply, "reply_hidden")
    look_again(entry)


def shown(entry: Entry) -> None:
    """The writer hears that it stands there again."""
    _decided(entry, "comment_shown")
    look_again(entry)


def deleted(entry: Entry) -> None:
    """Somebody whose comment the author of the post deleted hears of it."""
    writers, key = entry.data.get("writers", []), entry.data["post"]
    if writers and entry.actor not in writers:
        post = Post.objects.filter(pk=key).select_related("page").first()
        by = voice(post, entry.actor)
        notify(writers, kind="comment_deleted", cause=f"outcome:{entry.pk}", subject=key, **by)


def host_asked(entry: Entry) -> None:
    """Who is asked to keep a conversation hears."""
    cause = f"host:{entry.subject}:{entry.pk}"
    notify([entry.data["member"]], kind="host_asked", actor=entry.actor, cause=cause, subject=entry.subject)


def host_dropped(entry: Entry) -> None:
    """What she was told is over; nobody is told."""
    if not Post.objects.filter(pk=entry.subject or 0, cohosts__member=entry.data["member"]).exists():
        for told in Notification.objects.filter(
            kind="host_asked", subject=entry.subject, recipient=entry.data["member"]
        ):
            retract(cause=told.cause)


def _decided(entry: Entry, kind: str) -> Comment | None:
    """Tell the writer; what the keepers were told of its waiting is over."""
    retract(cause=f"waiting:{entry.subject}")
    said = comment_of(entry)
    if said is not None:
        _outcome(entry, said, kind)
    return said


def _outcome(entry: Entry, said: Comment, kind: str) -> None:
    """However near she keeps the one who decided: what became of her own words she is always told."""
    cause = f"outcome:{entry.pk}:{said.pk}"
    told: dict[str, Any] = {"kind": kind, "cause": cause, "subject": said.pk, "post": said.post_id}
    if kind == "comment_hidden" and (why := HeldComment.objects.filter(comment=said).exclude(words="").first()):
        told["words"] = why.words
    notify(set(holders(said)) - {entry.actor}, **told, **voice(said.post, entry.actor))


def _own(viewer: Viewer, keys: Collection[int]) -> dict[int, Comment]:
    """Her own comments, whatever became of them, under posts she sees."""
    posts = Post.objects.visible_to(viewer)
    mine = Q(author=viewer.id) | Q(page__in=pages.spoken_for(viewer.member))
    rows = Comment.objects.filter(mine, pk__in=list(keys), post__in=posts).exclude(state=State.GONE)
    return {row.pk: row for row in rows}


def _to_decide(viewer: Viewer, keys: Collection[int]) -> dict[int, Comment]:
    """Comments that wait under posts the viewer sees and keeps."""
    return {row.pk: row for row in waiting_for(viewer).filter(pk__in=list(keys))}


def _phrase(sentence: Callable[[], str]) -> Callable[[Notification], SafeString]:
    def phrase(told: Notification) -> SafeString:
        why = told.data.get("words", "")
        line = format_html(sentence(), name=who(told), words=titles.quoted(told.about))
        return format_html("{} <q><bdi>{}</bdi></q>", line, why) if why else line

    return phrase


def _to_post(told: Notification) -> str:
    return f"/posts/{told.data.get('post', told.subject)}/"


def _to_comment(told: Notification) -> str:
    return f"/comments/{told.subject}/"


def _to_talk(told: Notification) -> str:
    return f"/posts/{told.data.get('post', 0)}/conversation/"


def _of_own(name: str, icon: str, sentence: Callable[[], str]) -> Kind:
    return Kind(name, icon, _phrase(sentence), _to_comment, _own, topic="comments")


KINDS = [
    Kind(
        "comment_waits",
        "hourglass",
        _phrase(lambda: _("{name} commented; it waits for you: {words}")),
        _to_talk,
        _to_decide,
        topic="comments",
    ),
    _of_own("comment_let_in", "circle-check", lambda: _("{name} let your comment in: {words}")),
    _of_own("comment_refused", "eye-off", lambda: _("{name} did not let your comment in: {words}")),
    _of_own("comment_hidden", "eye-off", lambda: _("{name} hid your comment: {words}")),
    _of_own("comment_shown", "eye", lambda: _("{name} shows your comment again: {words}")),
    Kind(
        "reply_hidden",
        "eye-off",
        _phrase(lambda: _("{name} hid the comment you replied to, and with it your reply: {words}")),
        _to_post,
        _own,
        topic="comments",
    ),
    Kind(
        "comment_deleted",
        "trash-2",
        _phrase(lambda: _("{name} deleted your comment under this post: {words}")),
        _to_post,
        _posts_seen,
        topic="comments",
    ),
    Kind(
        "host_asked",
        "shield",
        _phrase(lambda: _("{name} asked you to keep the conversation in order under this post: {words}")),
        _to_post,
        _posts_seen,
        topic="mentions",
    ),
]
