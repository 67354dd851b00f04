"""Tags and circles themselves: how many there are, what they are called, and being rid of them."""

from typing import Any

from django.db.models import Count, Model, Q
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience.door import Request
from collegium.contacts.actions import circles as circle_verbs
from collegium.contacts.actions import tags as tag_verbs
from collegium.contacts.forms import CircleForm, TagForm
from collegium.contacts.models import Tag
from collegium.contacts.views.common import HERE, TAKEN, WRONG, around, for_members, mine, settle
from collegium.lib.refusal import Conflict
from collegium.network import lists
from collegium.ties.models import Circle
from collegium.ui.respond import render_page

KINDS: dict[str, Any] = {
    "tags": (Tag, TagForm, tag_verbs, "taggings"),
    "circles": (Circle, CircleForm, circle_verbs, "circlings"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def shelves(request: Request, kind: str) -> HttpResponse:
    """All tags, or all circles, with how many connections each has; a POST makes one."""
    if request.method != "POST":
        return _page(request, kind)
    _model, form_of, verbs, _links = KINDS[kind]
    form = form_of(request.POST)
    if not form.is_valid():
        return _page(request, kind, form=form, status=WRONG)
    row = verbs.found(request.viewer.me, form.cleaned_data["name"])
    return settle(
        request, _("“%(name)s” is there. Put people in from your list.") % {"name": row.name}, f"{HERE}{kind}/"
    )


def _page(request: Request, kind: str, *, form: Any = None, status: int = 200, wrong: int = 0) -> HttpResponse:
    model, form_of, _verbs, links = KINDS[kind]
    # As many as the list shows: a number that knew more would tell who keeps the reader away.
    seen = lists.connections(request.viewer.me, request.viewer).values("other")
    tied = Count(links, filter=Q(**{f"{links}__person__in": seen}))
    rows = model.objects.filter(owner=request.viewer.id).annotate(people=tied).order_by("name", "id")
    context = {
        "kind": kind,
        "field": kind.removesuffix("s"),
        "rows": rows,
        "form": form_of() if form is None or wrong else form,
        "renaming": form if wrong else None,
        "wrong": wrong,
        **around(request),
        "limit": form_of().fields["name"].limit,
    }
    return HttpResponse(render_page(request, "contacts/shelves.html", context), status=status)


@require_POST
@for_members
def rename(request: Request, kind: str, pk: int) -> HttpResponse:
    """Call it otherwise."""
    model, form_of, verbs, _links = KINDS[kind]
    row: Model = mine(request, model, pk)
    form = form_of(request.POST)
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
    model, _form, verbs, _links = KINDS[kind]
    row: Any = mine(request, model, pk)
    change = verbs.drop(row, by=request.viewer.me)
    undo = f"{change.path}undoing/" if change else ""
    return settle(request, _("“%(name)s” is deleted.") % {"name": row.name}, f"{HERE}{kind}/", undo=undo)
