"""What the pages of walls share: the group at an address, and the post that somebody keeps."""

from django.http import Http404

from collegium.audience.door import Request
from collegium.feed.models import Comment, Post
from collegium.feed.places import seats
from collegium.feed.talking.queues import post_of
from collegium.feed.views.common import visible_comment, visible_post
from collegium.groups.models import Group
from collegium.groups.reading import directory
from collegium.lib.refusal import require


def known(request: Request, handle: str) -> Group:
    """The group, when this viewer may know of it.

    Raises:
        Http404: she may not, or there is none.
    """
    row = directory.one(request.viewer, handle)
    if row is None:
        raise Http404
    return row


def kept_post(request: Request, pk: int) -> Post:
    """A post of a group that the viewer keeps; whoever sees it and does not keep the group is refused."""
    row = visible_post(request, pk)
    if row.group_id is None:
        raise Http404
    require(seats.keeps(request.viewer.member, row))
    return row


def kept_comment(request: Request, pk: int) -> Comment:
    """A comment under a post of a group that the viewer keeps."""
    found = post_of(pk)
    if found is None:
        raise Http404
    kept_post(request, found)
    return visible_comment(request, pk)
