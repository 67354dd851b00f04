"""Facets of people's own, what members want to read of whom and in which order, and their rules for old posts.

Facets come in like posts. Wishes come in with people who are new here: whoever was here before has made up her mind,
and a rule that she ended must not begin again because somebody loads an old bundle.
"""

import json
from collections import Counter
from dataclasses import dataclass

from collegium.feed.forms import FACETS
from collegium.feed.models import MOST_SIDES
from collegium.lib import clock
from collegium.portability.bundle import GONE, Bundle
from collegium.portability.cells import shown
from collegium.portability.memory import Ids, recall
from collegium.portability.stage import Stage

FILE = "facets.csv"
READING, READ_SIDES, READ_FACETS, OLD_POSTS = "reading.csv", "read_sides.csv", "read_facets.csv", "old_posts.csv"
HERSELF = "lets a member choose what she reads of herself"
OURS = {str(word).casefold() for pair in FACETS for word in pair}


@dataclass(frozen=True, slots=True)
class Own:
    """A facet: whose, within which side, and its name as it is compared."""

    owner: int
    facet: str
    name: str


class Facets:
    """The facets that posts of this bundle may speak from, by the number of their rows."""

    def __init__(self, bundle: Bundle, stage: Stage, ids: Ids) -> None:
        self.bundle, self.stage, self.ids = bundle, stage, ids
        self.rows: dict[int, Own] = {}
        self._counts: Counter[int] = Counter()
        self._taken: set[int] = set()

    def read(self) -> None:
        """Each under its key; one whose owner has it here already is that one."""
        known, report = self.bundle.known["facets"], self.bundle.report
        before = recall(self.stage.cursor, report.source, "facets")
        owners = list({member for member in self.bundle.known["members"].values() if member > GONE})
        for key, owner, name, facet in self._here(owners, [row for row in before.values() if row]):
            self._note(key, Own(owner, facet, name))
        named = {(own.owner, own.name): row for row, own in self.rows.items()}
        arrived = round(clock.now().timestamp() * 1000)
        for line, (key, owner, name, facet) in self.bundle.rows("facets"):
            same = named.get((owner, name.casefold()))
            if key in before or owner == GONE:
                known[key] = before.get(key, GONE)
                (report.already if known[key] else report.gone)[FILE] += 1
            elif fault := self._fault(owner, name, facet, same):
                self.bundle.bad["facets"].add(key)
                report.complain(FILE, line, fault)
            else:
                known[key] = row = same or self.ids.at(arrived)
                self.stage.add("side", (line, key, row, owner, name, facet, same is None))
                self._taken.add(row)
                if same is None:
                    self._note(row, Own(owner, facet, name.casefold()))
                    named[owner, name.casefold()] = row
        self.stage.settle("side")

    def _note(self, row: int, own: Own) -> None:
        self.rows[row] = own
        self._counts[own.owner] += 1

    def _here(self, owners: list[int], rows: list[int]) -> list[tuple[int, int, str, str]]:
        found = self.stage.rows(
            "SELECT id, owner_id, name, facet FROM feed_side WHERE owner_id = ANY(%s) OR id = ANY(%s)", [owners, rows]
        )
        return [(key, owner, name.casefold(), facet) for key, owner, name, facet in found]

    def _fault(self, owner: int, name: str, facet: str, same: int | None) -> str:
        """Why this cannot be a facet of hers; nothing when it can."""
        if same is not None and (self.rows[same].facet != facet or same in self._taken):
            return f"member has a facet called {shown(name)} already"
        if name.casefold() in OURS:
            return f"name is {shown(name)}, which is what one of the two sides is called"
        if same is None and self._counts[owner] >= MOST_SIDES:
            return f"member has {MOST_SIDES} facets already, as many as there is room for"
        return ""

    def speaking(self, row: int | None, author: int) -> Own | None:
        """The facet a post of this author speaks from.

        Raises:
            LookupError: it is somebody else's.
        """
        if not row:
            return None
        own = self.rows[row]
        if own.owner != author:
            raise LookupError
        return own


def read(bundle: Bundle, stage: Stage, facets: Facets) -> None:
    """The four files of wishes."""
    for line, (member, sides, one_in, order, weights, no_machines) in bundle.rows("reading"):
        if _are_there(bundle, READING, member):
            stage.add("mix", (line, member, sides, one_in or 1, order, json.dumps(weights), no_machines))
    _read_chosen(bundle, stage, facets)
    for line, (member, *rule) in bundle.rows("old_posts"):
        if _are_there(bundle, OLD_POSTS, member):
            stage.add("expiry", (line, member, *rule))
    for table, (file, columns) in _TWICE.items():
        stage.settle(table)
        stage.twice(table, file, columns, "says the same as line ")


def _read_chosen(bundle: Bundle, stage: Stage, facets: Facets) -> None:
    """What of whom; nobody reads herself."""
    for line, (reader, author, professional, personal) in bundle.rows("read_sides"):
        if reader == author:
            bundle.report.complain(READ_SIDES, line, HERSELF)
        elif _are_there(bundle, READ_SIDES, reader, author):
            stage.add("wanted", (line, reader, author, professional, personal))
    for line, (reader, facet, wanted) in bundle.rows("read_facets"):
        if facet and facets.rows[facet].owner == reader:
            bundle.report.complain(READ_FACETS, line, HERSELF)
        elif _are_there(bundle, READ_FACETS, reader, facet):
            stage.add("wanted_side", (line, reader, facet, wanted))


def _are_there(bundle: Bundle, file: str, *rows: int) -> bool:
    if GONE in rows:
        bundle.report.gone[file] += 1
    return GONE not in rows


_TWICE = {
    "mix": (READING, "member"),
    "wanted": (READ_SIDES, "reader, author"),
    "wanted_side": (READ_FACETS, "reader, side"),
    "expiry": (OLD_POSTS, "member"),
}


def merge_facets(stage: Stage, source: str) -> None:
    """The new ones; every one of the bundle is remembered, also where it was here under its name."""
    stage.report.added[FILE] = stage.run("""
        INSERT INTO feed_side (id, owner_id, name, facet)
        SELECT id, owner, name, facet FROM stage_side WHERE fresh ORDER BY id""")
    stage.report.already[FILE] += stage.value("SELECT count(*) FROM stage_side WHERE NOT fresh")
    stage.run(
        """INSERT INTO portability_loadedkey (source, kind, key, row, mark)
        SELECT %s, 'facets', key, id, 0 FROM stage_side""",
        [source],
    )


# The members whom this load made are those whose wishes come in.
_MERGES = {
    READING: (
        "mix",
        """INSERT INTO feed_mix (member_id, sides, one_in, view, weights, no_machines, seen)
        SELECT s.member, s.sides, s.one_in, s.view, s.weights, s.no_machines, 0
        FROM stage_mix s JOIN stage_member m ON m.id = s.member""",
    ),
    READ_SIDES: (
        "wanted",
        """INSERT INTO feed_wanted (reader_id, author_id, professional, personal)
        SELECT s.reader, s.author, s.professional, s.personal
        FROM stage_wanted s JOIN stage_member m ON m.id = s.reader""",
    ),
    READ_FACETS: (
        "wanted_side",
        """INSERT INTO feed_wantedside (reader_id, side_id, wanted) SELECT s.reader, s.side, s.wanted
        FROM stage_wanted_side s JOIN stage_member m ON m.id = s.reader""",
    ),
    OLD_POSTS: (
        "expiry",
        """INSERT INTO feed_expiry (member_id, days, loved, discussed, keeps_pinned, keeps_saved, keeps_articles,
                                    keeps_brought, since)
        SELECT s.member, s.days, s.loved, s.discussed, s.pinned, s.saved, s.articles, s.brought, %(now)s
        FROM stage_expiry s JOIN stage_member m ON m.id = s.member""",
    ),
}


def merge(stage: Stage) -> None:
    """What the new members want. A rule for old posts begins a day after it came, like one that was set here."""
    for file, (table, statement) in _MERGES.items():
        stage.report.added[file] = stage.run(statement, {"now": clock.now()})
        stage.report.already[file] += stage.value(f"SELECT count(*) FROM stage_{table}") - stage.report.added[file]
