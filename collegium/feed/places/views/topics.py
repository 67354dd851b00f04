"""What a group is about: its topics, for those who manage it."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from collegium.audience.door import Request, signed_in
from collegium.feed.places import topics as about
from collegium.feed.places.forms import TopicsForm, of_group
from collegium.feed.places.views.common import known
from collegium.groups import rules as groups
from collegium.groups.seating import place_of
from collegium.lib.limits import limit
from collegium.lib.refusal import require
from collegium.ui.respond import done, respond


@require_http_methods(["GET", "POST"])
@signed_in
@limit("groups.keeping", rate="200/h")
def topics(request: Request, handle: str) -> HttpResponse:
    """Name them, and say whether posts about something else are asked back."""
    group = known(request, handle)
    require(groups.may_manage(request.viewer.member, group))
    names = [topic.name for topic in about.of(group)]
    form = TopicsForm(request.POST) if request.method == "POST" else TopicsForm(initial=of_group(group, names))
    if request.method == "GET" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        context = {"group": group, "seat": place_of(request.viewer, group), "form": form}
        return respond(request, "feed/group_topics.html", "main", context, status=status)
    chosen = form.cleaned_data
    about.name(group, chosen["topics"], on_topic=chosen["on_topic"], by=request.viewer.me)
    return done(request, _("Saved."), group.path)
