"""Temporary tables into which rows are copied as they are read, and from which a few large statements merge them.

That way a problem that only the database can see (a pair that is there twice) still has its line, nothing of the
product is touched before everything is known to be good, and the large tables receive their rows in the order of
their main index.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from collegium.lib.ids import LOW_BITS
from collegium.portability.memory import Ids
from collegium.portability.report import Report

BATCH = 5_000
TABLES = {
    "member": "line int, key text, id bigint, email text, wanted text, name text, headline text, about text, place text"
    ", mark bigint, handle text",
    "adopted": "key text, id bigint, mark bigint, wanted text",
    "position": "line int, member bigint, words text, current bool, started text",
    "kept": "line int, file text, kind text, key text, id bigint, member bigint, data jsonb, remembered text",
    "pair": "line int, a bigint, b bigint, at bigint",
    "follow": "line int, a bigint, b bigint, at bigint",
    "group": "line int, key text, id bigint, wanted text, handle text, name text, tagline text, about text, rules text"
    ", welcome text, place text, visibility text, joining text, posting text, approving bool, on_topic bool"
    ", members_invite bool, rules_at bigint, ended_at bigint",
    "group_topic": "grp bigint, slug text, name text",
    "seat": "line int, grp bigint, member bigint, role int, since bigint, agreed bigint, at_home bool, in_digest bool"
    ", reachable bool",
    "post": "line int, key text, id bigint, author bigint, audience int, facet text, body text, html text"
    ", side bigint, origin text, stays bool, grp bigint",
    "topic": "post bigint, slug text, name text",
    "mention": "member bigint, post bigint, comment bigint",
    "comment": "line int, key text, id bigint, post bigint, parent bigint, author bigint, body text, html text",
    "reaction": "line int, member bigint, post bigint, comment bigint, kind text, id bigint",
    "side": "line int, key text, id bigint, owner bigint, name text, facet text, fresh bool",
    "poll": "line int, post bigint, answers text[], ends_at bigint, first_vote_at bigint",
    "vote": "line int, member bigint, post bigint, place int",
    "occasion": "line int, post bigint, kind text, what text, name text, years int",
    "event": "line int, key text, id bigint, author bigint, writer bigint, grp bigint, page bigint, audience int"
    ", facet text, side bigint, words text, words_html text, zone text, day date, hour time, minutes int"
    ", rule text, title text, about text, form text, place text, address text, link text"
    ", answer_until int, capacity int, waiting_list bool, approving bool, guests_allowed int"
    ", list_for text, attendees_invite bool, html text, cancelled_at bigint, cancelled_words text",
    "date": "event bigint, original bigint, starts bigint, ends bigint, moved bool, cancelled_at bigint, beyond bool",
    "change": "line int, event bigint, original bigint, starts bigint, ends bigint, moved bool, cancelled_at bigint"
    ", beyond bool, added bool",
    "answer": "line int, event bigint, date bigint, member bigint, state text, guests int, listed bool"
    ", answered_at bigint, checked_in_at bigint, code text",
    "mix": "line int, member bigint, sides text, one_in int, view text, weights jsonb, no_machines bool",
    "wanted": "line int, reader bigint, author bigint, professional bool, personal bool",
    "wanted_side": "line int, reader bigint, side bigint, wanted bool",
    "expiry": "line int, member bigint, days int, loved int, discussed int"
    ", pinned bool, saved bool, articles bool, brought bool",
}
# Tables of four numbers are written as text at once, which is twice as fast; there are the most rows of these.
NUMBERS = {"pair", "follow"}
# A load may take as long as it takes, sort in memory, and does not wait for the disk at every step of its own.
SETTINGS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
ONE_AT_A_TIME = 0x636F6C6C  # "coll", the advisory lock of loads


class BusyError(Exception):
    """Another load is running."""


class Stage:
    """The temporary tables of one load, inside its transaction."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._waiting: dict[str, list[tuple[Any, ...]]] = {name: [] for name in TABLES}
        self.cursor = connection.cursor()
        if not self.value("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME]):
            raise BusyError
        for setting in SETTINGS:
            self.cursor.execute(f"SET LOCAL {setting} = 0")
        self.cursor.execute("SET LOCAL work_mem = '64MB'")
        # Whoever kills a load wants the database to stop too, not to finish a long statement for nobody.
        self.cursor.execute("SET LOCAL client_connection_check_interval = '2s'")
        for name, columns in TABLES.items():
            self.cursor.execute(f"DROP TABLE IF EXISTS pg_temp.stage_{name}")
            self.cursor.execute(f"CREATE TEMP TABLE stage_{name} ({columns}) ON COMMIT DROP")

    def add(self, table: str, row: tuple[Any, ...]) -> None:
        """Put a row in a table, in the order of its columns; it is there after the next `settle`."""
        waiting = self._waiting[table]
        waiting.append(row)
        if len(waiting) >= BATCH:
            self._flush(table)

    def _flush(self, table: str) -> None:
        waiting = self._waiting[table]
        with self.cursor.copy(f"COPY stage_{table} FROM STDIN") as copy:
            if table in NUMBERS:
                copy.write("".join([f"{line}\t{a}\t{b}\t{at}\n" for line, a, b, at in waiting]))
            else:
                for row in waiting:
                    copy.write_row(row)
        waiting.clear()

    def settle(self, *tables: str) -> None:
        """See to it that everything added is there, and that the planner knows how much it is."""
        for table in tables:
            if self._waiting[table]:
                self._flush(table)
            self.cursor.execute(f"ANALYZE stage_{table}")

    def run(self, statement: str, params: Any = None) -> int:
        """Execute; how many rows it changed."""
        self.cursor.execute(statement, params)
        return int(self.cursor.rowcount)

    def value(self, statement: str, params: Any = None) -> Any:
        """The first column of the first row."""
        self.cursor.execute(statement, params)
        row = self.cursor.fetchone()
        return row and row[0]

    def rows(self, statement: str, params: Any = None) -> list[tuple[Any, ...]]:
        """All rows."""
        self.cursor.execute(statement, params)
        return list(self.cursor.fetchall())

    def renumber(
        self, table: str, real: str, ids: Ids, known: dict[str, int], also: Iterable[tuple[str, str]] = ()
    ) -> None:
        """Give new keys to staged rows whose key somebody has here: by chance, or since an old export knew only days.

        Args:
            table: the stage.
            real: the table its rows are bound for.
            ids: makes keys.
            known: what the reader knows of the rows, corrected too.
            also: stages and columns that refer to the rows already.
        """
        taken = f"SELECT s.key, s.id FROM stage_{table} s WHERE EXISTS (SELECT FROM {real} t WHERE t.id = s.id)"
        while found := self.rows(taken):
            for key, old in found:
                new = known[key] = ids.at(old >> LOW_BITS)
                for other, column in ((table, "id"), *also):
                    self.run(f"UPDATE stage_{other} SET {column} = %s WHERE {column} = %s", [new, old])

    def twice(self, table: str, file: str, columns: str, text: str, where: str = "true") -> list[str]:
        """Complain of every row that repeats an earlier one in these columns, and take it out.

        Returns:
            The keys of what was taken out (empty for tables without keys).
        """
        # Counting by hash costs a fraction of the sort that finds the lines, and there is nearly always nothing.
        repeated = f"SELECT EXISTS (SELECT FROM stage_{table} WHERE {where} GROUP BY {columns} HAVING count(*) > 1)"
        if not self.value(repeated):
            return []
        return self.strike(
            table,
            file,
            f"SELECT line, %s || first FROM (SELECT line, first_value(line) OVER w AS first FROM stage_{table}"
            f" WHERE {where} WINDOW w AS (PARTITION BY {columns} ORDER BY line)) s WHERE line <> first",
            [text],
        )

    def strike(self, table: str, file: str, statement: str, params: Any = None) -> list[str]:
        """Complain of the `(line, text)` rows that a statement finds, take them out, and return their keys."""
        found = self.rows(statement, params)
        for line, text in found:
            self.report.complain(file, line, text)
        return self._take_out(table, [line for line, _text in found]) if found else []

    def _take_out(self, table: str, lines: Iterable[int]) -> list[str]:
        key = "key" if "key text" in TABLES[table] else "''"
        return [row[0] for row in self.rows(f"DELETE FROM stage_{table} WHERE line = ANY(%s) RETURNING {key}", [lines])]
