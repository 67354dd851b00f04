"""Careers go through here to their room; who follows an organization waits for its page.

A row without a key is known by all it says. The shelf (`portability_kept`) is where that is remembered: of a row that
has moved to its room (`careers`) without its words, of one that waits with them, shown to nobody.
"""

import json
from hashlib import blake2b
from typing import Any

from collegium.lib import clock
from collegium.portability import careers
from collegium.portability.bundle import GONE, Bundle
from collegium.portability.memory import Ids, recall
from collegium.portability.stage import Stage

CAREER = ("positions", "education", "skills", "languages", "interests")
SAYING = ("organization", "organization_name", "title", "degree", "field")


class Keeper:
    """Puts rows on the shelf (`portability_kept`)."""

    def __init__(self, bundle: Bundle, stage: Stage, ids: Ids) -> None:
        self.bundle, self.stage, self.ids = bundle, stage, ids
        self.arrived = round(clock.now().timestamp() * 1000)
        self.names: dict[int, str] = {}

    def keep(
        self, file: str, line: int, data: dict[str, Any], member: int | None, *, kind: str = "", key: str = ""
    ) -> int:
        """Shelve one row; one without a key is known by all it says.

        Returns:
            The number under which other rows refer to it: below zero, because it is no row of the product yet.
        """
        said = json.dumps({name: value for name, value in data.items() if value not in ("", None)}, ensure_ascii=False)
        number = self.ids.at(data.get("created_at") or self.arrived)
        name = key or f"{member or ''}/{blake2b(said.encode(), digest_size=12).hexdigest()}"
        self.stage.add("kept", (line, f"{file}.csv", kind or file, name, number, member, said, file if key else None))
        return -number

    def _rows(self, file: str) -> Any:
        """The rows of a file by the names of their columns."""
        names = [column.name for column in self.bundle.specs[file].columns]
        for line, values in self.bundle.rows(file):
            yield line, dict(zip(names, values, strict=True))

    def _keyed(self, file: str) -> None:
        """A file that others refer to: organizations belong to nobody, so no leaving takes them along."""
        known, report = self.bundle.known[file], self.bundle.report
        before = recall(self.stage.cursor, report.source, file)
        for line, data in self._rows(file):
            key = data.pop("key")
            if key in before:
                known[key] = before[key]
                report.already[f"{file}.csv"] += 1
            else:
                known[key] = self.keep(file, line, data, None, key=key)
            if file == "organizations":
                self.names[known[key]] = data["name"]

    def _owned(self, file: str) -> None:
        """Files whose rows belong to one member."""
        for line, data in self._rows(file):
            member = data.pop("member")
            if GONE in (member, data.get("organization")):
                self.bundle.report.gone[f"{file}.csv"] += 1
                continue
            if file in ("positions", "education") and not any(data.get(name) for name in SAYING):
                self.bundle.report.complain(f"{file}.csv", line, "says neither what nor where")
                continue
            self.keep(file, line, data, member)
            if file == "positions":
                self._headline(line, member, data)

    def _headline(self, line: int, member: int, data: dict[str, Any]) -> None:
        employer = self.names.get(data["organization"] or GONE) or data["organization_name"]
        words = ", ".join(part for part in (data["title"], employer) if part)
        self.stage.add("position", (line, member, words, not data["ended_on"], data["started_on"]))

    def read_careers(self) -> None:
        """Organizations, then what people did there and can do."""
        self._keyed("organizations")
        for file in CAREER:
            self._owned(file)
        self.stage.settle("position")

    def finish(self) -> None:
        """Complain of what is there twice; call when every file has been read."""
        self.stage.settle("kept")
        for (file,) in self.stage.rows("SELECT DISTINCT file FROM stage_kept WHERE remembered IS NULL"):
            same = f"file = '{file}' AND remembered IS NULL"
            self.stage.twice("kept", file, "kind, key", "says the same as line ", same)


def merge(stage: Stage, source: str) -> None:
    """Put new rows into their rooms or on the shelf and remember them; rows of earlier loads stay as they are."""
    report, rooms = stage.report, {"source": source, "rooms": list(careers.KINDS)}
    counts = dict(stage.rows("SELECT file, count(*) FROM stage_kept GROUP BY file"))
    stage.run("DROP TABLE IF EXISTS pg_temp.moving")
    stage.run(careers.MOVING)
    stage.run("CREATE TEMP TABLE new_kept (id bigint) ON COMMIT DROP")
    stage.run(
        """WITH new AS (
            INSERT INTO portability_kept (id, source, kind, key, member_id, data, taken)
            SELECT id, %(source)s, kind, key, member,
                   CASE WHEN kind = ANY(%(rooms)s) THEN '{}' ELSE data END, kind = ANY(%(rooms)s) FROM stage_kept
            ON CONFLICT (source, kind, key) DO NOTHING RETURNING id
        ) INSERT INTO new_kept SELECT id FROM new""",
        rooms,
    )
    stage.run(
        """INSERT INTO moving SELECT id, kind, member, line, data FROM stage_kept JOIN new_kept USING (id)
        WHERE kind = ANY(%(rooms)s)""",
        rooms,
    )
    careers.move(stage.cursor)
    # What did not fit waits after all.
    stage.run("""
        UPDATE portability_kept k SET taken = false, data = m.data FROM moving m
        WHERE m.id = k.id AND NOT EXISTS (SELECT FROM moved d WHERE d.id = m.id)""")
    new = stage.rows("""
        SELECT file, count(d.id), count(*) - count(d.id) FROM stage_kept JOIN new_kept USING (id)
        LEFT JOIN moved d USING (id) GROUP BY file""")
    stage.run("DROP TABLE new_kept, moving")
    report.added.update({file: moved for file, moved, _waits in new})
    report.kept.update({file: waits for file, _moved, waits in new})
    report.already.update({file: count - report.added[file] - report.kept[file] for file, count in counts.items()})
    stage.run(
        """INSERT INTO portability_loadedkey (source, kind, key, row, mark)
        SELECT %(source)s, remembered, key, -id, 0 FROM stage_kept WHERE remembered IS NOT NULL""",
        {"source": source},
    )
