"""An invitation: its page, the answers of the one who was asked, the second thoughts of the one who asked."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience import people
from collegium.audience.door import Request
from collegium.audience.rule import PUBLIC, closeness
from collegium.journal.models import Entry
from collegium.lib import clock
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.network import actions, letters
from collegium.network.forms import ReplyForm
from collegium.network.views.common import HIGHEST_KEY, close_dialog, for_members, show_relation
from collegium.ties.models import COOLDOWN, Connection, Invitation
from collegium.ui.respond import respond, tell

Answer = Callable[..., Any]


@require_safe
@for_members
def invitation(request: Request, pk: int) -> HttpResponse:
    """A letter to the viewer that waits; or the answer to one of hers."""
    me = request.viewer.me
    row = _mine(request, pk)
    answered = row.sender_id == me.pk and row.state == Invitation.State.ANSWERED
    if not answered and not Invitation.objects.to(me).filter(pk=pk).exists():
        raise Http404
    letter = letters.lay_out(request.viewer, [row])[0]
    context = {"invitation": row, "letter": letter, "answered": answered}
    return respond(request, "network/invitation.html", "answer" if answered else "card", context)


@require_POST
@for_members
def acceptance(request: Request, pk: int) -> HttpResponse:
    """Yes."""
    if (other := _accepted_before(request, pk)) is not None:
        return _settled(request, other, "accepted")
    return _answer(request, pk, actions.accept, "accepted")


@require_POST
@for_members
def decline(request: Request, pk: int) -> HttpResponse:
    """No, and the sender is not told."""
    return _answer(request, pk, actions.decline, "declined")


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def reply(request: Request, pk: int) -> HttpResponse:
    """No, with an answer that the sender reads."""
    row = _received(request, pk)
    form = ReplyForm(request.POST or None)
    if not form.is_valid():
        status = 422 if request.method == "POST" else 200
        context = {"invitation": row, "form": form, "part": _part(request)}
        return respond(request, "network/reply.html", "main", context, status=status)
    return _answer(request, pk, actions.decline, "answered", reply=form.cleaned_data["reply"])


@require_POST
@for_members
def disclaimer(request: Request, pk: int) -> HttpResponse:
    """I don't know this person."""
    return _answer(request, pk, actions.disclaim, "disclaimed")


@require_POST
@for_members
def restoration(request: Request, pk: int) -> HttpResponse:
    """Take back a silent decline or an "I don't know": the letter is there again."""
    row = _received(request, pk)
    try:
        row = actions.reopen(row, by=request.viewer.me)
    except Conflict as conflict:
        return _too_late(request, row, conflict.reason)
    if not request.htmx:
        tell(request, _("The invitation of %(name)s waits for you again.") % {"name": row.sender.name})
    letter = letters.lay_out(request.viewer, [row])[0]
    context = {"invitation": row, "letter": letter, "answered": False}
    return respond(request, "network/invitation.html", "card", context, otherwise="/network/")


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def withdrawal(request: Request, pk: int) -> HttpResponse:
    """Say what withdrawing means, then withdraw."""
    row = _sent(request, pk)
    if request.method != "POST":
        return respond(request, "network/withdrawal.html", "main", {"invitation": row, "again": clock.now() + COOLDOWN})
    row = actions.withdraw(row, by=request.viewer.me)
    tell(request, _("Withdrawn. %(name)s will not see your invitation any more.") % {"name": row.recipient.name})
    return show_relation(request, row.recipient, otherwise="/network/sent/")


@require_POST
@for_members
def reminder(request: Request, pk: int) -> HttpResponse:
    """The one reminder."""
    row = actions.remind(_sent(request, pk), by=request.viewer.me)
    tell(request, _("%(name)s is reminded of your invitation, this once.") % {"name": row.recipient.name})
    return show_relation(request, row.recipient, otherwise="/network/sent/")


def _answer(request: Request, pk: int, action: Answer, outcome: str, **words: str) -> HttpResponse:
    """Do what was answered, and show the letter as it is now; or, in its place, what stood in the way."""
    row = _received(request, pk)
    try:
        action(row, by=request.viewer.me, **words)
    except Conflict as conflict:
        return _too_late(request, row, conflict.reason)
    return _settled(request, row.sender, outcome, pk)


SAID = {
    "declined": lambda name: _("Declined. %(name)s is not told and goes on seeing the invitation as pending.") % name,
    "disclaimed": lambda name: _("Neither this nor any later invitation of %(name)s will reach you.") % name,
    "answered": lambda name: _("Declined. %(name)s reads your answer.") % name,
    "accepted": lambda name: _("You and %(name)s are connected.") % name,
}


def _settled(request: Request, sender: Member, outcome: str, pk: int = 0) -> HttpResponse:
    """What the answer came to, in the place of the letter or of the buttons it was given with."""
    name = {"name": sender.name}
    undo = f"/network/invitations/{pk}/restoration/" if outcome in ("declined", "disclaimed") else ""
    in_its_place = request.htmx and _part(request) == "card"
    if not in_its_place:
        tell(request, SAID[outcome](name), undo=undo)
    if _part(request) == "relation":
        return show_relation(request, sender, otherwise="/network/")
    context = {"person": sender, "outcome": outcome, "said": SAID[outcome](name), "undo": undo}
    context |= {"in_dialog": request.POST.get("in") == "dialog"}
    return close_dialog(request, respond(request, "network/settled.html", "settled", context, otherwise="/network/"))


def _too_late(request: Request, row: Invitation, reason: str) -> HttpResponse:
    """The letter was ended meanwhile: the sentence takes its place (422 is what htmx swaps), or is a page (409)."""
    context = {"person": row.sender, "outcome": "late", "said": reason, "undo": ""}
    context |= {"in_dialog": request.POST.get("in") == "dialog"}
    status = 422 if request.htmx else 409
    return close_dialog(request, respond(request, "network/settled.html", "settled", context, status=status))


def _part(request: Request) -> str:
    """Whether the answer was given on the letter or with the buttons beside a name."""
    given = request.POST.get("part") or request.GET.get("part")
    return "relation" if given == "relation" else "card"


def _mine(request: Request, pk: int) -> Invitation:
    """An invitation from or to the viewer, whose other side she sees."""
    me = request.viewer.me
    row = get_object_or_404(Invitation.objects.with_people(), pk=min(pk, HIGHEST_KEY))
    if me.pk not in (row.sender_id, row.recipient_id):
        raise Http404
    return row


def _received(request: Request, pk: int) -> Invitation:
    """An invitation to the viewer, whatever became of it; that of a suspended or blocked person is absent."""
    row = _mine(request, pk)
    met = Member.objects.alias(near=closeness(request.viewer, second=False)).filter(pk=row.sender_id, near__gte=PUBLIC)
    if row.recipient_id != request.viewer.id or not met.exists():
        raise Http404
    return row


def _sent(request: Request, pk: int) -> Invitation:
    """An invitation of the viewer to somebody she sees, whatever became of it.

    Raises:
        Conflict: it was accepted, so the invitation is gone and a connection is there.
    """
    if (other := _accepted_by(request, pk)) is not None:
        raise Conflict(_("%(name)s has accepted: you are connected.") % {"name": other.name})
    row = _mine(request, pk)
    if row.sender_id != request.viewer.id or not people.visible_to(request.viewer).filter(pk=row.recipient_id).exists():
        raise Http404
    return row


def _accepted_before(request: Request, pk: int) -> Member | None:
    """Whom the viewer connected with by accepting this very invitation: a form sent twice is answered twice alike."""
    entry = Entry.objects.filter(actor=request.viewer.id, kind="network.connected", data__invitation=pk).first()
    return _connection(request, entry.subject) if entry else None


def _accepted_by(request: Request, pk: int) -> Member | None:
    """Who accepted this invitation of the viewer, while she still saw it as pending."""
    if Invitation.objects.filter(pk=min(pk, HIGHEST_KEY)).exists():
        return None
    entry = Entry.objects.filter(actor=request.viewer.id, kind="network.invited", subject=min(pk, HIGHEST_KEY)).first()
    return _connection(request, entry.data["recipient"]) if entry else None


def _connection(request: Request, other: int | None) -> Member | None:
    """This person, when the viewer is connected with her and sees her."""
    tied = Connection.objects.filter(member=request.viewer.me, other=other).values("other")
    return people.visible_to(request.viewer).filter(pk__in=tied).first()
