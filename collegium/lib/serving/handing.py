"""How a synchronous view hands a file over: it judges, writes the head of the answer, and is done.

The bytes are sent by the door afterwards, so that a reader on a slow line holds no thread of Django's.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

KEY = "collegium.handing"
# An answer whose bytes are the file that was left says so to the door, which says it to nobody.
HEADER = "X-Handed-Over"


@dataclass
class File:
    """What is to be sent.

    Attributes:
        pieces: gives its bytes, when it is called.
        path: where the very same bytes lie as one whole file; "" when they do not.
    """

    pieces: Callable[[], Iterator[bytes]]
    path: str = ""


class Handing:
    """One request's place to leave a file in; the door puts one into each scope."""

    def __init__(self) -> None:
        self.file: File | None = None


def place_in(environ: dict[str, Any]) -> Handing | None:
    """Where a view can leave a file; None behind any other server, whose view then sends the bytes itself."""
    found = environ.get("asgi.scope", {}).get(KEY)
    return found if isinstance(found, Handing) else None
