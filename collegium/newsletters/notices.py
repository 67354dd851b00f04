"""Who hears of an issue: those who asked for it and see it. And what ends when two people part."""

from collections.abc import Collection

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.feed.models import Post
from collegium.journal.models import Entry
from collegium.newsletters import tasks
from collegium.newsletters.models import Issue, Subscription
from collegium.newsletters.sending import TOLD
from collegium.notifications.kinds import Kind, who
from collegium.notifications.models import Notification


def issued(entry: Entry) -> None:
    """It goes out in a job of its own: a mail server that is slow keeps nobody else waiting."""
    tasks.send.defer(issue=entry.subject or 0)


def blocked(entry: Entry) -> None:
    """Neither reads the other's newsletters any more, and unblocking does not bring that back."""
    if entry.actor is None or entry.subject is None:
        return
    here = Q(newsletter__owner=entry.actor, member=entry.subject)
    there = Q(newsletter__owner=entry.subject, member=entry.actor)
    Subscription.objects.filter(here | there).delete()


def _seen(viewer: Viewer, keys: Collection[int]) -> dict[int, Issue]:
    """The issues whose article this viewer sees now."""
    rows = Issue.objects.filter(pk__in=keys, article__post__in=Post.objects.visible_to(viewer))
    return {
        row.pk: row for row in rows.select_related("newsletter", "article").defer("article__html", "article__source")
    }


def _words(told: Notification) -> SafeString:
    issue: Issue = told.about
    series = format_html("<bdi>{}</bdi>", issue.newsletter.name)
    title = format_html("<q><bdi>{}</bdi></q>", issue.article.title)
    return format_html(_("{name} published an issue of {series}: {title}"), name=who(told), series=series, title=title)


def _path(told: Notification) -> str:
    """The issue, which leads on to its article; a notice that is opened knows its row no more."""
    return f"/newsletters/issues/{told.subject}/"


KINDS = [Kind(TOLD, "mail", _words, _path, _seen, topic="reading")]
