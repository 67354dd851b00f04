"""Who hears of a repost, and in which words."""

from collections.abc import Collection

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.feed.holding import holders
from collegium.feed.models import Post
from collegium.feed.pages.telling import voice
from collegium.journal.models import Entry
from collegium.members.models import Member
from collegium.notifications.kinds import Kind, who
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify, retract
from collegium.reposts.models import Repost
from collegium.ties.models import Distance

TOLD = "reposts.reposted"


def passed_on(entry: Entry) -> None:
    """The author of the original, where she sees the repost and reads whoever made it; of a page who speaks for it."""
    row = Repost.objects.filter(post=entry.subject or 0).select_related("of__author", "post__page").first()
    if row is None or row.of is None:
        return
    hearing = Member.objects.active().filter(pk__in=holders(row.of)).exclude(pk=entry.actor or 0)
    away = Distance.objects.filter(other=entry.actor).values("member")
    told = [each.pk for each in hearing.exclude(pk__in=away) if _seen(Viewer(each), [row.post_id])]
    notify(told, kind=TOLD, cause=f"repost:{row.pk}", subject=row.pk, **voice(row.post, entry.actor))


def gone(entry: Entry) -> None:
    """A post is deleted: nobody is told any more that it passed something on."""
    retract(kind=TOLD, subject=entry.subject)


def _seen(viewer: Viewer, keys: Collection[int]) -> dict[int, Post]:
    return Post.objects.visible_to(viewer).in_bulk(list(keys))


def _words(told: Notification) -> SafeString:
    return format_html(_("{name} reposted a post of yours"), name=who(told))


def _path(told: Notification) -> str:
    return f"/posts/{told.subject}/"


KINDS = [Kind(TOLD, "repeat-2", _words, _path, _seen, topic="reactions")]
