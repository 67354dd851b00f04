"""Opaque cursors: where a list goes on, as a few letters in the address."""

import base64
import binascii
import struct

from django.http import Http404


def pack(*numbers: int) -> str:
    """The numbers as letters that are safe in an address."""
    return base64.urlsafe_b64encode(struct.pack(f">{len(numbers)}q", *numbers)).rstrip(b"=").decode()


def unpack(text: str, count: int) -> tuple[int, ...]:
    """The numbers that `pack` was given.

    Args:
        text: a cursor, as it came in an address.
        count: how many numbers it must hold.

    Raises:
        Http404: it is none of ours; a list that does not exist.
    """
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return struct.unpack(f">{count}q", raw)
    except (struct.error, binascii.Error, ValueError):
        raise Http404 from None
