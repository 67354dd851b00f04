"""Items of the sections: written, changed, taken away and put back."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience.door import Request, signed_in
from collegium.audience.level import Level
from collegium.audience.reach import reach
from collegium.career import actions, order
from collegium.career.models import DEFAULT_LEVEL, Item, PartAudience
from collegium.career.sections import SPECS, Section
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.profiles.editing import answers, celebrating
from collegium.profiles.editing.item_form import ItemForm
from collegium.profiles.editing.skills import tell_of_spellings
from collegium.ui.respond import respond, tell

PAGE = "profiles/editing/item.html"
RATE = "600/h"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("career.write", RATE)
def new(request: Request, section: Section) -> HttpResponse:
    """Say one more thing about oneself."""
    posted = request.POST if request.method == "POST" else None
    return _write(request, ItemForm(posted, spec=SPECS[section], member=request.viewer.me))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("career.write", RATE)
def item(request: Request, pk: int) -> HttpResponse:
    """Say it otherwise."""
    row = mine(request, pk)
    posted = request.POST if request.method == "POST" else None
    return _write(request, ItemForm(posted, spec=row.spec, member=request.viewer.me, item=row))


@require_POST
@signed_in
@limit("career.write", RATE)
def removal(request: Request, pk: int) -> HttpResponse:
    """Take it away; the message offers to put it back."""
    row = mine(request, pk)
    actions.remove(row, by=request.viewer.me)
    tell(request, _("“%(name)s” is removed.") % {"name": row}, undo=f"/career/items/{row.pk}/restoration/")
    return answers.part(request, row.section)


@require_POST
@signed_in
@limit("career.write", RATE)
def restoration(request: Request, pk: int) -> HttpResponse:
    """Put it back where it was."""
    row = mine(request, pk, removed=True)
    actions.restore(row, by=request.viewer.me)
    tell(request, _("“%(name)s” is back.") % {"name": row})
    return answers.part(request, row.section, kept=row.pk)


@require_POST
@signed_in
@limit("career.sentence", "1200/h")
def sentence(request: Request, section: Section) -> HttpResponse:
    """What the connections would read of the form as it stands; for a form that asks while one types."""
    if not request.htmx:
        return HttpResponseRedirect(answers.back(request, section))
    form = ItemForm(request.POST, spec=SPECS[section], member=request.viewer.me)
    form.full_clean()
    return respond(request, PAGE, "sentence", around(request, form.with_sentence()) | {"live": True})


def mine(request: Request, pk: int, *, removed: bool = False) -> Item:
    """An item of one's own.

    Args:
        request: who asks.
        pk: the key from the address.
        removed: whether one that was taken away will do.

    Raises:
        Http404: there is none, or it is somebody else's.
    """
    if pk >= 1 << 63:
        raise Http404
    rows = Item.objects.of(request.viewer.me)
    return get_object_or_404(rows if removed else rows.kept(), pk=pk)


def around(request: Request, form: ItemForm) -> dict[str, Any]:
    """What the form's page reads beside the form."""
    me, section = request.viewer.me, form.spec.section
    return {
        "form": form,
        "spec": form.spec,
        "item": form.item,
        "audible": _audible(me, section) if "tell" in form.fields else None,
        "action": f"/career/items/{form.item.pk}/" if form.item else f"/career/{section}/new/",
        "place": f"item-{form.item.pk}" if form.item else f"new-{section}",
        "celebrate": celebrating.address(form.item) if form.item else "",
    }


def _audible(me: Member, section: Section) -> int:
    """How many connections would hear of it: nobody where the section is for its owner alone."""
    chosen = PartAudience.objects.filter(member=me, part=section).values_list("audience", flat=True).first()
    return reach(me, max(DEFAULT_LEVEL if chosen is None else chosen, Level.CONNECTIONS))


def _write(request: Request, form: ItemForm) -> HttpResponse:
    """Show the form; keep what is sent with it; what was typed comes back with whatever is wrong."""
    if not form.is_bound:
        return answers.form(request, PAGE, around(request, form))
    if not form.is_valid() or (form.told and not form.is_as_shown()) or (row := _kept(request, form)) is None:
        return answers.form(request, PAGE, around(request, form.with_sentence()), wrong=True)
    return answers.part(request, form.spec.section, kept=row.pk)


def _kept(request: Request, form: ItemForm) -> Item | None:
    """What was kept, if it could be; a section that is full, or an item gone meanwhile, is said on top of the form."""
    try:
        with transaction.atomic():
            row = _keep(form, request.viewer.me)
    except Conflict as conflict:
        form.add_error(None, conflict.reason)
        return None
    where = celebrating.address(row) if form.item is None else ""
    on = (where, _("Tell about it in a post")) if where else None
    tell(request, _("Saved, and your connections are told.") if form.told else _("Saved."), on=on)
    tell_of_spellings(request, form.cleaned_data.get("skills") or [])
    return row


def _keep(form: ItemForm, me: Member) -> Item:
    """Write it, and tell of it where that was asked for; what the same form has said before is not told twice."""
    skills = form.cleaned_data.get("skills")
    if form.item is not None:
        row, heard = actions.edit(form.item, by=me, skills=skills, **form.columns), False
    else:
        key = form.cleaned_data["form_key"]
        order.hold(me)
        heard = bool(key) and Item.objects.of(me).filter(form_key=key).exists()
        row = actions.add(me, form.spec.section, form_key=key, skills=skills or (), **form.columns)
    if form.told and not heard:
        actions.announce(row, by=me)
    return row
