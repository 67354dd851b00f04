"""Contact, time and change in words."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.contacts.filters import LAST, OFTEN, TIED, Filter, Own
from collegium.contacts.history import What
from collegium.contacts.models import Change
from collegium.lib import clock
from collegium.ties.models import Distance
from collegium.ui.text import number

DAYS_OF_WEEK, DAYS_OF_MONTH, DAYS_OF_YEAR = 7, 30.4375, 365.25
Words = Mapping[What, str | Promise]
# Behind a name, in a line: "… commented on your post".
SHORT: Words = {
    What.CONNECTED: gettext_lazy("Connected"),
    What.COMMENTED_MINE: gettext_lazy("Commented on your post"),
    What.COMMENTED_THEIRS: gettext_lazy("You commented on a post"),
    What.REPLIED_ME: gettext_lazy("Replied to your comment"),
    What.REPLIED_THEM: gettext_lazy("You replied to a comment"),
    What.REACTED_MINE: gettext_lazy("Reacted to your post"),
    What.REACTED_THEIRS: gettext_lazy("You reacted to a post"),
    What.REACTED_MY_COMMENT: gettext_lazy("Reacted to your comment"),
    What.REACTED_THEIR_COMMENT: gettext_lazy("You reacted to a comment"),
    What.MENTIONED_ME: gettext_lazy("Mentioned you"),
    What.MENTIONED_THEM: gettext_lazy("You mentioned them"),
    What.ENDORSED_ME: gettext_lazy("Endorsed a skill of yours"),
    What.ENDORSED_THEM: gettext_lazy("You endorsed a skill"),
    What.RECOMMENDED_ME: gettext_lazy("Recommended you"),
    What.RECOMMENDED_THEM: gettext_lazy("You wrote a recommendation"),
    What.ASKED_ME: gettext_lazy("Asked you for an introduction"),
    What.ASKED_THEM: gettext_lazy("You asked for an introduction"),
    What.INTRODUCED_ME: gettext_lazy("Introduced somebody to you"),
    What.INTRODUCED_THEM: gettext_lazy("You introduced somebody"),
    What.MET: gettext_lazy("Introduced to each other"),
}
RUNG: Mapping[int, str | Promise] = {
    0: gettext_lazy("Near"),
    Distance.Rung.MUTED: gettext_lazy("Muted"),
    Distance.Rung.WORK_ONLY: gettext_lazy("Work only"),
    Distance.Rung.RESTRICTED: gettext_lazy("Restricted"),
}


def ago(instant: datetime) -> str:
    """How long ago, in words that need no counting: "today", "3 weeks ago", "2 years ago"."""
    days = max(0, (clock.now() - instant).days)
    if days < 1:
        return _("today")
    if days < DAYS_OF_WEEK * 2:
        return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
    if days < DAYS_OF_MONTH * 2:
        weeks = days // DAYS_OF_WEEK
        return ngettext("%(n)s week ago", "%(n)s weeks ago", weeks) % {"n": weeks}
    if days < DAYS_OF_YEAR * 2:
        months = int(days / DAYS_OF_MONTH)
        return ngettext("%(n)s month ago", "%(n)s months ago", months) % {"n": months}
    years = int(days / DAYS_OF_YEAR)
    return ngettext("%(n)s year ago", "%(n)s years ago", years) % {"n": years}


def month(instant: datetime) -> str:
    """Month and year, as short as the reader's language writes them: "Mar 2021"."""
    return formats.date_format(timezone.localtime(instant), "M Y")


def often(year: int) -> str:
    """How much two people had to do with each other in the last year."""
    if year == 0:
        return _("Not once in the last year")
    return ngettext("Once in the last year", "%(n)s times in the last year", year) % {"n": number(year)}


def said(asked: Filter, own: Own) -> list[tuple[str, str]]:
    """Each thing that the filter asks, as the name of its field and its words."""
    names = {str(each.pk): str(each) for each in [*own.tags, *own.circles]}
    words = {
        "q": asked.q and f"“{asked.q}”",
        "last": asked.last and _("Last contact: %(when)s") % {"when": _low(LAST[asked.last][0])},
        "often": asked.often and _("In the last year: %(often)s") % {"often": _low(OFTEN[asked.often][0])},
        "company": asked.company and _("Works at “%(name)s”") % {"name": asked.company},
        "place": asked.place and _("In “%(name)s”") % {"name": asked.place},
        "tag": asked.tag and _("Tag: %(name)s") % {"name": names[asked.tag]},
        "circle": asked.circle and _("Circle: %(name)s") % {"name": names[asked.circle]},
        "rung": asked.rung and str(RUNG[int(asked.rung)]),
        "tied": asked.tied and _("Connected: %(when)s") % {"when": _low(TIED[asked.tied][0])},
    }
    return [(name, value) for name, value in words.items() if value]


def _low(words: str | Promise) -> str:
    """In the middle of a sentence."""
    return str(words)[:1].lower() + str(words)[1:]


def change(row: Change) -> str:
    """What was done, to how many."""
    many = {"n": number(row.count), "name": row.name, "rung": RUNG.get(row.rung, "")}
    people = ngettext("%(n)s person", "%(n)s people", row.count) % many
    sentences = {
        Change.Kind.RUNG: _("%(people)s: “%(rung)s”"),
        Change.Kind.TAGGED: _("Tag “%(name)s” put on %(people)s"),
        Change.Kind.UNTAGGED: _("Tag “%(name)s” taken off %(people)s"),
        Change.Kind.CIRCLED: _("%(people)s put into the circle “%(name)s”"),
        Change.Kind.UNCIRCLED: _("%(people)s taken out of the circle “%(name)s”"),
        Change.Kind.TAG_DROPPED: _("Tag “%(name)s” deleted; it was on %(people)s"),
        Change.Kind.CIRCLE_DROPPED: _("Circle “%(name)s” deleted, with %(people)s in it"),
    }
    if not row.count:
        of_nobody = {
            Change.Kind.TAG_DROPPED: _("Tag “%(name)s” deleted; it was on nobody"),
            Change.Kind.CIRCLE_DROPPED: _("Circle “%(name)s” deleted; nobody was in it"),
        }
        sentences |= of_nobody
    return sentences[Change.Kind(row.kind)] % {**many, "people": people}
