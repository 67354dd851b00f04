"""Voting."""

from http import HTTPStatus

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from collegium.audience.door import Request, signed_in
from collegium.feed.views.common import visible_post
from collegium.lib.limits import limit
from collegium.polls import actions, reading
from collegium.polls.forms import VoteForm
from collegium.polls.models import Poll
from collegium.ui.respond import respond


@require_POST
@signed_in
@limit("polls.vote", rate="300/h")
def vote(request: Request, pk: int) -> HttpResponse:
    """Cast one's vote; the answer is the poll with its results."""
    row = visible_post(request, pk)
    if not Poll.objects.filter(pk=row.pk).exists():
        raise Http404
    form = VoteForm(request.POST)
    if good := form.is_valid():
        actions.vote(row, form.cleaned_data["place"], by=request.viewer.me)
    thing = reading.load(request.viewer, [row])[row.pk]
    wrong = "" if good else " ".join(str(each) for each in form.errors.get("place", []))
    context = {"post": row, "thing": thing, "me": request.viewer.me, "wrong": wrong}
    status = HTTPStatus.OK if good else HTTPStatus.UNPROCESSABLE_ENTITY
    return respond(request, "polls/vote.html", "poll", context, otherwise=f"{row.path}#poll-{row.pk}", status=status)
