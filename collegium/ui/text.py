"""Numbers and times as a reader of this language writes them."""

from datetime import UTC, datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.lib import clock

MINUTE, HOUR, DAY, WEEK = 60, 3600, 86_400, 604_800
THOUSAND, MILLION = 1_000, 1_000_000


def number(value: float) -> str:
    """`1234` as `1,234`, or as the reader's locale writes it."""
    return formats.number_format(value, use_l10n=True, force_grouping=True)


def compact(value: int) -> str:
    """`12345` as `12K`: for counts beside icons, where the full number is a tap away."""
    if value >= MILLION:
        return _("%(n)sM") % {"n": _short(value / MILLION)}
    if value >= THOUSAND * 10:
        return _("%(n)sK") % {"n": _short(value / THOUSAND)}
    return number(value)


def _short(value: float) -> str:
    """One decimal below ten, none above; never a trailing zero."""
    rounded = round(value, 1) if value < 10 else round(value)
    return formats.number_format(int(rounded) if rounded == int(rounded) else rounded)


def percent(share: float) -> str:
    """`0.82` as `82 %` with a thin space that does not break."""
    return _("%(n)s %%") % {"n": round(share * 100)}


def iso(instant: datetime) -> str:
    """The machine's form of an instant, in UTC to the second."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day(instant: datetime) -> str:
    """A date in words, in the reader's time zone."""
    return formats.date_format(_local(instant), "DATE_FORMAT")


def moment(instant: datetime) -> str:
    """Date and time in words, in the reader's time zone."""
    return formats.date_format(_local(instant), "DATETIME_FORMAT")


def _local(instant: datetime) -> datetime:
    """Dates without a time zone pass untouched."""
    return timezone.localtime(instant) if isinstance(instant, datetime) and timezone.is_aware(instant) else instant


def ago(instant: datetime, now: datetime | None = None) -> str:
    """How long ago, as short as it stays clear: "now", "5 min", "2 h", "3 d", then the date."""
    seconds = int(((now or clock.now()) - instant).total_seconds())
    if seconds < MINUTE:
        return _("now")
    if seconds < HOUR:
        return _("%(n)s min") % {"n": seconds // MINUTE}
    if seconds < DAY:
        return _("%(n)s h") % {"n": seconds // HOUR}
    if seconds < WEEK:
        return ngettext("%(n)s day", "%(n)s days", seconds // DAY) % {"n": seconds // DAY}
    return day(instant)
