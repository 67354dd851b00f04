"""Ending a connection, and the thirty days in which that can be taken back."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience import people
from collegium.audience.door import Request
from collegium.audience.viewer import Viewer
from collegium.lib import cursor
from collegium.members.models import Member
from collegium.network.effects import Change
from collegium.network.forms import RemovalForm
from collegium.network.models import Parting
from collegium.network.partings.look import look, preview
from collegium.network.partings.part import Restored, part, restore
from collegium.network.views.common import HIGHEST_KEY, back, for_members, person, show_relation
from collegium.ui.respond import respond, tell

PAGE = 20
NAMED = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One parting: the row, the first few of its people by name, and how many more there are."""

    parting: Parting
    named: list[Member]

    @property
    def others(self) -> int:
        """How many are not named."""
        return self.parting.count - len(self.named)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def removal(request: Request, handle: str) -> HttpResponse:
    """Say what changes on both sides, then end the connection."""
    other, me = person(request, handle), request.viewer.me
    form = RemovalForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        seen = look(request.viewer, other)
        context = {"parting": seen, "form": form, "effects": preview(me, [other], Change.REMOVED)}
        return respond(request, "network/removal.html", "main", context, status=422 if form.errors else 200)
    made = part(me, [other], **form.cleaned_data)
    words = _("You and %(name)s are no longer connected. %(name)s is not told.")
    tell(request, words % {"name": other.name}, undo=made.undo if made else "")
    return show_relation(request, other)


@require_safe
@for_members
def partings(request: Request) -> HttpResponse:
    """Whom the viewer removed in the last thirty days."""
    after = request.GET.get("after", "")
    rows = Parting.objects.of(request.viewer.me)
    if after:
        rows = rows.filter(pk__lt=cursor.unpack(after, 1)[0])
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    context = {
        "lines": _lines(request.viewer, shown),
        "older": cursor.pack(shown[-1].pk) if len(found) > PAGE else "",
        "first": not after,
    }
    return respond(request, "network/partings.html", "stretch" if after else "main", context)


def _lines(viewer: Viewer, rows: list[Parting]) -> list[Line]:
    """With the names of those whom the viewer still sees."""
    wanted = {key for row in rows for key in row.people[: NAMED * 3]}
    seen = {each.pk: each for each in people.visible_to(viewer).filter(pk__in=wanted)}
    return [Line(row, [seen[key] for key in row.people[: NAMED * 3] if key in seen][:NAMED]) for row in rows]


@require_POST
@for_members
def restoration(request: Request, pk: int) -> HttpResponse:
    """Take a parting back."""
    me = request.viewer.me
    row = get_object_or_404(Parting, pk=min(pk, HIGHEST_KEY), member=me)
    done = restore(row, by=me)
    tell(request, _told(request.viewer, row, done), tone="done" if done.count else "info")
    if row.count == 1 and (other := people.visible_to(request.viewer).filter(pk__in=row.people).first()) is not None:
        return show_relation(request, other, otherwise=back(request, "/network/partings/"))
    return respond(request, "network/partings.html", "undone", {}, otherwise=back(request, "/network/partings/"))


def _told(viewer: Viewer, row: Parting, done: Restored) -> str:
    """One sentence on what the undo came to."""
    if not done.count and not done.skipped:
        return _("This was undone already.")
    if row.count == 1:
        other = people.visible_to(viewer).filter(pk__in=row.people).first()
        if other is None:
            return _("This person can no longer be connected with you.")
        if done.count:
            return _("You and %(name)s are connected as before. Nobody is told.") % {"name": other.name}
        return f"{other.name} {done.skipped[0][1]}"
    words = ngettext(
        "%(n)s person is connected with you as before.", "%(n)s people are connected with you as before.", done.count
    )
    said = words % {"n": done.count}
    if done.skipped:
        more = ngettext(
            "%(n)s is not: something newer holds.",
            "%(n)s are not: something newer holds.",
            len(done.skipped),
        )
        said = f"{said} {more % {'n': len(done.skipped)}}"
    return said
