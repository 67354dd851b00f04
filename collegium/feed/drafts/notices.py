"""Who hears of drafts: their authors alone, and only where one could not be posted at its hour."""

from collections.abc import Collection

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.feed.drafts import rows
from collegium.feed.models import Draft
from collegium.journal.models import Entry
from collegium.lib.text import excerpt
from collegium.notifications.kinds import Kind
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify

KIND = "draft_stuck"
EXCERPT = 90


def stuck(entry: Entry) -> None:
    """The author hears that it stayed a draft, and why."""
    row = Draft.objects.filter(pk=entry.subject or 0).first()
    if row is not None and row.problem:
        notify([row.author_id], kind=KIND, actor=None, cause=f"draft:{entry.pk}", subject=row.pk)


def _seen(viewer: Viewer, keys: Collection[int]) -> dict[int, Draft]:
    """Those that still cannot be posted: gone on with, posted or deleted, nothing is said of them any more."""
    return rows.kept(viewer.me).exclude(problem="").in_bulk(list(keys)) if viewer else {}


def _phrase(told: Notification) -> SafeString:
    row: Draft | None = getattr(told, "about", None)
    words = excerpt(row.values.get("body", ""), EXCERPT) if row is not None else ""
    why = row.problem if row is not None else ""
    sentence = _("A post of yours could not be posted at its hour and is kept as a draft: {words} {why}")
    return format_html(sentence, words=format_html("<q><bdi>{}</bdi></q>", words), why=why)


def _path(told: Notification) -> str:
    return f"/posts/drafts/{told.subject}/"


KINDS = [Kind(KIND, "clock", _phrase, _path, _seen, topic="yours")]
