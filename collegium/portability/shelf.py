"""What earlier loads kept of groups, before there were any: it comes in now, by the same steps as from a file."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, transaction

from collegium.feed.models import Facet
from collegium.groups.models import Posting, Role
from collegium.members.models import Member
from collegium.portability import columns, grouped, hung, talk
from collegium.portability.bundle import GONE, Row
from collegium.portability.columns import files
from collegium.portability.group_columns import ROLES
from collegium.portability.memory import Ids
from collegium.portability.models import Kept
from collegium.portability.report import Report
from collegium.portability.stage import ONE_AT_A_TIME, Stage
from collegium.portability.wishes import Facets
from collegium.portability.words import Words

# Under which kinds they lie there, by the file they came in.
KINDS = {
    "groups": "groups",
    "group_members": "group_members",
    "posts": "group_posts",
    "comments": "group_comments",
    "reactions": "group_reactions",
    "polls": "group_polls",
    "votes": "group_votes",
    "occasions": "group_occasions",
}
KEYED = ("groups", "posts", "comments")


class Shelf:
    """The kept rows of one source in the guise of a bundle. Cells that named other rows hold their numbers."""

    def __init__(self, report: Report) -> None:
        self.report, self.specs = report, files()
        self.known: dict[str, dict[str, int]] = {spec.name: {} for spec in self.specs.values() if spec.keyed}
        self.bad: dict[str, set[str]] = {name: set() for name in self.known}
        kept = Kept.objects.filter(source=report.source, taken=False, kind__in=KINDS.values())
        self._rows = {file: list(kept.filter(kind=kind).order_by("id")) for file, kind in KINDS.items()}
        # The number of a kept row in others: minus its key.
        self._keys = {file: {-row.pk: row.key for row in self._rows[file]} for file in KEYED}
        self.count = sum(map(len, self._rows.values()))

    def rows(self, file: str) -> Iterator[Row]:
        """As `Bundle.rows` gives them."""
        make: dict[str, Callable[[Kept, dict[str, Any]], list[Any]]] = {
            "groups": self._group,
            "group_members": self._seat,
            "posts": self._post,
            "comments": self._comment,
            "reactions": self._reaction,
            "polls": self._poll,
            "votes": lambda row, said: [row.member_id, self._to("posts", said["post"]), said["answer"]],
            "occasions": self._occasion,
        }
        for line, row in enumerate(self._rows.get(file, ()), 1):
            yield line, make[file](row, row.data)

    def missing(self, column: str, _reference: Any, key: str) -> str:
        """What is said of a reference that leads nowhere; nobody reads it."""
        return f"{column} {key}"

    def _to(self, file: str, number: int) -> int:
        """The row that a kept row named by its number."""
        return self.known[file].get(self._keys[file].get(number, ""), GONE)

    def _group(self, row: Kept, said: dict[str, Any]) -> list[Any]:
        usual = {
            "key": row.key, "topics": (), "posting": Posting.MEMBERS.value, "approving": False, "on_topic": False,
            "members_invite": True, "visibility": "private", "created_at": None, "rules_at": None, "ended_at": None,
        }  # fmt: skip
        names = (column.name for column in self.specs["groups"].columns)
        known = said | {"owner": self._owner(row, said)}
        return [known.get(name, usual.get(name, "")) for name in names]

    def _owner(self, row: Kept, said: dict[str, Any]) -> int:
        """Who owned it; where she has left since, whoever of its people had the highest role."""
        if Member.objects.filter(pk=said.get("owner", GONE)).exists():
            return int(said["owner"])
        seats = [seat for seat in self._rows["group_members"] if seat.data["group"] == -row.pk]
        ranked = sorted(seats, key=lambda seat: (-ROLES.get(seat.data.get("role", ""), 0), seat.pk))
        return next((seat.member_id for seat in ranked if seat.member_id), GONE)

    def _seat(self, row: Kept, said: dict[str, Any]) -> list[Any]:
        role = ROLES.get(said.get("role", ""), Role.MEMBER.value)
        return [self._to("groups", said["group"]), row.member_id, role, _at(said, "joined_at"), None, True, True, True]

    def _post(self, row: Kept, said: dict[str, Any]) -> list[Any]:
        about = tuple(said.get("topics", ()))
        level, facet = columns.AUDIENCES["connections"], str(Facet.PROFESSIONAL)
        group = self._to("groups", said["group"])
        return [
            row.key,
            row.member_id,
            group,
            level,
            facet,
            said["body"],
            about,
            _at(said, "created_at"),
            None,
            "",
            False,
        ]

    def _comment(self, row: Kept, said: dict[str, Any]) -> list[Any]:
        parent = self._keys["comments"].get(said.get("parent") or 0, "")
        return [row.key, self._to("posts", said["post"]), parent, row.member_id, said["body"], _at(said, "created_at")]

    def _reaction(self, row: Kept, said: dict[str, Any]) -> list[Any]:
        target = self._keys[f"{said['target_kind']}s"].get(said["target"], "")
        return [row.member_id, said["target_kind"], target, said.get("kind", "like"), _at(said, "reacted_at")]

    def _poll(self, _row: Kept, said: dict[str, Any]) -> list[Any]:
        return [self._to("posts", said["post"]), said["answers"], said["ends_at"], _at(said, "first_vote_at")]

    def _occasion(self, _row: Kept, said: dict[str, Any]) -> list[Any]:
        words = (said.get(name, "") for name in ("what", "organization_name"))
        return [self._to("posts", said["post"]), said["kind"], *words, said.get("years")]

    def clear(self) -> None:
        """Take the rows away, and what was remembered of their keys: the load writes it down anew."""
        with connection.cursor() as cursor:
            for file in KEYED:
                cursor.execute(
                    "DELETE FROM portability_loadedkey WHERE source = %s AND kind = %s AND row = ANY(%s)",
                    [self.report.source, file, list(self._keys[file])],
                )
        Kept.objects.filter(pk__in=[row.pk for rows in self._rows.values() for row in rows]).delete()


def _at(said: dict[str, Any], name: str) -> int | None:
    return said.get(name)


def take_over() -> int:
    """Move what earlier loads have kept of groups into them; how many rows. Nothing while a load runs."""
    waiting = Kept.objects.filter(taken=False, kind__in=KINDS.values())
    if not waiting.exists():
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            return 0
        return sum(_move(source) for source in sorted(set(waiting.values_list("source", flat=True))))


def _move(source: str) -> int:
    report = Report(source=source)
    shelf: Any = Shelf(report)
    shelf.clear()
    stage, ids = Stage(report), Ids()
    words = Words(shelf, stage, ids, Facets(shelf, stage, ids))
    grouped.read(shelf, stage, ids)
    words.read_posts()
    hung.read(shelf, stage)
    words.read_comments()
    words.read_reactions()
    grouped.merge(stage, source)
    talk.merge(stage, source, ids)
    hung.merge(stage)
    return int(shelf.count)
