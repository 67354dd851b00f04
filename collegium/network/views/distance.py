"""How near one lets somebody come."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from collegium.audience.door import Request
from collegium.network import distance, ladder
from collegium.network.relations import relation
from collegium.network.views.common import for_members, person, show_relation
from collegium.ui.respond import respond, tell


@require_safe
@for_members
def steps(request: Request, handle: str) -> HttpResponse:
    """The ladder, with what each rung changes on both sides."""
    other = person(request, handle)
    context = {
        "person": other,
        "steps": ladder.ladder(request.viewer, other),
        "relation": relation(request.viewer, other),
    }
    return respond(request, "network/distance.html", "main", context)


@require_POST
@for_members
def step(request: Request, handle: str, word: str) -> HttpResponse:
    """Take one rung. The way back is the rung one stood on."""
    other = person(request, handle)
    if word not in ladder.RUNGS:
        raise Http404
    before = distance.set_rung(request.viewer.me, other, ladder.RUNGS[word])
    undo = f"/network/with/{other.handle}/distance/{ladder.WORDS[before]}/"
    tell(request, ladder.done(word, other), undo=undo if ladder.WORDS[before] != word else "")
    return show_relation(request, other)
