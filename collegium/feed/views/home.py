"""Home: what the people one reads have posted, newest first, and the composer."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from collegium.audience.door import Request, signed_in
from collegium.feed import cards, selecting, timeline
from collegium.feed.composing import Composer
from collegium.feed.forms import MixForm, PostForm
from collegium.feed.models import Mix
from collegium.feed.ranking import order
from collegium.feed.sides import balance, reading
from collegium.feed.views.common import number
from collegium.lib.limits import limit
from collegium.members.models import Member
from collegium.ui.respond import respond, tell


@require_GET
def home(request: Request) -> HttpResponse:
    """The timeline; for someone signed out, what this network is."""
    if not request.viewer:
        return render(request, "ui/front.html", using="jinja2")
    context = stretch(request, request.GET.get("before", ""), request.GET.get("ranked", ""))
    context["composer"] = Composer(request.viewer.me)
    return respond(request, "feed/home.html", "main" if context["first"] else "stretch", context)


def stretch(request: Request, before: str = "", ranked: str = "") -> dict[str, Any]:
    """One stretch of the timeline and its surroundings; in either order it remembers what has been read.

    Args:
        request: whose home.
        before: where the page before ended, newest first; the pages of one reading keep their order.
        ranked: where it ended, in the reader's own order.
    """
    me = request.viewer.me
    people, mix = timeline.people_of(me), timeline.mix_of(me)
    loud = request.GET.get("quiet") == "off"
    if loud:
        people = replace(people, wishes=people.wishes.without_quiet())
    if ranked or (mix.view == Mix.View.RANKED and not before):
        page = order.page(me, people, mix, ranked)
        _remember(me, mix, page.read)
        return _around(request, page, people, mix) | {"first": not ranked, "loud": loud, "ranked": True, "seen": 0}
    newest = timeline.page(me, people, mix, before)
    seen = number(request.GET.get("seen", "")) if before else mix.seen
    if not before and newest.posts:
        _remember(me, mix, newest.posts[0].pk)
    return _around(request, newest, people, mix) | {"first": not before, "loud": loud, "ranked": False, "seen": seen}


def _remember(me: Member, mix: Mix, key: int) -> None:
    """Down to here she has read; the mark never goes back."""
    if key > mix.seen:
        Mix.objects.update_or_create(member=me, defaults={"seen": key})


def _around(request: Request, page: timeline.Page, people: timeline.People, mix: Mix) -> dict[str, Any]:
    """What stands around a stretch in either order."""
    return {
        "page": page,
        "cards": cards.lay_out(request.viewer, page.posts, near=people.near),
        "mix": mix,
        "asked_for": people.wishes.personal_of,
        "connections": people.connections,
        "readable": len(people.near) > 1,
    }


@require_GET
@signed_in
def fresh(request: Request) -> HttpResponse:
    """How many posts came since the page was opened; they wait until asked for."""
    if not request.htmx:
        return redirect("feed:home")
    me = request.viewer.me
    since = number(request.GET.get("since", ""))
    count = timeline.newer_than(timeline.people_of(me), timeline.mix_of(me), since)
    return respond(request, "feed/home.html", "fresh", {"count": count, "since": since})


@require_GET
@signed_in
def reached(request: Request) -> HttpResponse:
    """How many people the post that is being written would reach, who some of them are, and whether one of them is."""
    me = request.viewer.me
    asked_about = request.GET.copy()
    for name in ("facet", "commenting", "audience"):
        asked_about.setdefault(name, PostForm.base_fields[name].initial)
    # Its words are not judged here.
    asked_about["anyway"] = "on"
    form = PostForm(asked_about, me=me)
    if not form.is_valid():
        problems = [words for name in ("audience", "named", "left_out") for words in form.errors.get(name, [])]
        return respond(request, "feed/reach.html", "reach", {"problems": problems})
    if (page := form.cleaned_data.get("page")) is not None:
        return respond(request, "feed/reach.html", "reach", {"page": page})
    choice, facet = form.cleaned_data["choice"], form.cleaned_data["facet"]
    asked = request.GET.get("check", "")[:80].strip()
    context = {
        "level": choice.audience,
        "proof": selecting.proof(me, choice, facet),
        "asked": asked,
        "sees": selecting.sees(me, choice, facet, asked) if asked else None,
        "balance": balance.of(me),
    }
    return respond(request, "feed/reach.html", "reach", context)


@require_http_methods(["GET", "POST"])
@signed_in
@limit("feed.mix", rate="120/h")
def mix(request: Request) -> HttpResponse:
    """Choose the mix of professional and personal, and see whom one chose by name."""
    me = request.viewer.me
    now = timeline.mix_of(me)
    chosen = {"sides": now.sides, "one_in": now.one_in, "no_machines": now.no_machines}
    form = MixForm(request.POST if request.method == "POST" else None, initial=chosen)
    if request.method == "POST" and form.is_valid():
        Mix.objects.update_or_create(member=me, defaults=form.cleaned_data)
        tell(request, _("Your mix is changed."))
        return redirect("feed:home")
    context = {"form": form, "mix": now, "people": reading.choices(request.viewer), "balance": balance.of(me)}
    return respond(request, "feed/mix.html", "sheet", context, status=422 if form.errors else 200)
