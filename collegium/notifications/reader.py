"""Making something for somebody who is not there: in her language, on her clock."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import timezone, translation

from collegium.members.models import Member
from collegium.notifications import choices
from collegium.notifications.hours import zone_of


@contextmanager
def as_read_by(member: Member) -> Iterator[None]:
    """Her language and her time zone are those of the moment."""
    zone = zone_of(choices.rest_of(member).zone)
    with translation.override(member.user.locale or settings.LANGUAGE_CODE), timezone.override(zone):
        yield
