"""What the pages of openings share."""

from collections.abc import Callable

from django.http import Http404
from django.shortcuts import get_object_or_404

from collegium.audience.door import Request
from collegium.lib.refusal import require
from collegium.members.models import Member
from collegium.openings import rules
from collegium.openings.models import Opening

Rule = Callable[[Member | None, Opening], bool]


def key(pk: int) -> int:
    """A key as the database holds it.

    Raises:
        Http404: no row has such a key.
    """
    if pk >= 1 << 63:
        raise Http404
    return pk


def visible(request: Request, pk: int) -> Opening:
    """The opening, when this viewer reads it.

    Raises:
        Http404: she does not, or there is none.
    """
    return get_object_or_404(Opening.objects.visible_to(request.viewer).with_faces(), pk=key(pk))


def teamed(request: Request, pk: int, rule: Rule = rules.may_review) -> Opening:
    """The opening, when she hires for it with such a part; whoever may only read it is told so.

    Raises:
        Http404: she does not see it.
    """
    opening = visible(request, pk)
    require(rule(request.viewer.member, opening))
    return opening
