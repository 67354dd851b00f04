"""Answering: one's own answer to one time, taken back, and invitations."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from collegium.audience.door import Request, signed_in
from collegium.events import rules
from collegium.events.actions import answering, inviting
from collegium.events.forms.answers import COME, WONDER, AnswerForm
from collegium.events.models import Attendance, Occurrence, Question, State
from collegium.events.views.common import WRONG, back, page, time_of, visible
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.ui.respond import done, tell


@require_POST
@signed_in
@limit("events.answer", rate="240/h")
def answer(request: Request, pk: int, on: int) -> HttpResponse:
    """Say whether one comes."""
    event = visible(request, pk)
    occurrence = time_of(event, on)
    require(rules.may_answer(request.viewer.me, event))
    questions = list(Question.objects.filter(event=event).order_by("place"))
    form = AnswerForm(request.POST, event=event, questions=questions)
    if not form.is_valid():
        return page(request, event, occurrence.pk, "answer" if request.htmx else "main", WRONG, answer_form=form)
    try:
        made = _say(occurrence, form, request.viewer.me)
    except Conflict as refusal:
        form.add_error(None, refusal.reason)
        return page(request, event, occurrence.pk, "answer" if request.htmx else "main", 409, answer_form=form)
    tell(request, _words(made), undo=f"{occurrence.here}answer/undo/")
    return back(request, occurrence)


@require_POST
@signed_in
@limit("events.answer", rate="240/h")
def undo(request: Request, pk: int, on: int) -> HttpResponse:
    """Answer as before."""
    event = visible(request, pk)
    occurrence = time_of(event, on)
    made = answering.take_back(occurrence, by=request.viewer.me)
    tell(request, _words(made) if made is not None else _("Your answer is taken back."))
    return back(request, occurrence)


@require_POST
@signed_in
@limit("events.answer", rate="240/h")
def pass_over(request: Request, pk: int) -> HttpResponse:
    """Not be shown among one's invitations what one was invited to."""
    event = visible(request, pk)
    inviting.decline(event, by=request.viewer.me)
    words = _("It is off your list. Nobody is told.")
    return done(request, words, "/events/?shelf=invited", undo=f"{event.path}invitation/undo/")


@require_POST
@signed_in
@limit("events.answer", rate="240/h")
def take_up(request: Request, pk: int) -> HttpResponse:
    """Be shown it again."""
    event = visible(request, pk)
    inviting.reconsider(event, by=request.viewer.me)
    return done(request, _("It is on your list again."), "/events/?shelf=invited")


def _say(occurrence: Occurrence, form: AnswerForm, me: Member) -> Attendance:
    values = form.cleaned_data
    match values["say"]:
        case answer if answer == COME:
            wanted = {"guests": int(values["guests"]), "answers": form.answers, "listed": values["listed"]}
            return answering.come(occurrence, by=me, **wanted)
        case answer if answer == WONDER:
            return answering.wonder(occurrence, by=me)
        case _:
            return answering.decline(occurrence, by=me)


def _words(made: Attendance) -> str:
    """What has become of the answer, in a sentence."""
    match made.state:
        case State.GOING if made.guests:
            words = ngettext("You come, with %(n)s guest.", "You come, with %(n)s guests.", made.guests)
            return words % {"n": made.guests}
        case State.GOING:
            return _("You come.")
        case State.WAITING:
            return _("All seats are taken. You are on the waiting list, and are told when one is free.")
        case State.ASKED:
            return _("The hosts are asked. You hear what they say.")
        case State.INTERESTED:
            return _("You hear of changes. No seat is kept for you.")
        case _:
            return _("You do not come.")
