"""Who names an organisation in a career, as arrays in memory: what lists and facets of fifty thousand people count on.

A roster holds rows of everybody, whoever may read them; who looks is asked afterwards (`eyes`). It is read from the
tables once, and again for those who changed since: the graph's view names everybody whose words did
(`View.changed_words`), so it is never old. What is shown of a person is asked of the database under the rule all the
same (`listing`).
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

from collegium.audience.rule import SECOND
from collegium.career.models import DEFAULT_LEVEL
from collegium.graph.view import View
from collegium.lib.arrays import array

Keys = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int32]
Small = npt.NDArray[np.int16]
Places = npt.NDArray[np.int64]
Texts = npt.NDArray[np.object_]

POSITIONS, EDUCATION = 0, 1
# So many rows are kept in memory by one process, those asked for last.
MOST_ROWS = 400_000
READ = """
SELECT i.member_id, CASE i.section WHEN 'education' THEN 1 ELSE 0 END, coalesce(pa.audience, %(level)s),
       left(i.started, 4), left(i.ended, 4), i.detail, fold(i.detail), m.place, fold(m.place),
       m.folded_name || ' ' || fold(i.title)
FROM career_item i JOIN members_member m ON m.id = i.member_id
LEFT JOIN career_partaudience pa ON pa.member_id = i.member_id AND pa.part = i.section
WHERE i.organization_id = %(organization)s AND i.removed_at IS NULL AND i.section IN ('positions', 'education')
  AND (%(all)s OR i.member_id = ANY(%(keys)s::bigint[]))
ORDER BY i.member_id, i.id
"""
# Where those who studied there work now.
WORK = """
SELECT DISTINCT w.member_id, w.organization_id, coalesce(pa.audience, %(level)s)
FROM career_item i
JOIN career_item w ON w.member_id = i.member_id AND w.section = 'positions' AND w.ended = ''
    AND w.removed_at IS NULL AND w.organization_id IS NOT NULL
LEFT JOIN career_partaudience pa ON pa.member_id = w.member_id AND pa.part = 'positions'
WHERE i.organization_id = %(organization)s AND i.removed_at IS NULL AND i.section = 'education'
  AND (%(all)s OR i.member_id = ANY(%(keys)s::bigint[]))
ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Words:
    """A column of words: as people write them, and as numbers under which spellings meet; 0 is none.

    Attributes:
        written: by row.
        codes: by row.
        known: the number of each folded word, in the order of the numbers.
    """

    written: Texts
    codes: Codes
    known: Mapping[str, int]

    @classmethod
    def of(cls, written: Sequence[str], folded: Sequence[str], known: Mapping[str, int] | None = None) -> "Words":
        """Number the words of some rows, going on where others left off."""
        numbers = dict(known or {"": 0})
        codes = np.array([numbers.setdefault(word, len(numbers)) for word in folded], np.int32)
        return cls(_texts(written), codes, numbers)

    def with_rows(self, kept: Mask, fresh: "Words") -> "Words":
        """Some of these rows, and others behind them that were numbered by `of(…, self.known)`."""
        codes = np.concatenate([self.codes[kept], fresh.codes])
        return Words(np.concatenate([self.written[kept], fresh.written]), codes, fresh.known)

    @cached_property
    def folded(self) -> Sequence[str]:
        """The word of each number."""
        return list(self.known)


@dataclass(frozen=True)
class Roster:
    """The rows of one organisation. What follows from them is worked out once, for everybody who asks.

    Attributes:
        graph: the keys of the graph's files it stands on, whose places are the numbers of its people.
        keys: whose row it is.
        section: POSITIONS or EDUCATION.
        level: the audience of that part of her profile.
        since: the year it began; 0 where none is said.
        until: the year it ended; 0 where none is said.
        detail: the field of study.
        place: where she lives.
        texts: her name and what she is there, folded.
        workers: of those who studied there, who works somewhere now.
        work: where that is.
        work_level: the audience of her positions.
    """

    graph: Keys
    keys: Keys
    section: Small
    level: Small
    since: Small
    until: Small
    detail: Words
    place: Words
    texts: Texts
    workers: Keys
    work: Keys
    work_level: Small

    def __len__(self) -> int:
        return len(self.keys) + len(self.workers)

    @cached_property
    def owners(self) -> tuple[Keys, Places]:
        """The people of the rows, sorted, and which of them each row is of."""
        people, row_of = np.unique(self.keys, return_inverse=True)
        return people, row_of

    @cached_property
    def in_graph(self) -> tuple[Places, Mask]:
        """The number of each of the people in the graph's files, and whether she is in them."""
        return _found(self.graph, self.owners[0])

    @cached_property
    def worker(self) -> tuple[Places, Mask]:
        """Which of the people works there, for each line of where they work, and whether she is among them at all."""
        return _found(self.owners[0], self.workers)

    @cached_property
    def works(self) -> tuple[Keys, Places]:
        """Where they work, sorted, and which of these each line names."""
        works, place = np.unique(self.work, return_inverse=True)
        return works, place

    @cached_property
    def prose(self) -> tuple[str, Places]:
        """All texts as one, which is searched several times as fast, and where each begins."""
        texts = self.texts.tolist()
        lengths = np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts))
        return "\n".join(texts), np.cumsum(lengths) - lengths

    def saying(self, word: str) -> Mask:
        """The rows in whose text these letters stand."""
        prose, begins = self.prose
        places = np.fromiter((hit.start() for hit in re.finditer(re.escape(word), prose)), np.int64)
        says = np.zeros(len(self.keys), np.bool_)
        says[np.searchsorted(begins, places, side="right") - 1] = True
        return says

    @cached_property
    def has_second(self) -> bool:
        """Whether anything is kept to the second degree."""
        return bool((self.level == SECOND).any() or (self.work_level == SECOND).any())


@dataclass(frozen=True, slots=True)
class _Kept:
    """A roster, and what of the graph's view had changed when it was read."""

    roster: Roster
    changed: Mapping[int, int]


class Rosters:
    """Those that this process keeps."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[int, _Kept] = OrderedDict()

    def of(self, organization: int, view: View) -> Roster:
        """The roster as it is at the moment of this view."""
        with self._lock:
            had = self._kept.get(organization)
        if had is None or had.roster.graph is not view.keys:
            # What happened between two writings of the files has no name in either.
            made = _read(organization, view)
        else:
            late = _late(view.changed_words, had.changed)
            made = _taken_on(had.roster, organization, view, late) if late else had.roster
        self._keep(organization, _Kept(made, view.changed_words))
        return made

    def forget(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._kept.clear()

    def _keep(self, organization: int, made: _Kept) -> None:
        with self._lock:
            self._kept[organization] = made
            self._kept.move_to_end(organization)
            while len(self._kept) > 1 and sum(len(each.roster) for each in self._kept.values()) > MOST_ROWS:
                self._kept.popitem(last=False)


rosters = Rosters()


def _late(now: Mapping[int, int], before: Mapping[int, int]) -> list[int]:
    """Who changed since; who is no longer named did so in a transaction that was taken back."""
    return sorted({key for key, _version in now.items() ^ before.items()})


def _read(organization: int, view: View, keys: Iterable[int] | None = None, had: Roster | None = None) -> Roster:
    """The rows from the tables; with keys, those of these people alone, as an addition to what was had."""
    values: dict[str, Any] = {
        "organization": organization,
        "level": int(DEFAULT_LEVEL),
        "all": keys is None,
        "keys": array(keys or ()),
    }
    with connection.cursor() as cursor:
        cursor.execute(READ, values)
        rows = cursor.fetchall()
        cursor.execute(WORK, values)
        work = cursor.fetchall()
    columns = list(zip(*rows, strict=True)) or [()] * 10
    working = list(zip(*work, strict=True)) or [()] * 3
    return Roster(
        graph=view.keys,
        keys=np.array(columns[0], np.int64),
        section=np.array(columns[1], np.int16),
        level=np.array(columns[2], np.int16),
        since=_years(columns[3]),
        until=_years(columns[4]),
        detail=Words.of(columns[5], columns[6], had.detail.known if had else None),
        place=Words.of(columns[7], columns[8], had.place.known if had else None),
        texts=_texts(columns[9]),
        workers=np.array(working[0], np.int64),
        work=np.array(working[1], np.int64),
        work_level=np.array(working[2], np.int16),
    )


def _years(words: Sequence[str]) -> Small:
    return np.array([int(word) if word else 0 for word in words], np.int16)


def _texts(words: Sequence[str]) -> Texts:
    made = np.empty(len(words), np.object_)
    made[:] = words
    return made


def _found(ordered: Keys, sought: Keys) -> tuple[Places, Mask]:
    """The place of each in a sorted array, and whether it is there at all."""
    if not len(ordered):
        return np.zeros(len(sought), np.int64), np.zeros(len(sought), np.bool_)
    places = np.searchsorted(ordered, sought).clip(max=len(ordered) - 1).astype(np.int64)
    return places, ordered[places] == sought


def _taken_on(had: Roster, organization: int, view: View, late: Sequence[int]) -> Roster:
    """The roster with these people read anew; the very one where nothing of it is theirs."""
    fresh = _read(organization, view, late, had)
    gone = np.array(late, np.int64)
    stays, works = ~np.isin(had.keys, gone), ~np.isin(had.workers, gone)
    if not len(fresh) and stays.all() and works.all():
        return had
    return Roster(
        graph=had.graph,
        keys=np.concatenate([had.keys[stays], fresh.keys]),
        section=np.concatenate([had.section[stays], fresh.section]),
        level=np.concatenate([had.level[stays], fresh.level]),
        since=np.concatenate([had.since[stays], fresh.since]),
        until=np.concatenate([had.until[stays], fresh.until]),
        detail=had.detail.with_rows(stays, fresh.detail),
        place=had.place.with_rows(stays, fresh.place),
        texts=np.concatenate([had.texts[stays], fresh.texts]),
        workers=np.concatenate([had.workers[works], fresh.workers]),
        work=np.concatenate([had.work[works], fresh.work]),
        work_level=np.concatenate([had.work_level[works], fresh.work_level]),
    )
