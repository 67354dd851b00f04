"""What the pages of newsletters share."""

from django.http import Http404

from collegium.audience.door import Request
from collegium.feed.views.common import number
from collegium.lib.refusal import require
from collegium.newsletters import reading, rules
from collegium.newsletters.models import Newsletter


def visible(request: Request, pk: int) -> Newsletter:
    """The newsletter, when this viewer sees it.

    Raises:
        Http404: she does not, or there is none.
    """
    row = reading.one(request.viewer, number(str(pk)))
    if row is None:
        raise Http404
    return row


def own(request: Request, pk: int) -> Newsletter:
    """A newsletter of the viewer's.

    Raises:
        Http404: she sees none such.
        Refusal: it is somebody else's.
    """
    row = visible(request, pk)
    require(rules.may_edit(request.viewer.member, row))
    return row
