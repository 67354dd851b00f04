"""A file of a bundle on its way out: its rows, and how the format writes a value."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from collegium.audience.level import Level
from collegium.feed.models import Post, Selection

Row = tuple[Any, ...]


class Table(NamedTuple):
    """One file: its name without the ending, its header, its rows."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[Row]


def cell(value: Any) -> Any:
    """One value as the format writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return "" if value is None else value


def level(post: Post) -> str:
    """Who reads it. A bundle does not name people in an audience, and nobody may see more for that."""
    found = Level.ONLY_ME
    if post.selection == Selection.NONE:
        found = Level.MEMBERS if post.group_id else Level(post.audience)
    return found.name.lower()
