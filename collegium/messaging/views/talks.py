"""A conversation: reading it, saying something, and what changed since a page was made."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.lib.refusal import Conflict, Refusal
from collegium.messaging.actions import keeping as keeps
from collegium.messaging.actions import talking
from collegium.messaging.forms import HIGHEST, WriteForm
from collegium.messaging.models import Attachment, Conversation, Message
from collegium.messaging.reading import beginnings
from collegium.messaging.reading import talk as reading
from collegium.messaging.reading.dressing import dress
from collegium.messaging.reading.talk import Stretch, Talk
from collegium.messaging.views.common import (
    TAKEN,
    WRONG,
    below,
    head,
    keeping,
    key,
    lines,
    talk_of,
    way_of,
    writing,
)
from collegium.messaging.views.files import waiting, written
from collegium.ui.respond import render_page, respond


@require_safe
@signed_in
def one(request: Request, pk: int) -> HttpResponse:
    """The conversation: its newest words, or those around a message, or an earlier or later stretch."""
    talk = talk_of(request, pk)
    if request.htmx and request.GET.get("part"):
        return _more(request, talk)
    return show(request, talk)


def show(request: Request, talk: Talk, form: WriteForm | None = None, *, status: int = 200) -> HttpResponse:
    """The page with the conversation, or the conversation alone."""
    stretch = _stretch(request, talk)
    context = lines(request, talk, stretch) | head(request, talk) | below(request, talk, form)
    context |= {"stretch": stretch, "new_from": _new_from(talk, stretch), "lead_day": True}
    context |= _reply(request, talk, form) | {"beginning": beginnings.of(request.viewer, talk, stretch)}
    context["compact"] = request.GET.get("in") == "dock"
    return respond(request, "messaging/talk.html", "pane", context, status=status)


@require_safe
@signed_in
def since(request: Request, pk: int, changes: int) -> HttpResponse:
    """What changed since the page knew this number."""
    talk = talk_of(request, pk)
    if not request.htmx:
        return HttpResponseRedirect(talk.conversation.path)
    return patch(request, talk, changes, request.GET)


@require_http_methods(["GET", "HEAD", "POST"])
@writing
def messages(request: Request, pk: int) -> HttpResponse:
    """Say something. Whoever is not in the conversation, or no longer, finds nothing there to say it in.

    The page that said it sees it like every other, with what changed: it is not drawn here.
    """
    row = Conversation(pk=key(pk))
    if request.method != "POST":
        return HttpResponseRedirect(row.path)
    form = written(request)
    if not form.is_valid():
        return _unsaid(request, talk_of(request, pk), form, WRONG)
    values = form.cleaned_data
    try:
        answered = _answered(request, pk, values["reply_to"])
        files = [Attachment(pk=each) for each in form.keys]
        given = {"text": values["text"], "key": values["key"], "reply_to": answered, "files": files}
        said = talking.write(row, by=request.viewer.me, **given)
    except Refusal:
        raise Http404 from None
    except Conflict as conflict:
        form.add_error(None, conflict.reason)
        return _unsaid(request, talk_of(request, pk), form, TAKEN)
    if not request.htmx:
        return HttpResponseRedirect(row.path)
    return HttpResponse(status=204, headers={"Talk-Said": str(said.number)})


@require_POST
@keeping
def typing(request: Request, pk: int) -> HttpResponse:
    """Something is being typed here."""
    keeps.typing(talk_of(request, pk).conversation, by=request.viewer.me)
    return HttpResponse(status=204)


def changed(request: Request, pk: int, *, go: str = "", touched: Message | None = None) -> HttpResponse:
    """After a change: what is new for the page it was made on, or the way back for a plain form.

    Args:
        request: the request that changed something.
        pk: the conversation.
        go: where to go instead of staying in it.
        touched: a message that looks different to this reader alone.
    """
    talk = talk_of(request, pk)
    if not request.htmx:
        return HttpResponseRedirect(go or talk.conversation.path)
    if go or "since" not in request.POST:
        return HttpResponse(status=204, headers={"Talk-Go": go} if go else {})
    return patch(request, talk, number(request.POST, "since"), request.POST, anew=True, touched=touched)


def patch(
    request: Request, talk: Talk, changes: int, page: QueryDict, *, anew: bool = False, touched: Message | None = None
) -> HttpResponse:
    """The parts of a page that changed since it knew a number, each for its place.

    Args:
        request: who asks.
        talk: the conversation.
        changes: the number the page knows.
        page: what it shows: `from` and `to`, `tail` when nothing later is left out, and its `way`.
        anew: draw the head anew in any case.
        touched: a message to draw anew in any case.
    """
    stretch = reading.since(request.viewer, talk, changes)
    if stretch.too_many:
        return HttpResponse(status=204, headers={"Talk-Reload": "1"})
    first, last, tail = number(page, "from"), number(page, "to"), bool(page.get("tail"))
    fresh = [each for each in stretch.said if each.message.number > last]
    looks = dress(talk.eyes, [touched]) if touched is not None else []
    context = lines(request, talk, stretch) | {
        "changed": [each for each in [*stretch.said, *looks] if first <= each.message.number <= last],
        "fresh": fresh if tail else [],
        "gone": stretch.gone,
        "compact": page.get("in") == "dock",
        "head_changed": anew or stretch.head or bool(page.get("head")),
        "way_changed": page.get("way", way_of(talk)) != way_of(talk),
    }
    if context["head_changed"]:
        context |= head(request, talk)
    if context["way_changed"]:
        context |= below(request, talk)
    response = HttpResponse(render_page(request, "messaging/changes.html", context))
    response["Talk-Changes"] = str(stretch.changes)
    response["Talk-New"] = str(sum(not each.mine for each in fresh))
    return response


def number(page: QueryDict, name: str) -> int:
    """A number as a page sends it; what is none counts as 0."""
    text = page.get(name, "")
    return min(int(text), HIGHEST) if text.isascii() and text.isdigit() and len(text) < len(str(HIGHEST)) else 0


def _stretch(request: Request, talk: Talk) -> Stretch:
    """What the page shows of what was said."""
    given = {name: number(request.GET, name) for name in ("before", "after", "at")}
    return reading.messages(request.viewer, talk, **given)


def _new_from(talk: Talk, stretch: Stretch) -> int:
    """Where what is new begins; 0 where nothing is."""
    fresh = (each.message.number for each in stretch.said if each.message.number > talk.place.read and not each.mine)
    return next(fresh, 0)


def _more(request: Request, talk: Talk) -> HttpResponse:
    """An earlier or a later stretch, for a page that has another one."""
    stretch = _stretch(request, talk)
    context = lines(request, talk, stretch) | head(request, talk) | {"stretch": stretch}
    context["beginning"] = beginnings.of(request.viewer, talk, stretch)
    return HttpResponse(render_page(request, "messaging/more.html", context | {"earlier": "before" in request.GET}))


def _reply(request: Request, talk: Talk, form: WriteForm | None) -> dict[str, Any]:
    """The message that is being answered, where a plain link chose one."""
    chosen = number(request.GET, "reply") or (number(request.POST, "reply_to") if form is not None else 0)
    message = _answered(request, talk.conversation.pk, chosen)
    return {"reply": message, "reply_words": message.text[:160] if message is not None else ""}


def _answered(request: Request, pk: int, chosen: int | None) -> Message | None:
    """The message with this number, where she reads it still; an answer to what is gone is said all the same."""
    if not chosen:
        return None
    rows = Message.objects.visible_to(request.viewer).select_related("author")
    return rows.filter(conversation=pk, number=chosen, kind=Message.Kind.WORDS).first()


def _unsaid(request: Request, talk: Talk, form: WriteForm, status: int) -> HttpResponse:
    """What was typed, and why it did not go: the page again, or a sentence for the page that sent it."""
    if not request.htmx:
        form.waiting = waiting(request, form)
        return show(request, talk, form, status=status)
    said = " ".join(str(each) for errors in form.errors.values() for each in errors)
    return HttpResponse(said or _("This could not be sent."), status=status, content_type="text/plain; charset=utf-8")
