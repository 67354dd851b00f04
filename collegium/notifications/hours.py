"""The clock of a member: when she is left in peace, and when her daily mail is due. Asks neither clock nor database."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from collegium.notifications.models import Choice, Rest

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
# Old names, and names of rules instead of places, are understood but not offered.
ODD = ("Etc/", "SystemV/", "US/", "posix/", "right/")


@cache
def known() -> frozenset[str]:
    """All names of time zones."""
    return frozenset(available_timezones())


@cache
def offered() -> tuple[str, ...]:
    """The names one can choose from: places, in the order of their names."""
    return tuple(sorted(name for name in known() if "/" in name and not name.startswith(ODD)))


def zone_of(name: str) -> tzinfo:
    """The time zone of that name; UTC where there is none."""
    return ZoneInfo(name) if name in known() else UTC


def next_hour(zone: tzinfo, hour: int, after: datetime, weekday: int | None = None) -> datetime:
    """The first such hour after a moment, of any day or of one day of the week.

    An hour that a clock jumps over in spring is the moment of the jump's other side, so no day goes without.
    """
    day = after.astimezone(zone).date()
    for _ in range(9):
        due = datetime.combine(day, time(hour), zone).astimezone(UTC)
        if due > after and weekday in (None, day.weekday()):
            return due
        day += DAY
    raise RuntimeError("a week has every weekday")


def when(rhythm: str, told: datetime, rest: Rest, now: datetime) -> datetime:
    """When what was told then goes out: now or earlier means now.

    At once waits for the end of quiet hours; daily and weekly mails come at the hour that was chosen for them.
    """
    if rhythm == Choice.Mail.AT_ONCE:
        return waking(rest, now)
    return next_hour(zone_of(rest.zone), rest.hour, told, None if rhythm == Choice.Mail.DAILY else rest.weekday)


def is_quiet(rest: Rest, at: datetime) -> bool:
    """Whether she is left in peace at this moment, by what her clock shows."""
    local = at.astimezone(zone_of(rest.zone))
    return _is_free(rest, local.date()) or _is_night(rest, local.hour * 60 + local.minute)


def waking(rest: Rest, at: datetime) -> datetime:
    """The first moment from this one on at which she is not left in peace; this one itself when she is awake.

    One day of the week is never quiet, nor is a whole day, so there is one.
    """
    zone = zone_of(rest.zone)
    while is_quiet(rest, at):
        local = at.astimezone(zone)
        if _is_free(rest, local.date()):
            at = _next(local.date() + DAY, 0, zone, at)
        else:
            until = rest.quiet_until or 0
            later = local.hour * 60 + local.minute >= until
            at = _next(local.date() + DAY * later, until, zone, at)
    return at


def _is_free(rest: Rest, day: date) -> bool:
    """A day that is quiet as a whole."""
    return bool(rest.days >> day.weekday() & 1)


def _is_night(rest: Rest, minute: int) -> bool:
    """Between the two, over midnight where the first is the later one."""
    if rest.quiet_from is None or rest.quiet_until is None:
        return False
    if rest.quiet_from <= rest.quiet_until:
        return rest.quiet_from <= minute < rest.quiet_until
    return minute >= rest.quiet_from or minute < rest.quiet_until


def _next(day: date, minute: int, zone: tzinfo, after: datetime) -> datetime:
    """The first moment after another at which a clock shows this, or has jumped over it.

    In autumn a clock shows an hour twice: whoever asks within its second turn gets that of the second turn.
    """
    shown = datetime.combine(day, time(minute // 60, minute % 60), zone)
    early, late = (shown.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if early > late:
        return _jump(zone, late, early)
    return early if early > after else max(late, after + MINUTE)


def _jump(zone: tzinfo, before: datetime, after: datetime) -> datetime:
    """The moment between two at which a clock jumps, to the minute."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > MINUTE:
        middle = before + (after - before) // 2
        middle = middle.replace(second=0, microsecond=0)
        middle = middle if middle > before else before + MINUTE
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
