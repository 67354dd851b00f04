"""What other rooms keep in the files of the graph, for the same members in the same order."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from collegium.graph.view import Keys

# Writes a room's arrays: (cursor inside the reading transaction, sorted keys of all members, folder to write into).
Build = Callable[[Any, Keys, Path], None]

_laid: dict[str, Build] = {}


def lay(builds: Mapping[str, Build]) -> None:
    """Say, once, when every room stands, who else writes into the folder.

    Args:
        builds: by a name that changes whenever the form of the arrays does: files without it are made anew.
    """
    _laid.clear()
    _laid.update(builds)


def all() -> list[tuple[str, Build]]:  # noqa: A001 - read as `parts.all()`
    """Each name and what writes it."""
    return list(_laid.items())


def names() -> list[str]:
    """The names alone."""
    return list(_laid)
