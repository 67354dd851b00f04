"""Tags and circles themselves: how many there are, what they are called, and being rid of them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience.door import Request
from collegium.contacts.actions import shelves as verbs
from collegium.contacts.forms import CircleForm, TagForm
from collegium.contacts.models import Tag
from collegium.contacts.shelves import SORTS
from collegium.contacts.views.common import HERE, TAKEN, WRONG, around, for_members, mine, settle
from collegium.lib.fields import LineField
from collegium.lib.refusal import Conflict
from collegium.network import lists
from collegium.ties.models import Circle
from collegium.ui.respond import render_page


@dataclass(frozen=True, slots=True)
class Kind:
    """What stands behind an address: the rows, the form of a name, what the rows call their people."""

    model: Any
    form: type[TagForm] | type[CircleForm]
    people: str

    @property
    def field(self) -> str:
        """What one of them is called in an address and in a form."""
        return SORTS[self.model].field

    @property
    def limit(self) -> int:
        """How long a name may be."""
        field = self.form.base_fields["name"]
        assert isinstance(field, LineField)  # noqa: S101 - both forms have one
        return field.limit


KINDS = {"tags": Kind(Tag, TagForm, "taggings"), "circles": Kind(Circle, CircleForm, "circlings")}


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def shelves(request: Request, kind: str) -> HttpResponse:
    """All tags, or all circles, with how many connections each has; a POST makes one."""
    if request.method != "POST":
        return _page(request, kind)
    form = KINDS[kind].form(request.POST)
    if not form.is_valid():
        return _page(request, kind, form=form, status=WRONG)
    row: Any = verbs.found(KINDS[kind].model, request.viewer.me, form.cleaned_data["name"])
    return settle(
        request, _("“%(name)s” is there. Put people in from your list.") % {"name": row.name}, f"{HERE}{kind}/"
    )


def _page(request: Request, kind: str, *, form: Any = None, status: int = 200, wrong: int = 0) -> HttpResponse:
    here = KINDS[kind]
    # As many as the list shows: a number that knew more would tell who keeps the reader away.
    seen = lists.connections(request.viewer.me, request.viewer).values("other")
    tied = Count(here.people, filter=Q(**{f"{here.people}__person__in": seen}))
    rows = here.model.objects.filter(owner=request.viewer.id).annotate(people=tied).order_by("name", "id")
    context = {
        "kind": kind,
        "field": here.field,
        "rows": rows,
        "form": here.form() if form is None or wrong else form,
        "renaming": form if wrong else None,
        "wrong": wrong,
        **around(request),
        "limit": here.limit,
    }
    return HttpResponse(render_page(request, "contacts/shelves.html", context), status=status)


@require_POST
@for_members
def rename(request: Request, kind: str, pk: int) -> HttpResponse:
    """Call it otherwise."""
    row: Any = mine(request, KINDS[kind].model, pk)
    form = KINDS[kind].form(request.POST)
    if not form.is_valid():
        return _page(request, kind, form=form, status=WRONG, wrong=row.pk)
    try:
        verbs.rename(row, form.cleaned_data["name"], by=request.viewer.me)
    except Conflict as conflict:
        form.add_error("name", conflict.reason)
        return _page(request, kind, form=form, status=TAKEN, wrong=row.pk)
    return settle(request, _("Renamed to “%(name)s”.") % {"name": form.cleaned_data["name"]}, f"{HERE}{kind}/")


@require_POST
@for_members
def drop(request: Request, kind: str, pk: int) -> HttpResponse:
    """Be rid of it; the people stay."""
    row: Any = mine(request, KINDS[kind].model, pk)
    change = verbs.drop(row, by=request.viewer.me)
    undo = f"{change.path}undoing/" if change else ""
    return settle(request, _("“%(name)s” is deleted.") % {"name": row.name}, f"{HERE}{kind}/", undo=undo)
