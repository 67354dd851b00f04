"""Rows whose room is not built yet: careers, skills, groups and what is said in them. Kept whole, shown to nobody.

A position has one effect today: without a headline of her own, a new member gets it from there.
"""

import json
from hashlib import blake2b
from typing import Any

from collegium.lib import clock
from collegium.portability.bundle import GONE, Bundle
from collegium.portability.memory import Ids, recall
from collegium.portability.stage import Stage

CAREER = ("positions", "education", "skills", "languages", "interests")
FILES = ("organizations", *CAREER, "groups", "group_members")


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
        """Files that others refer to: organizations and groups belong to nobody, so no leaving takes them along."""
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
            if GONE in (member, data.get("group"), data.get("organization")):
                self.bundle.report.gone[f"{file}.csv"] += 1
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

    def read_groups(self) -> None:
        """Groups and who is in them."""
        self._keyed("groups")
        self._owned("group_members")

    def finish(self) -> None:
        """Complain of what is there twice; call when every file has been read."""
        self.stage.settle("kept")
        for (file,) in self.stage.rows("SELECT DISTINCT file FROM stage_kept WHERE remembered IS NULL"):
            same = f"file = '{file}' AND remembered IS NULL"
            self.stage.twice("kept", file, "kind, key", "says the same as line ", same)


def merge(stage: Stage, source: str) -> None:
    """Put new rows on the shelf and remember their keys; rows of earlier loads stay as they are."""
    report = stage.report
    counts = dict(stage.rows("SELECT file, count(*) FROM stage_kept GROUP BY file"))
    new = stage.rows(
        """WITH new AS (
            INSERT INTO portability_kept (id, source, kind, key, member_id, data, taken)
            SELECT id, %(source)s, kind, key, member, data, false FROM stage_kept
            ON CONFLICT (source, kind, key) DO NOTHING RETURNING id
        ) SELECT s.file, count(*) FROM new JOIN stage_kept s ON s.id = new.id GROUP BY s.file""",
        {"source": source},
    )
    report.kept.update(dict(new))
    report.already.update({file: count - report.kept[file] for file, count in counts.items()})
    stage.run(
        """INSERT INTO portability_loadedkey (source, kind, key, row, mark)
        SELECT %(source)s, remembered, key, -id, 0 FROM stage_kept WHERE remembered IS NOT NULL""",
        {"source": source},
    )
