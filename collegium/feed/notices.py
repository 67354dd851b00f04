"""Who hears of what happens to posts, in which words, and which open pages look again."""

from collections.abc import Callable, Collection, Iterable
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.audience.rule import IN_PLACE, readers
from collegium.audience.viewer import Viewer
from collegium.career.announcing import print_of, sentence
from collegium.career.models import Item
from collegium.feed import actions, selecting, titles
from collegium.feed.models import Comment, Facet, Post
from collegium.feed.pages import telling
from collegium.feed.places.sight import readers_of
from collegium.feed.sides.asked import AsksFor
from collegium.journal.models import Entry
from collegium.members.models import Member, MemberQuerySet
from collegium.notifications.kinds import Kind, who
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify, retract
from collegium.realtime.lines import online
from collegium.realtime.poke import poke
from collegium.ties.models import Connection, Distance, Follow

EXCERPT = 90
# What is said to somebody, not only under something of hers.
DIRECT = {"mentioned", "mentioned_in_comment", "replied"}


def posted(entry: Entry) -> None:
    """Those who are named hear; open home pages of those who see the post and asked for its side look again.

    Who is named hears of it whichever side of the author she reads: it is said to her.
    """
    post = _post(entry.subject)
    if post is None:
        return
    _mentioned(entry, post)
    if post.audience == IN_PLACE:
        # Whose home it comes to is said by its place (`places.notices`).
        return
    read_by = Q(pk__in=Connection.objects.filter(member=post.author_id).values("other_id")) | Q(
        pk__in=Follow.objects.filter(followee=post.author_id).values("follower_id")
    )
    poke(_looking(post).filter(read_by, AsksFor(post)).values_list("pk", flat=True), "feed")


def announced(entry: Entry) -> None:
    """A change that its owner wanted told becomes a post of hers: she may edit it, and people may congratulate."""
    author = Member.objects.active().filter(pk=entry.actor or 0).first()
    item = Item.objects.of(author).kept().filter(pk=entry.subject or 0).first() if author is not None else None
    if author is None or item is None:
        return
    words = sentence(item)
    # Exactly what she was shown, and once however often this is heard; changed meanwhile, it is not told.
    if print_of(words) == entry.data["said"]:
        key = uuid5(NAMESPACE_OID, f"announced:{item.pk}:{entry.data['said']}")
        actions.post(author, words, audience=entry.data["audience"], form_key=key)


def post_edited(entry: Entry) -> None:
    """People newly named hear; open pages with the post look again."""
    post = _post(entry.subject)
    if post is not None:
        _mentioned(entry, post)
        _look_again(post)


def post_deleted(entry: Entry) -> None:
    """Nobody is told any more of what is gone."""
    for kind in ("mentioned", "reacted", "host_asked", "comment_deleted"):
        retract(kind=kind, subject=entry.subject)
    telling.gone(entry.subject or 0, entry.data["comments"])
    _retract_comments(entry.data["comments"])


def commented(entry: Entry) -> None:
    """The author of the post, the one replied to, and those named hear, each once; not while it waits."""
    said = comment_of(entry)
    if said is not None and said.is_shown:
        tell_of(said)
        _look_again(said.post)


def tell_of(said: Comment, *, known: Collection[int] = ()) -> None:
    """Tell those whom a comment concerns, now that it is shown.

    Args:
        said: the comment.
        known: who knows of it already.
    """
    told: dict[int, str] = {}
    if said.post.author_id is not None:
        told[said.post.author_id] = "commented"
    if said.parent is not None and said.parent.author_id is not None and not said.parent.is_gone:
        told[said.parent.author_id] = "replied"
    for member in said.mentions.values_list("member_id", flat=True):
        told[member] = "mentioned_in_comment"
    seeing = set(_readers(said.post).filter(pk__in=told).exclude(pk__in=known).values_list("pk", flat=True))
    for member, kind in told.items():
        if member in seeing and _listening([member], kind, said.post, said.author_id):
            heard: dict[str, Any] = {"kind": kind, "cause": f"comment:{said.pk}", "subject": said.pk}
            notify({member} - {said.written_by_id}, **heard, **telling.voice(said, said.author_id))
    _tell_pages(said)


def _tell_pages(said: Comment) -> None:
    """Those who speak for the page under whose words it stands."""
    besides = [said.author_id, said.written_by_id]
    if said.post.page_id is not None:
        telling.told(said.post, telling.COMMENTED, but=besides)
    if said.parent is not None and said.parent.page_id is not None and not said.parent.is_gone:
        telling.told(said.parent, telling.REPLIED, but=besides)


def comment_changed(entry: Entry) -> None:
    """People newly named hear; open pages look again."""
    said = comment_of(entry)
    if said is None:
        return
    if said.is_shown:
        kind, cause = "mentioned_in_comment", f"comment:{said.pk}"
        named = _listening(entry.data["mentioned"], kind, said.post, said.author_id)
        notify(named, kind=kind, cause=cause, subject=said.pk, **telling.voice(said, said.author_id))
    if said.is_shown or entry.data.get("waits"):
        _look_again(said.post)


def comment_of(entry: Entry) -> Comment | None:
    """The comment an entry is about, if it is still there."""
    rows = Comment.objects.filter(pk=entry.subject or 0)
    said = rows.select_related("post__author", "post__page", "parent", "page").first()
    return None if said is None or said.is_gone else said


def look_again(entry: Entry) -> None:
    """Open pages with the post look again."""
    if (post := _post(entry.data.get("post") or entry.subject)) is not None:
        _look_again(post)


def comment_deleted(entry: Entry) -> None:
    """Nobody is told any more of what is gone; open pages look again."""
    telling.gone(0, entry.data["comments"])
    _retract_comments(entry.data["comments"])
    if (post := _post(entry.data["post"])) is not None:
        _look_again(post)


def reacted(entry: Entry) -> None:
    """The author hears once of each person's reaction, however often it changes."""
    kind = "reacted" if entry.data["target"] == "post" else "reacted_to_comment"
    thing = _post(entry.subject) if kind == "reacted" else Comment.objects.filter(pk=entry.subject or 0).first()
    post = _post(entry.data["post"])
    if thing is not None and post is not None and entry.data["fresh"]:
        if thing.author_id is None:
            telling.told(thing, f"page_{kind}", but=[entry.actor])
        else:
            told = _listening([thing.author_id], kind, post, entry.actor)
            notify(told, kind=kind, actor=entry.actor, cause=_reaction(entry), subject=thing.pk)
    if post is not None:
        _look_again(post)


def unreacted(entry: Entry) -> None:
    """A reaction taken back is untold."""
    retract(cause=_reaction(entry))
    kind = "reacted" if entry.data["target"] == "post" else "reacted_to_comment"
    rows: Any = Post.objects if kind == "reacted" else Comment.objects
    if (thing := rows.filter(pk=entry.subject or 0, page__isnull=False).first()) is not None:
        telling.untold(thing, f"page_{kind}")
    if (post := _post(entry.data["post"])) is not None:
        _look_again(post)


def parted(entry: Entry) -> None:
    """After a parting, or a change of distance, the pages of the one who did it look again; the other is not told."""
    if entry.actor is not None:
        poke([entry.actor], "feed")


def _reaction(entry: Entry) -> str:
    return f"reaction:{entry.data['target']}:{entry.subject}:{entry.actor}"


def _post(key: int | None) -> Post | None:
    return Post.objects.filter(pk=key or 0).select_related("author", "page").first()


def _readers(post: Post) -> MemberQuerySet:
    """Who sees the post."""
    if post.audience == IN_PLACE or post.author is None:
        return readers_of(post)
    if post.selection:
        named = selecting.seen_by(post.author, selecting.choice_of(post), post.facet).values("pk")
        return Member.objects.active().filter(Q(pk__in=named) | Q(pk=post.author_id))
    return readers(post.author, post.audience, personal=post.facet == Facet.PERSONAL)


def _listening(members: Iterable[int], kind: str, post: Post, actor: int | None) -> list[int]:
    """Those of these members who want to hear this of this person (`network.distance` says what each rung means).

    Of the muted, and of those kept to work where it is about something personal, only what is said directly to her; of
    the restricted nothing. Judged when it happens: coming nearer again brings no heap of old news.
    """
    told = list(members)
    kept = dict(Distance.objects.filter(member__in=told, other=actor).values_list("member_id", "rung"))
    direct = kind in DIRECT
    return [member for member in told if _hears(kept.get(member), direct, post.facet == Facet.PERSONAL)]


def _hears(rung: int | None, direct: bool, personal: bool) -> bool:
    match rung:
        case None:
            return True
        case Distance.Rung.RESTRICTED:
            return False
        case Distance.Rung.WORK_ONLY:
            return direct or not personal
        case _:
            return direct


def _looking(post: Post) -> MemberQuerySet:
    """The members who see the post and have a page open."""
    return _readers(post).filter(pk__in=list(online()))


def _look_again(post: Post) -> None:
    poke(_looking(post).values_list("pk", flat=True), f"post-{post.pk}")


def _mentioned(entry: Entry, post: Post) -> None:
    """Tell those named who may see the post."""
    seeing = _readers(post).filter(pk__in=entry.data["mentioned"]).values_list("pk", flat=True)
    named = _listening(seeing, "mentioned", post, post.author_id)
    named = [member for member in named if member != post.written_by_id]
    voice = telling.voice(post, post.author_id)
    notify(named, kind="mentioned", cause=f"mention:{post.pk}", subject=post.pk, **voice)


def _retract_comments(keys: list[int]) -> None:
    for key in keys:
        retract(cause=f"comment:{key}")
        retract(cause=f"waiting:{key}")
        retract(kind="reacted_to_comment", subject=key)


def _posts_seen(viewer: Viewer, keys: Collection[int]) -> dict[int, Post]:
    found: dict[int, Post] = Post.objects.visible_to(viewer).in_bulk(list(keys))
    titles.give(viewer, found.values())
    return found


def _comments_seen(viewer: Viewer, keys: Collection[int]) -> dict[int, Comment]:
    return Comment.objects.visible_to(viewer).in_bulk(list(keys))


def _phrase(sentence: Callable[[], str]) -> Callable[[Notification], SafeString]:
    """The sentence with the actor's name in it and the words it is about, as they read now."""

    def phrase(told: Notification) -> SafeString:
        return format_html(sentence(), name=who(told), words=titles.quoted(told.about))

    return phrase


def _post_path(told: Notification) -> str:
    return f"/posts/{told.subject}/"


def _comment_path(told: Notification) -> str:
    return f"/comments/{told.subject}/"


def _about_post(name: str, icon: str, topic: str, sentence: Callable[[], str]) -> Kind:
    return Kind(name, icon, _phrase(sentence), _post_path, _posts_seen, topic=topic)


def _about_comment(name: str, icon: str, topic: str, sentence: Callable[[], str]) -> Kind:
    return Kind(name, icon, _phrase(sentence), _comment_path, _comments_seen, topic=topic)


KINDS = [
    _about_post("mentioned", "at-sign", "mentions", lambda: _("{name} mentioned you in a post: {words}")),
    _about_comment(
        "mentioned_in_comment", "at-sign", "mentions", lambda: _("{name} mentioned you in a comment: {words}")
    ),
    _about_comment("commented", "message-circle", "comments", lambda: _("{name} commented on your post: {words}")),
    _about_comment("replied", "reply", "comments", lambda: _("{name} replied to your comment: {words}")),
    _about_post("reacted", "thumbs-up", "reactions", lambda: _("{name} reacted to your post {words}")),
    _about_comment("reacted_to_comment", "thumbs-up", "reactions", lambda: _("{name} reacted to your comment {words}")),
]
