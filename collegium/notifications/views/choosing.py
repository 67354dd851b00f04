"""How one is told: by which way, of whom, when not; a trial mail, and saying that one arrived after all."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience.door import Request, signed_in
from collegium.lib import clock
from collegium.lib.limits import by_address, limit
from collegium.lib.refusal import require
from collegium.members.models import Member
from collegium.notifications import actions, channels, choices, rules
from collegium.notifications.bounces import noting
from collegium.notifications.forms import ChoicesForm, RestForm, values_of
from collegium.notifications.going import PUSH
from collegium.notifications.mails import trial as trials
from collegium.notifications.tasks import trial as send_trial
from collegium.ui.respond import respond, tell

PAGE, ARRIVED = "notifications/settings.html", "notifications/arrived.html"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("notifications.choose", "120/h")
def settings(request: Request) -> HttpResponse:
    """The table of topics and ways."""
    me = request.viewer.me
    form = _choices(me, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.choose(me, form.wishes())
        tell(request, _("Saved."))
        return respond(request, PAGE, "main", _shown(me, _choices(me)), otherwise="notifications:settings")
    return respond(request, PAGE, "main", _shown(me, form), status=_status(form.is_bound))


@require_POST
@signed_in
@limit("notifications.choose", "120/h")
def rest(request: Request) -> HttpResponse:
    """The clock, the quiet hours, the hour of gathered mails."""
    me = request.viewer.me
    form = RestForm(request.POST, initial=values_of(choices.rest_of(me)))
    if not form.is_valid():
        return respond(request, PAGE, "main", _shown(me, rest=form), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    actions.rest(me, **form.cleaned_data)
    tell(request, _("Saved."))
    return respond(request, PAGE, "main", _shown(me), otherwise="notifications:settings")


@require_POST
@signed_in
@limit("notifications.trial", "6/h")
def trial(request: Request) -> HttpResponse:
    """Have a mail sent to oneself."""
    me = request.viewer.me
    require(rules.may_be_tried(me), _("Your address is not confirmed, so nothing can be sent to it."))
    send_trial.defer(member=me.pk, when=clock.now().isoformat())
    tell(request, _("A mail to %(address)s is on its way.") % {"address": me.user.email})
    return HttpResponseRedirect("/notifications/settings/")


@require_http_methods(["GET", "HEAD", "POST"])
@limit("notifications.arrived", "30/h", by=by_address)
def arrived(request: Request, token: str) -> HttpResponse:
    """A trial mail arrived where others had not: the button in it leads here, the button here says so.

    Looking changes nothing, since mail programs look by themselves; no session is needed, since the mail proves enough.
    """
    if request.method == "POST" and (row := trials.row_of(token)):
        noting.arrived(row)
    return respond(request, ARRIVED, "main", {"done": request.method == "POST"})


def _choices(me: Member, given: Any = None) -> ChoicesForm:
    return ChoicesForm(given, topics=choices.offered(), mine=choices.of(me))


def _shown(me: Member, form: ChoicesForm | None = None, rest: RestForm | None = None) -> dict[str, Any]:
    """What the page shows."""
    push = channels.of(PUSH)
    row = choices.rest_of(me)
    return {
        "form": form or _choices(me),
        "rest": rest or RestForm(initial=values_of(row)),
        "is_unknown": row._state.adding,
        "push": push.state(me) if push is not None else None,
        "address": me.user.email,
        "is_confirmed": rules.may_be_tried(me),
        "stopped": noting.stopped(me),
    }


def _status(is_wrong: bool) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
