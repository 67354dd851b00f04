"""What the pages of applications share: finding what is asked for, as this viewer may see it."""

from typing import NoReturn

from django.http import Http404
from django.utils.translation import gettext as _

from collegium.applications.models import Application
from collegium.audience.viewer import Viewer
from collegium.lib.refusal import Conflict
from collegium.openings.models import Opening

LARGEST = 1 << 63
WRONG, FORBIDDEN, TAKEN = 422, 403, 409


def own(viewer: Viewer, pk: int) -> Application:
    """One of her applications.

    Raises:
        Http404: it is not hers, or it was erased, which makes it nobody's.
    """
    rows = Application.objects.of(viewer.me).select_related("opening__organization", "opening__poster")
    row = rows.filter(pk=pk).first() if pk < LARGEST else None
    if row is None:
        raise Http404
    return row


def opening_for(viewer: Viewer, pk: int) -> Opening:
    """An opening to which she might apply.

    Raises:
        Http404: there is none for her.
        Conflict: it is over.
    """
    rows = Opening.objects.visible_to(viewer).with_faces().filter(pk=pk) if pk < LARGEST else Opening.objects.none()
    row = rows.first()
    if row is None:
        _gone(viewer, pk)
    return row


def _gone(viewer: Viewer, pk: int) -> NoReturn:
    if pk < LARGEST and Opening.objects.once_visible_to(viewer).filter(pk=pk).exists():
        raise Conflict(_("One can no longer apply to this: it is over."))
    raise Http404
