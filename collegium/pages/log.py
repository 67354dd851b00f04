"""The log of a page: who changed what, when, from what to what. Read from the journal, for its administrators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.journal.models import Entry
from collegium.lib import cursor, ids
from collegium.lib.text.hosts import shown_host
from collegium.members.models import Member
from collegium.organizations import industries
from collegium.organizations.models import Organization
from collegium.pages.models import Part

PAGE = 40

# "%(whom)s" is the member it was done to, "%(part)s", "%(domain)s" and "%(name)s" what the entry says.
WORDS: dict[str, str | Promise] = {
    "pages.claimed": gettext_lazy("began to prove %(domain)s"),
    "pages.claim_ended": gettext_lazy("did not prove %(domain)s"),
    "pages.proved": gettext_lazy("proved %(domain)s and became administrator"),
    "pages.warned": gettext_lazy("%(domain)s was not found three times in a row"),
    "pages.fell_back": gettext_lazy("%(domain)s was not found again: the page became a plain record"),
    "pages.closed": gettext_lazy("ended the page"),
    "pages.part_offered": gettext_lazy("asked %(whom)s to become: %(part)s"),
    "pages.offer_ended": gettext_lazy("ended the question to %(whom)s: %(part)s"),
    "pages.part_taken_up": gettext_lazy("became: %(part)s"),
    "pages.part_given_up": gettext_lazy("gave up: %(part)s"),
    "pages.part_taken_back": gettext_lazy("took from %(whom)s: %(part)s"),
    "pages.recruiter_named": gettext_lazy("is named as a contact for work"),
    "pages.recruiter_unnamed": gettext_lazy("is no longer named as a contact for work"),
    "pages.edited": gettext_lazy("changed what the page says"),
    "pages.picture_put": gettext_lazy("put another picture: %(shape)s"),
    "pages.picture_removed": gettext_lazy("took a picture away: %(shape)s"),
    "pages.dispute_opened": gettext_lazy("contested an entry of %(whom)s"),
    "pages.dispute_answered": gettext_lazy("answered about the contested entry"),
    "pages.dispute_settled": gettext_lazy("A contested entry of %(whom)s was settled"),
    "organizations.merged": gettext_lazy("merged the record “%(name)s” into this one"),
}
FIELDS: dict[str, str | Promise] = {
    "name": gettext_lazy("Name"),
    "kind": gettext_lazy("Kind"),
    "about": gettext_lazy("About"),
    "industry": gettext_lazy("Industry"),
    "size": gettext_lazy("Size"),
    "founded": gettext_lazy("Founded"),
    "place": gettext_lazy("Place"),
    "places": gettext_lazy("Other places"),
    "website": gettext_lazy("Website"),
}
SHAPES: dict[str, str | Promise] = {"photo": gettext_lazy("logo"), "cover": gettext_lazy("cover")}


class Words(dict[str, str | Promise]):
    """Of kinds that rooms above record about a page, laid by the roof."""

    def lay(self, table: Mapping[str, str | Promise]) -> None:
        """Take the table of the roof; once, when every room stands."""
        self.clear()
        self.update(table)


words = Words()


@dataclass(frozen=True, slots=True)
class Change:
    """One field, before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One entry for people; `who` is None for the clock."""

    who: Member | None
    words: str
    at: datetime
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some lines, newest first, and the cursor behind which it goes on."""

    lines: list[Line]
    older: str


def read(organization: Organization, after: str = "") -> Stretch:
    """Read a stretch of the log: two statements, however long it is.

    Args:
        organization: whose.
        after: a cursor of an earlier stretch.

    Raises:
        Http404: the cursor is none of ours.
    """
    known = WORDS | words
    rows = Entry.objects.filter(subject=organization.pk, kind__in=list(known)).order_by("-id")
    if after:
        rows = rows.filter(pk__lt=cursor.unpack(after, 1)[0])
    page = list(rows[: PAGE + 1])
    older = cursor.pack(page[PAGE - 1].pk) if len(page) > PAGE else ""
    people = _people(page[:PAGE])
    return Stretch([_line(entry, known[entry.kind], people) for entry in page[:PAGE]], older)


def _people(entries: Sequence[Entry]) -> dict[int, Member]:
    keys = {entry.actor for entry in entries} | {entry.data.get("member") for entry in entries}
    return Member.objects.in_bulk([key for key in keys if isinstance(key, int)])


def _line(entry: Entry, said: str | Promise, people: Mapping[int, Member]) -> Line:
    whom, part = people.get(entry.data.get("member", 0)), str(entry.data.get("part", ""))
    values = {
        "whom": whom.name if whom is not None else _("somebody who is gone"),
        "part": str(Part(part).label) if part in Part.values else "",
        "domain": shown_host(str(entry.data.get("domain", ""))),
        "shape": str(SHAPES.get(str(entry.data.get("shape", "")), "")),
        "name": str(entry.data.get("name", "")),
    }
    who = people.get(entry.actor) if entry.actor is not None else None
    return Line(who, str(said) % values, ids.instant(entry.pk), _changes(entry))


def _changes(entry: Entry) -> list[Change]:
    before, after = entry.data.get("before", {}), entry.data.get("after", {})
    return [
        Change(str(FIELDS.get(name, name)), _value(name, before.get(name)), _value(name, value))
        for name, value in after.items()
    ]


def _value(name: str, value: Any) -> str:
    """A value as the page says it."""
    if name == "industry":
        return industries.label(value or "")
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    choices = {"kind": dict(Organization.Kind.choices), "size": dict(Organization.Size.choices)}.get(name, {})
    return str(choices.get(value, "" if value is None else value))
