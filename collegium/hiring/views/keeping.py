"""What a team sets up: stages, the scorecard, replies."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request
from collegium.hiring import replies as offering
from collegium.hiring.actions import keeping
from collegium.hiring.forms import CriteriaForm, ReplyForm, StagesForm
from collegium.hiring.models import Reply
from collegium.hiring.reading import sheet as reading
from collegium.hiring.stages import columns
from collegium.hiring.views.common import LARGEST, TAKEN, WRONG, Desk, at_desk, go, hindered, show
from collegium.lib.refusal import require
from collegium.ui.respond import tell


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def stages(request: Request, desk: Desk) -> HttpResponse:
    """The columns: their names, their order, what the applicant reads."""
    require(desk.moves)
    form = StagesForm(request.POST if request.method == "POST" else None, stages=columns(desk.opening).stages)
    status = 200
    if request.method == "POST":
        status = WRONG
        if form.is_valid():
            reason = hindered(lambda: keeping.set_stages(desk.opening, form.wanted(), by=request.viewer.me))
            if not reason:
                tell(request, _("The stages are saved."))
                return go(request, desk.path)
            form.add_error(None, reason)
            status = TAKEN
    return show(request, "hiring/stages.html", desk, form=form, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def criteria(request: Request, desk: Desk) -> HttpResponse:
    """The lines of the scorecard."""
    require(desk.moves)
    there = reading.criteria(desk.opening)
    form = CriteriaForm(request.POST if request.method == "POST" else None, criteria=there)
    status = 200
    if request.method == "POST":
        status = WRONG
        if form.is_valid():
            reason = hindered(lambda: keeping.set_criteria(desk.opening, form.wanted(), by=request.viewer.me))
            if not reason:
                tell(request, _("The scorecard is saved."))
                return go(request, desk.path)
            form.add_error(None, reason)
            status = TAKEN
    return show(request, "hiring/criteria.html", desk, form=form, status=status)


@require_safe
@at_desk
def replies(request: Request, desk: Desk) -> HttpResponse:
    """Those the organisation keeps, and those that come along."""
    require(desk.moves)
    return show(request, "hiring/replies.html", desk, replies=offering.offered(desk.opening))


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def reply(request: Request, desk: Desk, reply: int = 0) -> HttpResponse:
    """Write one, or change one."""
    require(desk.moves)
    there = _kept(desk, reply) if reply else None
    begun = {"name": there.name, "words": there.words} if there else _copied(request)
    form = ReplyForm(request.POST if request.method == "POST" else None, initial=begun)
    status = 200
    if request.method == "POST":
        status = WRONG
        if form.is_valid():
            values, me = form.cleaned_data, request.viewer.me
            reason = hindered(
                lambda: keeping.keep_reply(desk.opening, values["name"], values["words"], by=me, reply=there)
            )
            if not reason:
                tell(request, _("The reply is kept."))
                return go(request, f"{desk.path}replies/")
            form.add_error(None, reason)
            status = TAKEN
    return show(request, "hiring/reply.html", desk, form=form, there=there, status=status)


@require_POST
@at_desk
def reply_removal(request: Request, desk: Desk, reply: int) -> HttpResponse:
    """Delete one."""
    require(desk.moves)
    keeping.drop_reply(desk.opening, _kept(desk, reply), by=request.viewer.me)
    tell(request, _("The reply is deleted."))
    return go(request, f"{desk.path}replies/")


def _kept(desk: Desk, key: int) -> Reply:
    return get_object_or_404(Reply, pk=min(key, LARGEST), organization=desk.opening.organization_id)


def _copied(request: Request) -> dict[str, str]:
    """One of those that come along, to begin with."""
    number = request.GET.get("of", "")
    usual = offering.usual()
    if number not in {str(place) for place in range(len(usual))}:
        return {}
    return {"name": usual[int(number)].name, "words": usual[int(number)].words}
