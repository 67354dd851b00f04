"""Endorsing a skill, the list of those who do, and what its owner shows of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.career.models import Holding
from collegium.lib.limits import limit
from collegium.ui.respond import respond, tell
from collegium.vouching import actions, reading, rules
from collegium.vouching.endorsers import endorsers_of
from collegium.vouching.models import Endorsement
from collegium.vouching.views.common import back, for_members, key


@require_safe
@limit("vouching.read", "600/10m", reads=True)
def endorsers(request: Request, pk: int) -> HttpResponse:
    """Who endorses a skill, for whoever sees the skill."""
    return _list(request, _seen(request, pk), request.GET.get("after", ""))


@require_POST
@signed_in
@limit("vouching.endorse", "600/h")
def endorsement(request: Request, pk: int) -> HttpResponse:
    """Endorse."""
    holding = _seen(request, pk)
    actions.endorse(holding, by=request.viewer.me)
    return _press(request, holding)


@require_POST
@signed_in
@limit("vouching.endorse", "600/h")
def removal(request: Request, pk: int) -> HttpResponse:
    """Take an endorsement back."""
    holding = _seen(request, pk)
    actions.take_back(holding, by=request.viewer.me)
    return _press(request, holding)


def _press(request: Request, holding: Holding) -> HttpResponse:
    """The press as it is now, in its place; the way back for a plain form."""
    me = request.viewer.me
    context = {
        "holding": holding,
        "endorsed": reading.endorsed(request.viewer, [holding])[holding.pk],
        "may": rules.may_endorse(me, holding),
    }
    page = f"{holding.member.path}#skill-{holding.pk}"
    return respond(request, "vouching/press.html", "press", context, otherwise=page)


@require_POST
@for_members
def hiding(request: Request, pk: int) -> HttpResponse:
    """The owner hides one endorsement."""
    row = _own(request, pk)
    actions.hide(row, by=request.viewer.me)
    return _list(request, row.holding)


@require_POST
@for_members
def showing(request: Request, pk: int) -> HttpResponse:
    """The owner shows it again."""
    row = _own(request, pk)
    actions.show(row, by=request.viewer.me)
    return _list(request, row.holding)


@require_POST
@for_members
def hiding_all(request: Request, pk: int) -> HttpResponse:
    """The owner hides all endorsements of a skill."""
    holding = _mine(request, pk)
    # "Show all" takes it back only where it would not show what was hidden before.
    before = Endorsement.objects.visible_to(request.viewer).filter(holding=holding).exclude(hidden_at=None).exists()
    hidden = actions.hide_all(holding, by=request.viewer.me)
    words = ngettext("%(num)s endorsement is hidden.", "%(num)s endorsements are hidden.", hidden) % {"num": hidden}
    tell(request, words, undo="" if before else f"/vouching/skills/{holding.pk}/showing/")
    return _list(request, holding)


@require_POST
@for_members
def showing_all(request: Request, pk: int) -> HttpResponse:
    """The owner shows all endorsements of a skill."""
    holding = _mine(request, pk)
    actions.show_all(holding, by=request.viewer.me)
    tell(request, _("All endorsements of this skill are shown."))
    return _list(request, holding)


def _list(request: Request, holding: Holding, after: str = "") -> HttpResponse:
    context: dict[str, Any] = {
        "holding": holding,
        "person": holding.member,
        "mine": holding.member_id == request.viewer.id,
        "page": endorsers_of(request.viewer, holding, after),
        "first": not after,
    }
    here = f"/vouching/skills/{holding.pk}/"
    return respond(
        request, "vouching/endorsers.html", "stretch" if after else "main", context, otherwise=back(request, here)
    )


def _seen(request: Request, pk: int) -> Holding:
    """The skill, when this viewer sees it."""
    rows = Holding.objects.visible_to(request.viewer).select_related("member", "skill")
    return get_object_or_404(rows, pk=key(pk))


def _mine(request: Request, pk: int) -> Holding:
    """The skill, when it is the viewer's own."""
    rows = Holding.objects.visible_to(request.viewer).filter(member=request.viewer.id)
    return get_object_or_404(rows.select_related("member", "skill"), pk=key(pk))


def _own(request: Request, pk: int) -> Endorsement:
    """An endorsement of a skill of the viewer's own, that she may know of."""
    rows = Endorsement.objects.visible_to(request.viewer).filter(member=request.viewer.id)
    return get_object_or_404(rows.select_related("holding", "holding__member", "holding__skill"), pk=key(pk))
