"""How many posts went by their author's rule, once a week."""

from collections.abc import Collection

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from collegium.audience.viewer import Viewer
from collegium.notifications.kinds import Kind
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify

KIND = "posts_expired"
PAGE = "/settings/old-posts/"


def tell(member: int, count: int, week: str) -> None:
    """Say it once for that week."""
    notify([member], kind=KIND, actor=None, cause=f"expired:{member}:{week}", subject=member, count=count)


def _phrase(told: Notification) -> SafeString:
    count = told.data.get("count", 0)
    words = ngettext(
        "Last week %(num)s old post of yours deleted itself, by your rule.",
        "Last week %(num)s old posts of yours deleted themselves, by your rule.",
        count,
    )
    return format_html("{}", words % {"num": count})


def _own(viewer: Viewer, keys: Collection[int]) -> Collection[int]:
    """It is about oneself."""
    return [key for key in keys if key == viewer.id]


def _path(_told: Notification) -> str:
    return PAGE


KINDS = [Kind(KIND, "hourglass", _phrase, _path, _own, topic="yours")]
