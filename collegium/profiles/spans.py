"""From when until when, as the page says it: for people, and for programs that read `dt-start` and `dt-end`."""

from datetime import date
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup

from collegium.career import partial


def span(started: str, ended: str, *, ongoing: bool, long: bool, today: date) -> Markup:
    """The time something took: "March 2019 – present · 7 years 9 months".

    Args:
        started: partial date; it stays as vague as it is.
        ended: partial date; "" goes on where that is what it means.
        ongoing: whether something without an end goes on.
        long: whether to say how long that was.
        today: the present day; what goes on is counted until its month.
    """
    return _span(started, ended, ongoing, long, (today.year, today.month), get_language())


@lru_cache(maxsize=10_000)
def _span(started: str, ended: str, ongoing: bool, long: bool, month: tuple[int, int], _language: str) -> Markup:
    begin, end = _time("dt-start", started), _time("dt-end", ended)
    if not end and begin and ongoing:
        end = Markup("<span>{}</span>").format(_("present"))
    if started and started == ended:
        words = begin
    elif begin and end:
        words = Markup("{} – {}").format(begin, end)
    else:
        until = Markup(_("until %(when)s"))  # noqa: S704 - catalogues are ours
        words = begin or (until % {"when": end} if end else Markup())
    length = _length(started, ended, date(*month, 1)) if long and (ended or ongoing) else ""
    if words and length:
        words = Markup('{} <span class="span-long">· {}</span>').format(words, length)
    return words


def _length(started: str, ended: str, today: date) -> str:
    """How long, no more exactly than is known: between years of which the month is not known, about so many years."""
    exact = partial.months(started, ended, today)
    if exact is not None:
        return partial.lasted(exact)
    if not started:
        return ""
    years = int((ended or str(today.year))[:4]) - int(started[:4])
    return _("about %(long)s") % {"long": partial.lasted(years * 12)} if years > 0 else ""


def _time(role: str, when: str) -> Markup:
    if not when:
        return Markup()
    return Markup('<time class="{}" datetime="{}">{}</time>').format(role, when, partial.words(when))
