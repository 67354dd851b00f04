"""One message: its menu, other words, taking it back, signs, stars, what it said before, reporting it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.lib.refusal import Conflict
from collegium.messaging import rules, words
from collegium.messaging.actions import keeping as keeps
from collegium.messaging.actions import reporting, talking
from collegium.messaging.forms import EditForm, ReportForm, SignForm
from collegium.messaging.models import Message
from collegium.messaging.models.messages import SIGNS
from collegium.messaging.reading import talk as reading
from collegium.messaging.reading.dressing import dress
from collegium.messaging.reading.talk import Talk
from collegium.messaging.views.common import ROOT, TAKEN, WRONG, keeping, message_of, talk_of, writing
from collegium.messaging.views.talks import changed
from collegium.ui.respond import respond, tell


@require_safe
@signed_in
def one(request: Request, pk: int, number: int) -> HttpResponse:
    """What can be done with a message: its own page, or the inside of the menu beside it."""
    talk, row = _found(request, pk, number)
    if row.kind == Message.Kind.NOTE:
        return redirect(row.path)
    [each] = dress(talk.eyes, [row])
    context = {"each": each, "signs": SIGNS, "may": _may(request, talk, row), "talk": talk}
    context["sign_words"] = words.SIGN_WORDS
    context["felt"] = {sign for sign, _count, mine, _names in each.reactions if mine}
    return respond(request, "messaging/message.html", "menu", context)


@require_http_methods(["GET", "HEAD", "POST"])
@writing
def edit(request: Request, pk: int, number: int) -> HttpResponse:
    """Other words."""
    talk, row = _found(request, pk, number)
    if request.method != "POST":
        return _ask(request, "messaging/edit.html", talk, row, form=EditForm(initial={"text": row.text}))
    form = EditForm(request.POST)
    if form.is_valid():
        try:
            talking.edit(row, by=request.viewer.me, text=form.cleaned_data["text"])
        except Conflict as conflict:
            form.add_error(None, conflict.reason)
            return _refused(request, "messaging/edit.html", (talk, row), form, TAKEN)
        return _done(request, row)
    return _refused(request, "messaging/edit.html", (talk, row), form, WRONG)


@require_http_methods(["GET", "HEAD", "POST"])
@writing
def deletion(request: Request, pk: int, number: int) -> HttpResponse:
    """Take it back."""
    talk, row = _found(request, pk, number)
    if request.method != "POST":
        return _ask(request, "messaging/deletion.html", talk, row)
    talking.delete(row, by=request.viewer.me)
    return _done(request, row)


@require_POST
@writing
def reactions(request: Request, pk: int, number: int) -> HttpResponse:
    """Set a sign, or take it away."""
    _talk, row = _found(request, pk, number)
    form = SignForm(request.POST)
    if not form.is_valid():
        return HttpResponse(_("Choose one of the signs."), status=WRONG, content_type="text/plain; charset=utf-8")
    sign, gone = form.cleaned_data["sign"], form.cleaned_data["remove"]
    if sign:
        talking.react(row, by=request.viewer.me, sign=sign)
    else:
        talking.unreact(row, by=request.viewer.me, sign=gone)
    return _done(request, row)


@require_POST
@keeping
def star(request: Request, pk: int, number: int) -> HttpResponse:
    """Keep it for oneself, or no longer."""
    _talk, row = _found(request, pk, number)
    (keeps.unstar if request.POST.get("do") == "unstar" else keeps.star)(row, by=request.viewer.me)
    if request.POST.get("back") == "starred":
        return redirect(f"{ROOT}starred/")
    return _done(request, row, again=True)


@require_safe
@signed_in
def revisions(request: Request, pk: int, number: int) -> HttpResponse:
    """How it read before."""
    talk, row = _found(request, pk, number)
    return _ask(request, "messaging/revisions.html", talk, row, revisions=reading.revisions(request.viewer, row))


@require_http_methods(["GET", "HEAD", "POST"])
@writing
def report(request: Request, pk: int, number: int) -> HttpResponse:
    """Show this one message to those who run the place."""
    talk, row = _found(request, pk, number)
    if not rules.may_report(request.viewer.me, row):
        return redirect(row.path)
    form = ReportForm(request.POST or None)
    if request.method != "POST":
        return _ask(request, "messaging/report.html", talk, row, form=form)
    if not form.is_valid():
        return _refused(request, "messaging/report.html", (talk, row), form, WRONG)
    reporting.report(row, by=request.viewer.me, words=form.cleaned_data["words"])
    if not request.htmx:
        tell(request, _("Reported. Thank you for telling."))
    return _done(request, row)


def _found(request: Request, pk: int, number: int) -> tuple[Talk, Message]:
    talk = talk_of(request, pk)
    return talk, message_of(request, talk, number)


def _may(request: Request, talk: Talk, row: Message) -> dict[str, bool]:
    me = request.viewer.me
    return {
        "write": talk.way == "talk" or talk.asked_me,
        "react": rules.may_react(me, row),
        "edit": rules.may_edit(me, row),
        "delete": rules.may_delete(me, row),
        "report": rules.may_report(me, row),
    }


def _ask(request: Request, page: str, talk: Talk, row: Message, **more: Any) -> HttpResponse:
    return respond(request, page, "main", {"talk": talk, "row": row} | more)


def _refused(request: Request, page: str, found: tuple[Talk, Message], form: Any, status: int) -> HttpResponse:
    """The form again with what was typed; a sentence where a script sent it and shows it in place."""
    if not request.htmx:
        return respond(request, page, "main", {"talk": found[0], "row": found[1], "form": form}, status=status)
    said = " ".join(str(each) for errors in form.errors.values() for each in errors)
    return HttpResponse(said, status=status, content_type="text/plain; charset=utf-8")


def _done(request: Request, row: Message, *, again: bool = False) -> HttpResponse:
    """What is new for the page, or back to the message.

    Args:
        request: the request that changed something.
        row: the message.
        again: draw it again though nothing changed for others, since it looks different to this reader.
    """
    if not request.htmx:
        return redirect(row.path)
    return changed(request, row.conversation_id, touched=row if again else None)
