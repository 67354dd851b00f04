"""How the pages say when, who and what: days, clocks, readers, signs."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.lib import clock
from collegium.members.models import Member

SIGN_WORDS = {
    "👍": gettext_lazy("Agreed"),
    "❤️": gettext_lazy("Lovely"),
    "😄": gettext_lazy("Funny"),
    "🎉": gettext_lazy("Congratulations"),
    "🤔": gettext_lazy("Thinking"),
    "🙏": gettext_lazy("Thank you"),
}
FILE_WORDS = {
    "picture": gettext_lazy("A picture"),
    "voice": gettext_lazy("A voice message"),
    "file": gettext_lazy("A file"),
}
WEEK = timedelta(days=7)
NAMED = 3


def on_the_clock(instant: datetime) -> str:
    """The time of day; the browser writes the reader's own."""
    return formats.time_format(timezone.localtime(instant), "TIME_FORMAT")


def day_words(instant: datetime) -> str:
    """The day as one says it: today, yesterday, a weekday of this week, else the date."""
    day = timezone.localdate(instant)
    today = timezone.localdate(clock.now())
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    if timedelta() < today - day < WEEK:
        return formats.date_format(day, "l")
    return _date(day)


def seen_by(readers: Sequence[Member], others: int) -> str:
    """Who has read the newest message; in a conversation of two that it was read.

    Args:
        readers: those who have, and show it.
        others: how many people there are besides the reader of the page.
    """
    if not readers:
        return ""
    if others == 1:
        return _("Seen")
    if len(readers) == others:
        return _("Seen by everybody")
    return _("Seen by %(names)s") % {"names": names(readers)}


def typing(people: Sequence[Member]) -> str:
    """Who is writing now."""
    if not people:
        return ""
    if len(people) == 1:
        return _("%(name)s is writing") % {"name": people[0].name}
    return _("%(names)s are writing") % {"names": names(people)}


def names(people: Sequence[Member]) -> str:
    """Some names, and how many more."""
    shown = ", ".join(each.name for each in people[:NAMED])
    rest = len(people) - NAMED
    return (
        shown
        if rest <= 0
        else ngettext("%(names)s and %(num)s more", "%(names)s and %(num)s more", rest)
        % {
            "names": shown,
            "num": rest,
        }
    )


def file_words(kind: str | None) -> str:
    """What stands for a message without words, where its files are not shown; empty where it has none.

    Args:
        kind: of its first file.
    """
    return str(FILE_WORDS[kind]) if kind else ""


def _date(day: date) -> str:
    return formats.date_format(day, "DATE_FORMAT")
