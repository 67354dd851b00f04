"""What can be shown on a post: each room that has such a thing says how it is found and what of it one may see.

The roof lays them (`config/sharing.py`). A thing has an address of its own in this network, and that address is all an
author gives: by it the thing is found, in her eyes, and drawn for each reader in the reader's.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from collegium.audience.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Card:
    """A thing as one reader sees it.

    Attributes:
        label: what it is, such as "Group".
        icon: of the shared set.
        title: what it is called.
        line: one more line; may be empty.
        path: where it is.
        face: what `ui.avatar` draws beside it; None for the icon.
    """

    label: str
    icon: str
    title: str
    line: str
    path: str
    face: Any = None


@dataclass(frozen=True, slots=True)
class Thing:
    """One sort of thing.

    Attributes:
        find: the key of what stands at a path such as "/groups/weirs/", as far as the viewer may know of it.
        cards: of these keys those that the viewer may know of, drawn; a constant number of statements.
    """

    find: Callable[[Viewer, str], int | None]
    cards: Callable[[Viewer, Collection[int]], Mapping[int, Card]]


class Things(dict[str, Thing]):
    """By the name that stands in `Share.kind`."""

    def lay(self, table: Mapping[str, Thing]) -> None:
        """Take the table of the roof; once, when every room stands."""
        self.clear()
        self.update(table)

    def at(self, viewer: Viewer, address: str) -> tuple[str, int] | None:
        """What an address of this network leads to, as far as the viewer may know of it.

        Args:
            viewer: who gives it.
            address: with or without the name of this host.
        """
        path = path_of(address)
        for name, thing in self.items() if path else ():
            if (key := thing.find(viewer, path)) is not None:
                return name, key
        return None


things = Things()


def path_of(address: str) -> str:
    """The path of an address in this network; empty for one that leads elsewhere."""
    try:
        asked, own = urlsplit(address.strip()), urlsplit(settings.BASE_URL)
    except ValueError:
        return ""
    if asked.netloc and asked.netloc.lower() != own.netloc.lower():
        return ""
    if asked.scheme not in ("", "http", "https") or not asked.path.startswith("/"):
        return ""
    return asked.path if asked.path.endswith("/") else f"{asked.path}/"
