"""The files of the graph: read from the tables once, mapped into memory by every process, so that all share them.

A folder `<data>/graph/<database>/<epoch>-<low>-<time>/` holds arrays (`*.npy`) and `base.json`. It is true of the
moment before transaction `low`; what changed since is in `graph_change`. Other rooms add arrays of their own (`parts`).
Which database it was written from is in `base.json` too (`origin`).
"""

import json
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.db import connection, transaction

from collegium.graph import origin, parts
from collegium.graph.adjacency import Adjacency, Numbers
from collegium.graph.changes import FLAGS
from collegium.graph.copying import columns
from collegium.graph.view import Flags, Keys, View

FORM = 1
KEPT = 2
SMALLEST = 256
PAGE = 1024  # entries of four bytes in a page of memory
HOUR = 3600.0

PEOPLE = f"SELECT id, {FLAGS} FROM members_member ORDER BY id"  # noqa: S608 - made of constants
# Half of the rows tell the whole; in the order they lie in, which is the quickest to read.
TIES = "SELECT member_id, other_id FROM ties_connection WHERE member_id < other_id"
BLOCKS = """SELECT DISTINCT least(blocker_id, blocked_id), greatest(blocker_id, blocked_id) FROM ties_block"""
RESTRICTIONS = "SELECT other_id, member_id FROM ties_distance WHERE rung = 3"

Tell = Callable[[str], None]


class _Cursor(Protocol):
    def execute(self, statement: str, values: Any = ...) -> Any: ...
    def fetchone(self) -> Any: ...
    def copy(self, statement: str) -> Any: ...


@dataclass(frozen=True, slots=True)
class Base:
    """A view that stands on files alone, and from where on changes must be laid over it."""

    view: View
    epoch: int
    low: int


def home() -> Path:
    """The folder of this database's files."""
    return Path(settings.DATA_DIR) / "graph" / str(connection.settings_dict["NAME"])


def latest(epoch: int, floor: int = 0) -> Path | None:
    """The newest folder that is still true; None when there is none.

    Args:
        epoch: the present epoch.
        floor: changes of earlier transactions were deleted, so an older folder cannot be brought up to date.
    """
    found = [(_stamp(path), path) for path in home().glob(f"{epoch}-*-*") if (path / "base.json").exists()]
    true = [(stamp, path) for stamp, path in found if stamp[1] and stamp[0] >= floor]
    return max(true)[1] if true else None


def kept(epoch: int) -> list[Path]:
    """Every folder of this epoch, the oldest first."""
    return sorted((path for path in home().glob(f"{epoch}-*-*") if (path / "base.json").exists()), key=_stamp)


def low_of(path: Path) -> int:
    """The first transaction a folder does not know."""
    return _stamp(path)[0]


def _stamp(path: Path) -> tuple[int, int]:
    """(low, time) in a folder's name; zeros for one that is none of ours."""
    parts_of = path.name.split("-")
    return (int(parts_of[1]), int(parts_of[2])) if len(parts_of) == 3 and path.is_dir() else (0, 0)


def told(path: Path) -> dict[str, Any]:
    """What a folder says of itself."""
    said: dict[str, Any] = json.loads((path / "base.json").read_text())
    return said


def opened(path: Path) -> Base | None:
    """A folder's view; None when it was written in another form than this version reads."""
    said = told(path)
    if said["form"] != FORM or sorted(said["parts"]) != sorted(parts.names()):
        return None
    read = {name: mapped(path / f"{name}.npy") for name in ARRAYS}
    # Every page is asked for once now, not in the midst of an answer.
    read["tie_targets"][::PAGE].sum()
    view = View(
        folder=path,
        keys=read["keys"],
        flags=read["flags"],
        ties=Adjacency(read["tie_offsets"], read["tie_targets"]),
        blocks=Adjacency(read["block_offsets"], read["block_targets"]),
        kept_away=Adjacency(read["kept_offsets"], read["kept_targets"]),
    )
    return Base(view, said["epoch"], said["low"])


def mapped(path: Path) -> npt.NDArray[Any]:
    """An array whose memory all processes share. Plain, not a `memmap`: slicing those is slow."""
    empty = path.stat().st_size <= SMALLEST and not np.load(path).size
    return np.load(path) if empty else np.asarray(np.load(path, mmap_mode="r"))


ARRAYS = (
    "keys",
    "flags",
    "tie_offsets",
    "tie_targets",
    "block_offsets",
    "block_targets",
    "kept_offsets",
    "kept_targets",
)


def in_memory() -> View:
    """The graph as the reader's own transaction sees it, on no files: of its words a search must read all anew."""
    with connection.cursor() as cursor:
        keys, flags = _people(cursor)
        ties, blocks = (_pairs(cursor, statement, keys, both_ways=True) for statement in (TIES, BLOCKS))
        kept = _pairs(cursor, RESTRICTIONS, keys, both_ways=False)
    return View(
        None,
        keys,
        flags=flags,
        ties=ties,
        blocks=blocks,
        kept_away=kept,
        changed_words=MappingProxyType(dict.fromkeys(keys.tolist(), 0)),
    )


def rebuild(tell: Tell | None = None) -> Path:
    """Write the files anew from the tables.

    Inside a transaction it writes what that one sees: whoever loads a community first begins a new epoch
    (`epoch.renew`), so that nobody opens the folder unless the load commits.

    Args:
        tell: called with a sentence for each part of the work.

    Returns:
        The new folder.
    """
    say: Tell = tell or (lambda _sentence: None)
    home().mkdir(parents=True, exist_ok=True)
    draft = home() / f"draft-{os.getpid()}-{time.time_ns()}"
    draft.mkdir()
    try:
        alone = not connection.in_atomic_block
        with transaction.atomic(), connection.cursor() as cursor:
            if alone:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
            said = _write(cursor, draft, say)
        (draft / "base.json").write_text(json.dumps(said))
        _settle(draft)
        folder = home() / f"{said['epoch']}-{said['low']}-{time.time_ns()}"
        draft.rename(folder)
    except BaseException:
        # Whatever it was, a signal to stop included, half a folder must not lie about; it is raised again.
        shutil.rmtree(draft, ignore_errors=True)
        raise
    _tidy(said["epoch"])
    return folder


def _write(cursor: _Cursor, folder: Path, say: Tell) -> dict[str, Any]:
    """Every array of the graph, then those of the other rooms."""
    cursor.execute("SELECT number, pg_snapshot_xmin(pg_current_snapshot())::text::bigint FROM graph_epoch")
    epoch, low = cursor.fetchone()
    marks = origin.marks(cursor)
    say("people")
    keys, flags = _people(cursor)
    np.save(folder / "keys.npy", keys)
    np.save(folder / "flags.npy", flags)
    for name, statement, both_ways in (("tie", TIES, True), ("block", BLOCKS, True), ("kept", RESTRICTIONS, False)):
        say({"tie": "connections", "block": "blocks", "kept": "restrictions"}[name])
        joined = _pairs(cursor, statement, keys, both_ways=both_ways)
        np.save(folder / f"{name}_offsets.npy", joined.offsets)
        np.save(folder / f"{name}_targets.npy", joined.targets)
    for name, build in parts.all():
        say(name)
        build(cursor, keys, folder)
    return {"form": FORM, "epoch": epoch, "low": low, "parts": parts.names(), "members": len(keys), **marks}


def _people(cursor: _Cursor) -> tuple[Keys, Flags]:
    keys, flags = columns(cursor, PEOPLE, ("i8", "i2"))
    return keys, flags.astype(np.uint8)


def _pairs(cursor: _Cursor, statement: str, keys: Keys, *, both_ways: bool) -> Adjacency:
    """The numbers of these pairs of keys, as rows."""
    ones, others = (_numbered(each, keys) for each in columns(cursor, statement, ("i8", "i8")))
    if not both_ways:
        return Adjacency.from_pairs(ones, others, len(keys))
    rows = np.concatenate([ones, others])
    return Adjacency.from_pairs(rows, np.concatenate([others, ones]), len(keys))


def _numbered(found: Keys, keys: Keys) -> Numbers:
    """The place of each key; foreign keys see to it that each has one. In slices, to leave memory alone."""
    slices = [
        np.searchsorted(keys, found[at : at + 1_000_000]).astype(np.uint32) for at in range(0, len(found), 1_000_000)
    ]
    return np.concatenate(slices) if slices else np.zeros(0, np.uint32)


def _settle(folder: Path) -> None:
    """Onto the disk before the name is there."""
    for path in [*folder.iterdir(), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _tidy(epoch: int) -> None:
    """Remove folders that newer ones replace. Who has one mapped reads on: its files go when the last reader does."""
    true = kept(epoch)
    other = [path for path in home().iterdir() if path not in true and time.time() - path.stat().st_mtime > HOUR]
    for path in [*true[:-KEPT], *other]:
        shutil.rmtree(path, ignore_errors=True)
