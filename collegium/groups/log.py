"""Who did what to whom in a group, when and why: read from the journal, for those who manage it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.groups.models import Group, Role, Visibility
from collegium.journal.models import Entry
from collegium.lib import cursor, ids
from collegium.members.models import Member

PAGE = 40
Words = Mapping[str, str | Promise]

OWN: Words = {
    "groups.founded": gettext_lazy("{who} founded the group"),
    "groups.edited": gettext_lazy("{who} changed {what}"),
    "groups.visibility_changed": gettext_lazy("{who} changed who finds and reads the group: {was} became {now}"),
    "groups.questions_changed": gettext_lazy("{who} changed what is asked of those who want to join"),
    "groups.picture_changed": gettext_lazy("{who} changed the picture of the group"),
    "groups.let_in": gettext_lazy("{who} let {whom} in"),
    "groups.turned_down": gettext_lazy("{who} declined the request of {whom}"),
    "groups.invited": gettext_lazy("{who} invited {whom}"),
    "groups.role_given": gettext_lazy("{who} changed the role of {whom}: {was} became {now}"),
    "groups.succeeded": gettext_lazy("{whom} became owner, because no owner was left"),
    "groups.left": gettext_lazy("{who} left, having kept the group"),
    "groups.removed": gettext_lazy("{who} took {whom} out"),
    "groups.banned": gettext_lazy("{who} banned {whom} {until}{content}"),
    "groups.unbanned": gettext_lazy("{who} lifted the ban of {whom}"),
    "groups.ended": gettext_lazy("{who} ended the group"),
    "groups.reopened": gettext_lazy("{who} opened the group again"),
}
CHANGED: Words = {
    "name": gettext_lazy("its name"),
    "line": gettext_lazy("what it is about in a line"),
    "about": gettext_lazy("what it is about"),
    "rules": gettext_lazy("its rules"),
    "welcome": gettext_lazy("what new members read"),
    "place": gettext_lazy("its place"),
    "visibility": gettext_lazy("who finds and reads it"),
    "joining": gettext_lazy("how one joins"),
    "posting": gettext_lazy("who posts"),
    "approving": gettext_lazy("whether posts wait"),
    "on_topic": gettext_lazy("whether posts stay on topic"),
    "members_invite": gettext_lazy("who invites"),
}


class Log(dict[str, str | Promise]):
    """The sentences, by kind of entry; `{who}`, `{whom}` are names, `{what}` is what was changed."""

    def lay(self, table: Words) -> None:
        """Take what rooms above record with a group as the subject, beside this room's own.

        Their entries may carry `member`, the key of the person concerned, and `words` or `reason`, why.
        """
        self.clear()
        self.update({**OWN, **table})


words = Log(OWN)


@dataclass(frozen=True)
class Line:
    """One thing that happened."""

    when: datetime
    sentence: SafeString
    reason: str = ""


@dataclass(frozen=True)
class Page:
    """A stretch of it, the newest first; `older` is the cursor of the next, empty at the end."""

    lines: list[Line] = field(default_factory=list)
    older: str = ""


def read(group: Group, after: str = "") -> Page:
    """A page of the log.

    Raises:
        Http404: the cursor is none of ours.
    """
    rows = Entry.objects.filter(subject=group.pk, kind__in=list(words))
    if after:
        rows = rows.filter(pk__lt=cursor.unpack(after, 1)[0])
    found = list(rows.order_by("-pk")[: PAGE + 1])
    shown = found[:PAGE]
    names = _names(shown)
    lines = [Line(ids.instant(row.pk), _sentence(row, names), _reason(row)) for row in shown]
    return Page(lines, cursor.pack(shown[-1].pk) if len(found) > PAGE else "")


def _names(rows: list[Entry]) -> dict[int, SafeString]:
    """Everybody in these lines, whatever parts them from the reader: what is done in a group's name is answered for."""
    keys = {key for row in rows for key in (row.actor, row.data.get("member")) if isinstance(key, int)}
    people = Member.objects.filter(pk__in=keys).only("handle", "name")
    return {
        each.pk: format_html('<a class="name" href="{}"><bdi>{}</bdi></a>', each.path, each.name) for each in people
    }


def _sentence(row: Entry, names: dict[int, SafeString]) -> SafeString:
    nobody = format_html("<i>{}</i>", _("Somebody who is no longer here"))
    parts: dict[str, Any] = {
        "who": names.get(row.actor or 0, nobody),
        "whom": names.get(row.data.get("member", 0), nobody),
        **_details(row),
    }
    return format_html(str(words[row.kind]), **parts)


def _details(row: Entry) -> dict[str, str]:
    """What belongs to the kind, as words."""
    data = row.data
    if row.kind == "groups.role_given":
        return {"was": str(Role(data["was"]).label), "now": str(Role(data["role"]).label)}
    if row.kind == "groups.visibility_changed":
        return {name: str(Visibility(data[name]).label) for name in ("was", "now")}
    if row.kind == "groups.edited":
        return {"what": ", ".join(str(CHANGED[name]) for name in data["what"] if name in CHANGED)}
    if row.kind == "groups.banned":
        until = parse_datetime(data["until"]) if data["until"] else None
        ends = _("until %(day)s") % {"day": date_format(until, "DATE_FORMAT")} if until else _("until it is lifted")
        return {"until": ends, "content": _(", with what she wrote here") if data["with_content"] else ""}
    return {}


def _reason(row: Entry) -> str:
    return str(row.data.get("reason") or row.data.get("words") or "")
