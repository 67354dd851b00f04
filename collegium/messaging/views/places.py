"""How somebody keeps a conversation: which box, whether starred, muted, archived, read; her draft."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience.door import Request
from collegium.members.models import Member
from collegium.messaging.actions import keeping as keeps
from collegium.messaging.forms import PlaceForm
from collegium.messaging.models import Conversation
from collegium.messaging.models.conversations import Box
from collegium.messaging.reading.talk import Talk
from collegium.messaging.views.common import ROOT, WRONG, keeping, talk_of
from collegium.messaging.views.talks import changed
from collegium.network.views.common import close_dialog
from collegium.ui.respond import respond, tell

Verb = Callable[..., object]
VERBS: dict[str, Verb] = {
    "unread": keeps.mark_unread,
    "archive": keeps.archive,
    "unarchive": keeps.unarchive,
    "star": keeps.pin,
    "unstar": keeps.unpin,
    "mute": keeps.mute,
    "unmute": keeps.unmute,
}
QUIET = ("read", "draft")
"""What a page does by itself while one reads and types: nothing is said about it."""
AWAY = ("unread", "archive")
"""After these one is back in the list: the open page would undo the one, and the other is done with it."""


@require_http_methods(["GET", "HEAD", "POST"])
@keeping
def place(request: Request, pk: int) -> HttpResponse:
    """Where the conversation is kept and why, and everything that changes it."""
    talk = talk_of(request, pk)
    if request.method != "POST":
        return _show(request, talk)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return _show(request, talk, status=WRONG)
    do = form.cleaned_data["do"]
    _apply(talk.conversation, request.viewer.me, form)
    if do in QUIET and request.htmx:
        return HttpResponse(status=204)
    if said := _said(do, form):
        tell(request, said, undo=f"{talk.conversation.path}place/restoration/" if do == "archive" else "")
    if request.htmx and request.POST.get("in") == "dialog":
        return close_dialog(request, respond(request, "messaging/place.html", "nothing", {"talk": talk}))
    if do in AWAY:
        return changed(request, pk, go=ROOT)
    return changed(request, pk)


@require_POST
@keeping
def restoration(request: Request, pk: int) -> HttpResponse:
    """Archived a moment ago, and not meant so: it is in the inbox again."""
    talk = talk_of(request, pk)
    keeps.unarchive(talk.conversation, by=request.viewer.me)
    tell(request, _said("unarchive"))
    return changed(request, pk, go=ROOT)


def _apply(conversation: Conversation, me: Member, form: PlaceForm) -> None:
    values = form.cleaned_data
    do = values["do"]
    if do == "read":
        number = conversation.last_number if values["number"] is None else values["number"]
        keeps.read(conversation, by=me, number=number)
    elif do == "draft":
        keeps.draft(conversation, by=me, text=values["text"])
    elif do == "put":
        keeps.put(conversation, by=me, box=values["box"])
    else:
        VERBS[do](conversation, by=me)


def _said(do: str, form: PlaceForm | None = None) -> str:
    """What a short message says afterwards."""
    if do == "put" and form is not None:
        return _("Moved to “%(box)s”.") % {"box": Box(form.cleaned_data["box"]).label}
    return {
        "archive": _("Archived. It comes back when something new is said."),
        "unarchive": _("It is in the inbox again."),
        "mute": _("Muted. You can read it, and are told of nothing."),
        "unmute": _("You are told of new messages again."),
    }.get(do, "")


def _show(request: Request, talk: Talk, *, status: int = 200) -> HttpResponse:
    choices = [(box.value, box.label) for box in Box if box != Box.REQUESTS or talk.place.box == Box.REQUESTS]
    return respond(request, "messaging/place.html", "main", {"talk": talk, "choices": choices}, status=status)
