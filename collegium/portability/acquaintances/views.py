"""Whom one knows elsewhere: the address book, what came of it, and by what one lets oneself be found."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict
from collegium.members import actions as members
from collegium.members import findability
from collegium.portability.acquaintances import actions, opening, reading, rules
from collegium.portability.acquaintances.forms import AgreementForm, BookForm
from collegium.portability.acquaintances.models import DAILY
from collegium.portability.imports.models import Sought
from collegium.ui.respond import respond, tell

HERE, FOUND = "/network/contacts-in/", "/network/contacts-in/found/"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("acquaintances.look", "60/h")
def start(request: Request) -> HttpResponse:
    """The form; or, of what was sent, what came of it."""
    if request.method != "POST":
        begin = request.GET.get("begin", "")
        return _start(request, BookForm(initial={"begin": begin if begin.isascii() and begin.isdigit() else None}))
    form = BookForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            book = opening.read(form.data_given, form.wanted, pasted=form.pasted)
            if book.rows:
                actions.look(book, by=request.viewer.me, pasted=form.pasted)
                return redirect(FOUND)
            form.add_error("text" if form.pasted else "book", _nobody(book.passed))
        except opening.UnreadableBookError as unreadable:
            form.add_error("text" if form.pasted else "book", str(unreadable))
        except Conflict as conflict:
            form.add_error(None, conflict.reason)
    return _start(request, form, status=422)


def _nobody(passed: int) -> str:
    """Why there is nobody to look for."""
    if passed:
        return _("No row you asked for gives an e-mail address, a LinkedIn address or a phone number with its country.")
    return _("There is no e-mail address, LinkedIn address or phone number with its country in it.")


def _start(request: Request, form: BookForm, status: int = 200) -> HttpResponse:
    me = request.viewer.me
    left, until = rules.left_today(me)
    context = {
        "form": form.as_shown(),
        "left": left,
        "until": until,
        "daily": DAILY,
        "last": reading.last(me),
        "asked": findability.was_asked(me),
        "effect": findability.effect(me),
        "seeking": Sought.objects.filter(member=me).exists(),
    }
    return respond(request, "acquaintances/start.html", "main", context, status=status)


@require_safe
@signed_in
@limit("acquaintances.found", "240/10m", reads=True)
def found(request: Request) -> HttpResponse:
    """What came of the last address book."""
    row = reading.last(request.viewer.me)
    if row is None:
        return redirect(HERE)
    after = request.GET.get("after", "")
    left, until = rules.left_today(request.viewer.me)
    context = {
        "result": reading.result(request.viewer, row, after),
        "first": not after,
        "left": left,
        "until": until,
        "gone": rules.gone_at(row),
        "asked": findability.was_asked(request.viewer.me),
    }
    return respond(request, "acquaintances/found.html", "stretch", context)


@require_POST
@signed_in
@limit("acquaintances.forget", "60/h")
def removal(request: Request) -> HttpResponse:
    """Put the result away before its day is over."""
    actions.forget(by=request.viewer.me)
    tell(request, _("Put away. Nothing of your address book is left here."))
    return redirect(HERE)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("acquaintances.agreement", "120/h")
def agreement(request: Request) -> HttpResponse:
    """By what others may find her who know it already."""
    me = request.viewer.me
    if request.method == "POST":
        form = AgreementForm(request.POST)
        if form.is_valid():
            members.agree(me, **form.cleaned_data)
            tell(request, findability.effect(me))
            return redirect("/settings/findability/")
    row = findability.of(me)
    chosen = {name: getattr(row, name) for name in ("email", "phone", "profile")}
    context = {
        "form": AgreementForm(initial=chosen),
        "chosen": chosen,
        "own": reading.own(me),
        "asked": findability.was_asked(me),
        "hidden": me.visibility == me.Visibility.HIDDEN,
    }
    return respond(request, "acquaintances/agreement.html", "main", context)
