"""Who hears of posts in groups: those who keep a group that one waits, and its author, always, how it went and why.

What is decided is told in the name of the group: a block between its author and who decided keeps nothing from either.
"""

from collections.abc import Callable, Collection

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.audience.viewer import Viewer
from collegium.feed import titles
from collegium.feed.models import PlaceState, Post
from collegium.feed.places.sight import readers_of
from collegium.groups.models import Group, Membership
from collegium.journal.models import Entry
from collegium.notifications.kinds import Kind, who
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify, retract
from collegium.pages.models import Follow
from collegium.realtime.lines import online
from collegium.realtime.poke import poke

WAITS, LET_IN, REFUSED, EXPIRED = "place_waits", "place_let_in", "place_refused", "place_expired"
HIDDEN, SHOWN, REMOVED = "place_hidden", "place_shown", "place_removed"
# What the log of a group says of each.
LOG = {
    "feed.place_let_in": gettext_lazy("{who} let in a post by {whom}"),
    "feed.place_refused": gettext_lazy("{who} did not let in a post by {whom}"),
    "feed.place_hidden": gettext_lazy("{who} hid a post by {whom}"),
    "feed.place_shown": gettext_lazy("{who} showed a post by {whom} again"),
    "feed.place_removed": gettext_lazy("{who} removed a post by {whom}"),
    "feed.place_pinned": gettext_lazy("{who} put a post by {whom} first"),
    "feed.place_unpinned": gettext_lazy("{who} took a post by {whom} from the first place"),
    "feed.place_recommended": gettext_lazy("{who} recommended a post by {whom}"),
    "feed.place_not_recommended": gettext_lazy("{who} no longer recommends a post by {whom}"),
    "feed.place_comment_hidden": gettext_lazy("{who} hid a comment by {whom}"),
    "feed.place_topics_set": gettext_lazy("{who} changed what the group is about"),
}


def posted(entry: Entry) -> None:
    """Open walls look again, and the open homes to which the place of a post brings it."""
    post = _post(entry.subject)
    if post is None or not (post.group_id or post.page_id):
        return
    readers = readers_of(post).filter(pk__in=list(online()))
    if post.group is not None:
        poke(readers.values_list("pk", flat=True), post.group.topic)
    poke(readers.filter(_at_home(post)).values_list("pk", flat=True), "feed")


def waits(entry: Entry) -> None:
    """Those who keep the group hear; their open pages look again, and its author's."""
    post = _post(entry.subject)
    if post is None or post.group is None or post.place_state != PlaceState.WAITING:
        return
    keepers = list(Membership.objects.filter(group=post.group).keeping().values_list("member_id", flat=True))
    about = {"path": f"{post.group.path}queue/", "group": post.group.name}
    cause = f"{WAITS}:{entry.pk}"
    notify(keepers, kind=WAITS, actor=post.author_id, cause=cause, subject=post.pk, **about)
    poke([*keepers, post.author_id or 0], post.group.topic)


def let_in(entry: Entry) -> None:
    """Its author, at its new key; nobody is told any more that it waits."""
    retract(kind=WAITS, subject=entry.data["was"])
    _decided(entry, LET_IN)


def refused(entry: Entry) -> None:
    """Its author, with the words."""
    _decided(entry, REFUSED)


def expired(entry: Entry) -> None:
    """Its author; nobody is told any more that it waits."""
    post = _post(entry.subject)
    retract(kind=WAITS, subject=entry.subject)
    if post is not None and post.group is not None and post.author_id is not None:
        _tell(entry, post.group, post.author_id, EXPIRED, post.pk)


def hidden(entry: Entry) -> None:
    """Its author, with the words."""
    _decided(entry, HIDDEN)


def shown(entry: Entry) -> None:
    """Its author."""
    _decided(entry, SHOWN)


def removed(entry: Entry) -> None:
    """Its author, with the words and how it began: it is gone."""
    for kind in (WAITS, LET_IN, REFUSED, EXPIRED, HIDDEN, SHOWN):
        retract(kind=kind, subject=entry.data["post"])
    _decided(entry, REMOVED)


def deleted(entry: Entry) -> None:
    """Nobody is told any more of what is gone."""
    for kind in (WAITS, LET_IN, REFUSED, EXPIRED, HIDDEN, SHOWN):
        retract(kind=kind, subject=entry.subject)


def marked(entry: Entry) -> None:
    """Open walls look again."""
    group = _group(entry)
    if group is not None:
        _look_again(group)


def _decided(entry: Entry, kind: str) -> None:
    group, member = _group(entry), entry.data.get("member")
    retract(kind=WAITS, subject=entry.data["post"])
    if group is None:
        return
    if member and member != entry.actor:
        subject = group.pk if kind == REMOVED else entry.data["post"]
        _tell(entry, group, member, kind, subject, words=entry.data.get("words", ""), said=entry.data.get("said", ""))
    _look_again(group, member)


def _tell(entry: Entry, group: Group, member: int, kind: str, subject: int, **more: str) -> None:
    about = {"group": group.name, "path": group.path} | more
    notify([member], kind=kind, actor=None, cause=f"{kind}:{entry.pk}", subject=subject, **about)


def _look_again(group: Group, *members: int | None) -> None:
    """Pages of its members look again; others who read a public group find it when they come back."""
    inside = Membership.objects.filter(group=group, member__in=list(online())).values_list("member_id", flat=True)
    poke([*inside, *filter(None, members)], group.topic)


def _at_home(post: Post) -> Q:
    """Members to whose home its place brings a post."""
    if post.group_id is not None:
        rows = Membership.objects.filter(group=post.group_id, at_home=True)
        return Q(pk__in=rows.values("member"))
    return Q(pk__in=Follow.objects.filter(organization=post.page_id).values("member"))


def _post(key: int | None) -> Post | None:
    return Post.objects.filter(pk=key or 0).select_related("author", "group", "page").first()


def _group(entry: Entry) -> Group | None:
    return Group.objects.filter(pk=entry.subject or 0).first()


def _seen(viewer: Viewer, keys: Collection[int]) -> dict[int, Post]:
    found: dict[int, Post] = Post.objects.visible_to(viewer).in_bulk(list(keys))
    titles.give(viewer, found.values())
    return found


def _to_decide(viewer: Viewer, keys: Collection[int]) -> dict[int, Post]:
    """Posts that wait for this viewer."""
    return {key: post for key, post in _seen(viewer, keys).items() if post.place_state == PlaceState.WAITING}


def _groups(viewer: Viewer, keys: Collection[int]) -> set[int]:
    """What was removed its author is told whether or not she is still in the group."""
    return set(Group.objects.filter(pk__in=list(keys)).values_list("pk", flat=True)) if viewer else set()


def _phrase(sentence: Callable[[], str]) -> Callable[[Notification], SafeString]:
    def phrase(told: Notification) -> SafeString:
        words = told.data.get("words", "")
        why = format_html(" <q><bdi>{}</bdi></q>", words) if words else ""
        group = format_html('<b class="name"><bdi>{}</bdi></b>', told.data.get("group", ""))
        said = told.data.get("said", "")
        quoted = format_html("<q><bdi>{}</bdi></q>", said) if said else titles.quoted(_about(told))
        line = format_html(sentence(), name=who(told), group=group, post=quoted)
        return format_html("{}{}", line, why)

    return phrase


def _about(told: Notification) -> Post | None:
    about = getattr(told, "about", None)
    return about if isinstance(about, Post) else None


def _to_post(told: Notification) -> str:
    return f"/posts/{told.subject}/"


def _to_place(told: Notification) -> str:
    return str(told.data.get("path", "/groups/"))


def _of_own(name: str, icon: str, sentence: Callable[[], str]) -> Kind:
    return Kind(name, icon, _phrase(sentence), _to_post, _seen, topic="groups")


KINDS = [
    Kind(
        WAITS,
        "hourglass",
        _phrase(lambda: _("{name} posted in {group}; it waits to be let in: {post}")),
        _to_place,
        _to_decide,
        topic="groups",
    ),
    _of_own(LET_IN, "circle-check", lambda: _("Your post was let in to {group}: {post}")),
    _of_own(REFUSED, "reply", lambda: _("Your post was not let in to {group} and came back to you: {post}")),
    _of_own(EXPIRED, "reply", lambda: _("Nobody in {group} decided about your post, so it came back to you: {post}")),
    _of_own(HIDDEN, "eye-off", lambda: _("Your post in {group} was hidden: {post}")),
    _of_own(SHOWN, "eye", lambda: _("Your post in {group} is shown again: {post}")),
    Kind(
        REMOVED,
        "trash-2",
        _phrase(lambda: _("Your post was removed from {group}: {post}")),
        _to_place,
        _groups,
        topic="groups",
    ),
]
