"""A topic and what reaches one of it, which topics one follows, and which of them are one."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collegium.audience.door import Request, signed_in
from collegium.feed.models import Post, PostTopic, Quiet, Topic, TopicFollow
from collegium.feed.reading import actions, rules
from collegium.feed.reading import topics as reading
from collegium.feed.reading.forms import FOR, LengthForm, MergeForm, TopicForm
from collegium.feed.sides.asked import AskedFor
from collegium.feed.views.posts import listing
from collegium.feed.views.pressing import Press
from collegium.lib import clock
from collegium.lib.limits import limit
from collegium.lib.refusal import require
from collegium.lib.text.tokens import topic_slug
from collegium.ui.respond import respond, tell

ALL = "feed:topics"
MERGED_SHOWN = 200


@require_GET
@signed_in
def topic(request: Request, slug: str) -> HttpResponse:
    """What was posted about a topic, as far as it reaches the viewer; a topic nobody used is an empty page.

    Of people whose personal side she did not ask for only what is professional is there, until she asks for all.
    The page of a topic that was merged leads to the one it became.
    """
    folded = _slug(slug)
    found = Topic.objects.select_related("same_as").filter(slug=folded).first()
    if found is not None and found.same_as is not None:
        return redirect("feed:topic", slug=found.same_as.slug)
    posts = Post.objects.none()
    if found is not None:
        about = PostTopic.objects.filter(topic__in=reading.family(found)).values("post")
        posts = Post.objects.visible_to(request.viewer).filter(pk__in=about)
    all_sides = request.GET.get("sides") == "all"
    if not all_sides:
        posts = posts.filter(AskedFor(request.viewer))
    context = listing(request, posts) | {"topic": folded, "all_sides": all_sides} | _mine(request, found)
    return respond(request, "feed/topic.html", "stretch", context)


@require_GET
@signed_in
def topics(request: Request) -> HttpResponse:
    """What one follows; for owners, also which topics are one."""
    return respond(request, "feed/topics.html", "topics", _listed(request))


@require_POST
@signed_in
@limit("feed.topic", rate="600/h")
def follow_named(request: Request) -> HttpResponse:
    """Follow a topic by its name."""
    form = TopicForm(request.POST)
    if not form.is_valid():
        return respond(request, "feed/topics.html", "topics", _listed(request) | {"form": form}, status=422)
    actions.follow_topic(form.cleaned_data["name"], by=request.viewer.me)
    tell(request, _("You follow it now."))
    return respond(request, "feed/topics.html", "topics", _listed(request), otherwise=ALL)


@require_POST
@signed_in
@limit("feed.quiet", rate="600/h")
def quieting(request: Request, slug: str) -> HttpResponse:
    """Leave it out of home."""
    found, form = _found(slug), LengthForm(request.POST)
    days = form.cleaned_data["days"] if form.is_valid() else actions.FOR_GOOD
    actions.mute_topic(found, by=request.viewer.me, days=days)
    tell(request, _("Quiet from now on."))
    return _answer(request, found)


@require_http_methods(["GET", "POST"])
@signed_in
@limit("feed.merge", rate="600/h")
def merging(request: Request) -> HttpResponse:
    """Make two topics one."""
    require(rules.may_merge(request.viewer.me))
    form = MergeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        into = actions.merge(form.cleaned_data["topic"], form.cleaned_data["into"], by=request.viewer.me)
        tell(request, _("They are one now: #%(topic)s.") % {"topic": into.name})
        return respond(request, "feed/topics.html", "topics", _listed(request), otherwise=ALL)
    status = 422 if form.errors else 200
    return respond(request, "feed/topics.html", "topics", _listed(request) | {"merge": form}, status=status)


@require_POST
@signed_in
@limit("feed.merge", rate="600/h")
def parting(request: Request, slug: str) -> HttpResponse:
    """Let a topic stand for itself again."""
    require(rules.may_merge(request.viewer.me))
    actions.part(_found(slug), by=request.viewer.me)
    tell(request, _("It stands for itself again."))
    return respond(request, "feed/topics.html", "topics", _listed(request), otherwise=ALL)


def _slug(typed: str) -> str:
    """The slug of an address, whatever was typed there."""
    return topic_slug(typed[:80].replace("\0", ""))


def _found(slug: str) -> Topic:
    """The topic of this address."""
    return get_object_or_404(Topic.objects.select_related("same_as"), slug=_slug(slug))


def _answer(request: Request, found: Topic) -> HttpResponse:
    """The head of its page as it is now."""
    found = reading.root(found)
    context = {"topic": found.slug} | _mine(request, found)
    return respond(request, "feed/topic.html", "choices", context, otherwise=reverse("feed:topic", args=[found.slug]))


def _mine(request: Request, found: Topic | None) -> dict[str, Any]:
    """How the viewer stands to a topic, and what else it is called."""
    if found is None:
        return {"found": None}
    same = reading.family(found)
    going = Q(until=None) | Q(until__gt=clock.now())
    return {
        "found": found,
        "follows": TopicFollow.objects.filter(member=request.viewer.me, topic__in=same).exists(),
        "quiet": Quiet.objects.filter(going, member=request.viewer.me, topic__in=same).first(),
        "others": list(same.exclude(pk=found.pk).order_by("slug").values_list("slug", flat=True)),
        "lengths": FOR,
    }


def _listed(request: Request) -> dict[str, Any]:
    """What one follows, each once; for owners the merged topics and the form that merges."""
    mine = TopicFollow.objects.filter(member=request.viewer.me).select_related("topic__same_as")
    roots = {each.pk: each for each in (reading.root(row.topic) for row in mine)}
    context: dict[str, Any] = {"followed": sorted(roots.values(), key=lambda each: each.slug), "form": TopicForm()}
    if rules.may_merge(request.viewer.me):
        merged = Topic.objects.filter(same_as__isnull=False).select_related("same_as").order_by("same_as__slug", "slug")
        context |= {"merge": MergeForm(), "merged": list(merged[:MERGED_SHOWN])}
    return context


on_topic = Press("feed.topic", "600/h", find=lambda _request, slug: _found(slug), after=_answer)
follow = on_topic(actions.follow_topic)
unfollow = on_topic(actions.unfollow_topic)
