"""What the pages of this room share."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from collegium.audience.door import Request
from collegium.introductions.models import Introduction
from collegium.network.views.common import HIGHEST_KEY

ROOT, TALKS = "/network/introductions/", "/messages/"
TAKEN, TOO_MANY = 409, 429


def key(pk: int) -> int:
    """A key as an address gives it.

    Raises:
        Http404: the database has no such number.
    """
    if pk > HIGHEST_KEY:
        raise Http404
    return pk


def lane(here: str) -> dict[str, Any]:
    """The tabs over the lists."""
    labels = {"through": _("Asked of you"), "about": _("For you"), "mine": _("By you")}
    paths = {"through": ROOT}
    return {
        "lane": [
            {"label": label, "href": paths.get(name, f"{ROOT}{name}/"), "current": name == here}
            for name, label in labels.items()
        ]
    }


def as_role(request: Request, pk: int, role: str) -> Introduction:
    """The letter, if the viewer has this part in it, whatever became of it.

    Raises:
        Http404: she has not; or it never reached her.
    """
    rows = Introduction.objects.with_people().filter(pk=key(pk), **{role: request.viewer.member})
    if role == "target":
        rows = rows.filter(forwarded_at__isnull=False)
    row = rows.first()
    if row is None:
        raise Http404
    return row
