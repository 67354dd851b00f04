"""Passing a post on, taking that back, and saying that a post of one's own is not to be passed on."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collegium.audience.door import Request, signed_in
from collegium.audience.level import Level
from collegium.feed.composing import Composer
from collegium.feed.forms import IN_GROUP
from collegium.feed.models import Facet, Post
from collegium.feed.views.common import visible_post
from collegium.feed.views.pressing import Press
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict
from collegium.reposts import actions, originals, rules
from collegium.reposts.forms import PassingForm, PlainForm
from collegium.reposts.kind import Inside
from collegium.reposts.models import NoReposts
from collegium.ui.respond import respond, tell

LISTED = 20


@require_http_methods(["GET", "POST"])
@signed_in
@limit("feed.post", rate="60/h")
def reposts(request: Request, pk: int) -> HttpResponse:
    """What one can do about passing this post on; a POST passes it on without a word."""
    row = visible_post(request, pk)
    form = PlainForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return respond(request, "reposts/reposts.html", "main", _around(request, row) | {"form": form}, status=status)
    original = _original(request, row)
    if original is None:
        raise Conflict(actions.closed())
    actions.repost(original, by=request.viewer.me, audience=form.cleaned_data["audience"])
    tell(request, _("Reposted."), undo=f"/posts/reposts/{original.pk}/removal/")
    return _again(request, row)


@require_GET
@signed_in
def new(request: Request, pk: int) -> HttpResponse:
    """The composer, with the post that is passed on under the words."""
    original = _original(request, visible_post(request, pk))
    me = request.viewer.me
    if original is None or not rules.may_repost(me, original):
        raise Conflict(actions.closed())
    composer = Composer(me, initial={"facet": original.facet} | _where(original))
    composer.parts.forms = [
        (kind, _passing(me, original) if isinstance(form, PassingForm) else form) for kind, form in composer.parts.forms
    ]
    personal = original.facet == Facet.PERSONAL
    return respond(request, "reposts/new.html", "main", {"composer": composer, "personal": personal})


@require_POST
@signed_in
@limit("reposts.change", rate="300/h")
def removal(request: Request, pk: int) -> HttpResponse:
    """Take one's plain repost back; also of what one no longer sees."""
    if pk >= 1 << 63:
        raise Http404
    actions.take_back(pk, by=request.viewer.me)
    tell(request, _("Your repost is taken back."))
    return respond(request, "reposts/reposts.html", "done", {}, otherwise="feed:home")


def _original(request: Request, row: Post) -> Post | None:
    """What reposting this post would pass on, as far as this member may find it there."""
    return actions.seen(request.viewer.me, originals.source(row))


def _where(original: Post) -> dict[str, Any]:
    """What is said where not everybody reads is passed on there."""
    return {} if rules.may_carry(original, None) else {"audience": IN_GROUP, "group": original.group_id}


def _passing(me: Any, original: Post) -> PassingForm:
    form = PassingForm(me=me, initial={"of": original.pk})
    form.original = original
    return form


def _around(request: Request, row: Post) -> dict[str, Any]:
    """What the sheet says."""
    viewer, me = request.viewer, request.viewer.me
    original = _original(request, row)
    key = originals.source(row) or 0
    return {
        "post": row,
        "inside": Inside(original),
        "may_repost": original is not None and rules.may_repost(me, original),
        "inside_alone": original is not None and not rules.may_carry(original, None),
        "may_forbid": rules.may_forbid(me, row),
        "forbidden": NoReposts.objects.filter(post=row).exists(),
        "mine": originals.plain(me, key).first(),
        "key": key,
        "alone": row.audience == Level.ONLY_ME,
        "count": originals.count(viewer, original.pk) if original is not None else 0,
        "latest": originals.latest(viewer, original.pk, LISTED) if original is not None else [],
    }


def _again(request: Request, row: Post) -> HttpResponse:
    """The sheet as it is now; a plain form goes back to the post."""
    context = _around(request, row) | {"form": PlainForm()}
    return respond(request, "reposts/reposts.html", "main", context, otherwise=row.path)


on_post = Press("reposts.change", "300/h", find=visible_post, after=_again)
forbidding = on_post(actions.forbid, gettext_lazy("This post may not be reposted now."), undo="permission")
permission = on_post(actions.permit, gettext_lazy("This post may be reposted now."), undo="forbidding")
