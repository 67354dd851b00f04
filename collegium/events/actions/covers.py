"""The picture of an event."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from collegium.events import rules
from collegium.events.actions.holding import event_now
from collegium.events.models import Event
from collegium.journal.record import record
from collegium.lib.refusal import require
from collegium.media.decode import size_of
from collegium.media.storage import discard, store
from collegium.members.models import Member


def put(event: Event, images: Mapping[int, bytes], alt: str, *, by: Member) -> None:
    """Give it a picture, in place of the one it has.

    Args:
        event: which.
        images: its sizes, as `media.decode.process_image` made them.
        alt: what it shows.
        by: a host.
    """
    require(rules.may_host(by, event))
    key = store(images)
    try:
        width, height = size_of(images[max(images)])
        _set(event, by, cover=key, cover_width=width, cover_height=height, cover_alt=alt)
    except BaseException:
        discard(key)
        raise


def describe(event: Event, alt: str, *, by: Member) -> None:
    """Say in other words what it shows."""
    _set(event, by, cover_alt=alt)


def drop(event: Event, *, by: Member) -> None:
    """Take it off; a trigger notes its files."""
    _set(event, by, cover="", cover_width=0, cover_height=0, cover_alt="")


@transaction.atomic
def _set(event: Event, by: Member, **columns: Any) -> None:
    row = event_now(event)
    require(rules.may_host(by, row))
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
    record("events.pictured", actor=by, subject=row)
