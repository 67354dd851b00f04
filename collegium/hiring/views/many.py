"""The same for many: choose, look at what one of them would read, do it."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from collegium.applications.models import Application
from collegium.audience.door import Request
from collegium.hiring import blind, replies
from collegium.hiring.actions import many as acting
from collegium.hiring.actions.many import Act, Chosen, Outcome
from collegium.hiring.forms import WordsForm
from collegium.hiring.models import Stage
from collegium.hiring.reading.asked import applications
from collegium.hiring.stages import columns
from collegium.hiring.views.common import WRONG, Desk, at_desk, go, number, show
from collegium.lib.refusal import require
from collegium.ui.respond import tell


@require_POST
@at_desk
def many(request: Request, desk: Desk) -> HttpResponse:
    """First the page that says what will happen, with one of them as an example; then, sent from there, the doing."""
    require(desk.moves)
    act, stage = _wanted(request, desk)
    chosen = _chosen(request, desk)
    if act is None or not chosen or len(chosen) > acting.MOST:
        tell(request, _problem(chosen), tone="warn")
        return go(request, desk.path)
    form = WordsForm(request.POST if "words" in request.POST else None)
    status = 200
    if form.is_bound and form.is_valid():
        words = form.cleaned_data["words"]
        if act == Act.ANSWER and not words:
            form.add_error("words", _("Please write something first."))
        elif "do" in request.POST:
            done = acting.act(desk.opening, chosen, act, by=request.viewer.me, stage=stage, words=words)
            _tell(request, done)
            return go(request, desk.path)
    if form.errors:
        status = WRONG
    return _preview(request, desk, chosen, form, act=act, stage=stage, status=status)


def _wanted(request: Request, desk: Desk) -> tuple[Act | None, Stage | None]:
    """What is to be done: "answer", "decline", or "move" with the key of a stage behind a colon."""
    what, _colon, key = request.POST.get("act", "").partition(":")
    if what not in tuple(Act):
        return None, None
    stage = columns(desk.opening).named(number(key) or 0)
    return (None, None) if what == Act.MOVE and stage is None else (Act(what), stage)


def _chosen(request: Request, desk: Desk) -> list[Chosen]:
    """As the list says it: keys; as the preview says it: each with the newest step that was known then."""
    pairs = [text.partition("-") for text in request.POST.getlist("who")[: acting.MOST + 1]]
    known = {found: number(step) or 0 for key, _dash, step in pairs if (found := number(key)) is not None}
    keys = list(applications(request.viewer, desk.opening).filter(pk__in=known).values_list("pk", flat=True))
    if "do" in request.POST:
        return [Chosen(key, known[key]) for key in keys]
    newest = acting.newest(keys)
    return [Chosen(key, newest.get(key, 0)) for key in sorted(keys)]


def _preview(
    request: Request, desk: Desk, chosen: list[Chosen], form: WordsForm, *, act: Act, stage: Stage | None, status: int
) -> HttpResponse:
    kept = replies.offered(desk.opening)
    chosen_reply = request.POST.get("reply", "")
    if chosen_reply in {str(place) for place in range(len(kept))} and "use" in request.POST:
        form = WordsForm(initial={"words": kept[int(chosen_reply)].words})
    words = str(form["words"].value() or "")
    first = Application.objects.select_related("sent", "opening__organization").get(pk=chosen[0].key)
    example = {"called": blind.calling(first), "words": ""}
    example["words"] = replies.filled(words, name=example["called"], opening=desk.opening)
    context: dict[str, Any] = {
        "act": act,
        "stage": stage,
        "chosen": chosen,
        "form": form,
        "replies": kept,
        "example": example,
    }
    return show(request, "hiring/many.html", desk, status=status, **context)


def _problem(chosen: list[Chosen]) -> str:
    if len(chosen) > acting.MOST:
        return _("Please choose at most %(n)s at once.") % {"n": acting.MOST}
    return _("Please choose at least one applicant, and what to do.")


def _tell(request: Request, found: Outcome) -> None:
    done = ngettext("Done for %(n)s applicant.", "Done for %(n)s applicants.", found.done) % {"n": found.done}
    left = ngettext(
        "%(n)s had changed meanwhile and was left as it is.",
        "%(n)s had changed meanwhile and were left as they are.",
        found.left,
    ) % {"n": found.left}
    tell(request, f"{done} {left}" if found.left else done, tone="warn" if found.left else "done")
