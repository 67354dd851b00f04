"""Which of the new times an old one becomes, when an event gets other hours."""

from collections.abc import Sequence
from datetime import datetime

from collegium.events.recurring.pattern import Pattern, local


def pair(
    before: Pattern, after: Pattern, old: Sequence[datetime], new: Sequence[datetime]
) -> tuple[list[datetime | None], list[datetime]]:
    """Find each old time its new one.

    Where the pattern has the same shape (as often, on as many days), the first becomes the first, the second the
    second: "Tuesdays" become "Thursdays". Otherwise what stays on the same day, by the clock there, stays itself.

    Args:
        before: the pattern as it was.
        after: as it is now.
        old: beginnings that were laid.
        new: beginnings there are now.

    Returns:
        For each of the old its new beginning, or None; and the new ones that no old one became.
    """
    found: list[datetime | None]
    if _shape(before) == _shape(after):
        found = [*new[: len(old)], *[None] * (len(old) - len(new))]
    else:
        by_day = {local(at, after.zone).date(): at for at in new}
        found = [by_day.get(local(at, before.zone).date()) for at in old]
    taken = {at for at in found if at is not None}
    return found, [at for at in new if at not in taken]


def _shape(pattern: Pattern) -> tuple[object, ...]:
    rule = pattern.rule
    return () if rule is None else (rule.freq, rule.interval, len(rule.days))
