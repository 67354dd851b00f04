"""One's drafts: the list, one of them in the composer, and what becomes of it. Anybody else's do not exist."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collegium.audience.door import Request, signed_in
from collegium.feed import titles
from collegium.feed.composing import Composer
from collegium.feed.drafts import actions, rows, values
from collegium.feed.models import Draft
from collegium.feed.places import wall
from collegium.lib import cursor
from collegium.lib.limits import limit
from collegium.lib.text import excerpt
from collegium.ui.respond import done, respond, tell
from collegium.ui.text import moment

PAGE = 25
EXCERPT = 240
HIGHEST = (1 << 63) - 1


@require_http_methods(["GET", "POST"])
@signed_in
@limit("feed.draft", rate="1500/h")
def drafts(request: Request) -> HttpResponse:
    """The list; and where the composer sends what is to be kept."""
    if request.method == "POST":
        return _save(request)
    mine = rows.kept(request.viewer.me).order_by("-touched_at", "-pk")
    if after := request.GET.get("after", ""):
        last = rows.kept(request.viewer.me).filter(pk=cursor.unpack(after, 1)[0]).first()
        below = Q(touched_at__lt=last.touched_at) | Q(touched_at=last.touched_at, pk__lt=last.pk) if last else Q(pk=0)
        mine = mine.filter(below)
    found = list(mine[: PAGE + 1])
    older = f"/posts/drafts/?after={cursor.pack(found[PAGE - 1].pk)}" if len(found) > PAGE else ""
    shown = [(row, excerpt(row.values.get("body", ""), EXCERPT)) for row in found[:PAGE]]
    back = wall.returned(request.viewer) if not after else []
    titles.give(request.viewer, back)
    returned = [(post, titles.of(post, EXCERPT)) for post in back]
    context = {"drafts": shown, "returned": returned, "older": older, "first": not after}
    return respond(request, "feed/drafts.html", "stretch", context)


def _save(request: Request) -> HttpResponse:
    """Keep what was sent; what is typed asks quietly, and gets a word back."""
    quietly = "quiet" in request.POST
    try:
        row = actions.save(request.viewer.me, values.of_form(request.POST), quietly=quietly)
    except (values.TooMuch, actions.Full) as refusal:
        words = str(getattr(refusal, "reason", "")) or _("This is more than a draft can hold.")
        return _plain(words, 409) if quietly else _again(request, words, 409)
    if quietly:
        return _plain(_("Draft saved") if row is not None else "")
    if row is None:
        return _again(request, _("There is nothing to keep yet: write something first."))
    words = _("Draft saved. Files are not kept: add them when you post.") if request.FILES else _("Draft saved.")
    return done(request, words, "feed:drafts")


def schedule(request: Request, composer: Composer) -> HttpResponse:
    """Where a valid composer says an hour: keep it until then."""
    if request.FILES:
        words = _("Files cannot wait: post this now, or take them out.")
        composer.form.add_error("later", words)
        return respond(request, "feed/compose.html", "composer", {"composer": composer}, status=422)
    try:
        typed = values.of_form(request.POST) | values.left_out(composer.form.cleaned_data["choice"])
        row = actions.schedule(request.viewer.me, typed, composer.form.cleaned_data["later"])
    except (values.TooMuch, actions.Full) as refusal:
        words = str(getattr(refusal, "reason", "")) or _("This is more than a draft can hold.")
        composer.form.add_error(NON_FIELD_ERRORS, words)
        return respond(request, "feed/compose.html", "composer", {"composer": composer}, status=409)
    if row.due_at is not None:
        tell(
            request, _("It will be posted on %(when)s UTC. Until then only you see it.") % {"when": moment(row.due_at)}
        )
    return redirect("feed:drafts")


@require_GET
@signed_in
def draft(request: Request, pk: int) -> HttpResponse:
    """Go on with one."""
    row = _mine(request, pk)
    context = {"draft": row, "composer": values.composer_of(row, request.viewer.me)}
    return respond(request, "feed/draft.html", "composer", context)


@require_POST
@signed_in
@limit("feed.draft", rate="1500/h")
def withdrawal(request: Request, pk: int) -> HttpResponse:
    """It is not posted by the clock any more."""
    row = actions.unschedule(_mine(request, pk), by=request.viewer.me)
    return done(request, _("It will not be posted. It is kept as a draft."), row.path)


@require_POST
@signed_in
@limit("feed.draft", rate="1500/h")
def removal(request: Request, pk: int) -> HttpResponse:
    """Delete it, with a way back."""
    row = _mine(request, pk)
    actions.remove(row, by=request.viewer.me)
    return done(request, _("The draft is deleted."), "feed:drafts", undo=f"{row.path}restoration/")


@require_POST
@signed_in
@limit("feed.draft", rate="1500/h")
def restoration(request: Request, pk: int) -> HttpResponse:
    """Bring it back."""
    row = get_object_or_404(rows.deleted(request.viewer.me), pk=min(pk, HIGHEST))
    actions.restore(row, by=request.viewer.me)
    return done(request, _("The draft is back."), "feed:drafts")


def _mine(request: Request, pk: int) -> Draft:
    return get_object_or_404(rows.kept(request.viewer.me), pk=min(pk, HIGHEST))


def _again(request: Request, words: str, status: int = 422) -> HttpResponse:
    """The composer as it was sent, with the reason why it was not kept."""
    composer = Composer(request.viewer.me, request)
    composer.form.errors.clear()
    composer.form.add_error(None, words)
    context: dict[str, Any] = {"composer": composer}
    return respond(request, "feed/compose.html", "composer", context, status=status)


def _plain(words: str, status: int = 200) -> HttpResponse:
    return HttpResponse(words, content_type="text/plain; charset=utf-8", status=status)
