"""What joins a member with each of a few hundred people, as far as she may read it.

None of these people is connected with her, and all are seen (`judging`): of a part of a profile she reads what is open
to everyone or to members, and what is open to the network where the rule of sight says second degree.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from collegium.audience.level import Level
from collegium.audience.rule import SECOND, closeness
from collegium.audience.viewer import Viewer
from collegium.career import partial
from collegium.career.sections import SPECS, Section
from collegium.lib import clock
from collegium.lib.arrays import array
from collegium.members.models import Member
from collegium.network.suggestions.formula import HOLDERS_COUNTED, Facts, Together

OURS = 50
NOTHING: dict[int, str] = {}
# One answer of several kinds of rows: (what, member, number, text, text, text, text, level of the part). What one has
# nothing of oneself is not asked of the others.
FACTS = """
WITH mine AS MATERIALIZED (
    SELECT id, section, organization_id, folded_organization AS folded, started, ended
    FROM career_item WHERE member_id = %(me)s AND section IN ('positions', 'education', 'volunteering')
      AND removed_at IS NULL AND folded_organization <> '' AND started <> ''
),
ours AS MATERIALIZED (
    SELECT skill_id FROM career_holding WHERE member_id = %(me)s AND removed_at IS NULL
    ORDER BY rank, id LIMIT %(ours)s
),
likes AS MATERIALIZED (
    SELECT fold(title) AS folded, title FROM career_item
    WHERE member_id = %(me)s AND section = 'interests' AND removed_at IS NULL
),
shared AS MATERIALIZED (
    SELECT h.member_id, h.skill_id, coalesce(a.audience, 0) AS level FROM career_holding h
    LEFT JOIN career_partaudience a ON a.member_id = h.member_id AND a.part = 'skills'
    WHERE h.member_id = ANY(%(keys)s::bigint[]) AND h.skill_id IN (SELECT skill_id FROM ours) AND h.removed_at IS NULL
      AND coalesce(a.audience, 0) <= 2
)
SELECT 'mine', 0::bigint, organization_id, section, folded, started, ended, 0 FROM mine
UNION ALL
SELECT 'theirs', i.member_id, i.organization_id, i.section, i.folded_organization, i.started, i.ended,
       coalesce(a.audience, 0)
FROM career_item i LEFT JOIN career_partaudience a ON a.member_id = i.member_id AND a.part = i.section
WHERE (SELECT count(*) FROM mine) > 0
  AND i.member_id = ANY(%(keys)s::bigint[]) AND i.section IN ('positions', 'education', 'volunteering')
  AND i.removed_at IS NULL AND i.started <> '' AND coalesce(a.audience, 0) <= 2
  AND (i.organization_id IN (SELECT organization_id FROM mine) OR i.folded_organization IN (SELECT folded FROM mine))
UNION ALL
SELECT 'skill', shared.member_id, shared.skill_id, s.name, '', '', '', shared.level
FROM shared JOIN skills_skill s ON s.id = shared.skill_id
UNION ALL
SELECT 'interest', i.member_id, 0, likes.title, '', '', '', coalesce(a.audience, 0)
FROM career_item i JOIN likes ON likes.folded = fold(i.title)
LEFT JOIN career_partaudience a ON a.member_id = i.member_id AND a.part = 'interests'
WHERE (SELECT count(*) FROM likes) > 0
  AND i.member_id = ANY(%(keys)s::bigint[]) AND i.section = 'interests' AND i.removed_at IS NULL
  AND coalesce(a.audience, 0) <= 2
UNION ALL
SELECT 'proof', p.member_id, p.organization_id, '', p.folded_organization, '', '', 0
FROM workplaces_proof p
WHERE p.member_id = ANY(%(keys)s::bigint[]) AND p.removed_at IS NULL AND p.expires_at > %(now)s
UNION ALL
SELECT 'followed', f.followee_id, 0, '', '', '', '', 0 FROM ties_follow f
WHERE f.follower_id = %(me)s AND f.followee_id = ANY(%(keys)s::bigint[])
UNION ALL
SELECT 'follower', f.follower_id, 0, '', '', '', '', 0 FROM ties_follow f
WHERE f.follower_id = ANY(%(keys)s::bigint[]) AND f.followee_id = %(me)s
"""


# How many open to members have a skill, counted as far as it weighs (`formula.skill_weight`).
HOLDERS = """
SELECT s.id, (
    SELECT count(*) FROM (
        SELECT FROM career_holding h JOIN members_member m ON m.id = h.member_id
        LEFT JOIN career_partaudience a ON a.member_id = h.member_id AND a.part = 'skills'
        WHERE h.skill_id = s.id AND h.removed_at IS NULL AND m.standing = 'active' AND m.visibility <= 1
          AND coalesce(a.audience, 0) <= 1 LIMIT %(counted)s + 1
    ) AS open
)
FROM unnest(%(skills)s::bigint[]) AS s (id)
"""


class Row(NamedTuple):
    """A row of somebody's career, as it came."""

    organization: int | None
    section: str
    folded: str
    started: str
    ended: str

    @property
    def span(self) -> tuple[str, str]:
        """From when until when; what does not go on by itself and has no end is known for its start alone."""
        return self.started, self.ended or ("" if SPECS[Section(self.section)].ongoing else self.started)


@dataclass(slots=True)
class Read:
    """The answer of the statement, sorted by what it says."""

    mine: list[Row] = field(default_factory=list)
    theirs: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    skills: dict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    interests: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    proofs: dict[int, set[int | str]] = field(default_factory=lambda: defaultdict(set))
    followed: set[int] = field(default_factory=set)
    follower: set[int] = field(default_factory=set)


def gather(viewer: Viewer, keys: Iterable[int], holders: dict[int, int]) -> dict[int, Facts]:
    """What joins the viewer with each of these people, without what the graph knows.

    Args:
        viewer: a member in good standing.
        keys: of people who may be suggested to her.
        holders: how many have a skill, by its key, as far as that was counted before; what is missing is added.
    """
    asked = sorted(keys)
    if not asked:
        return {}
    now = clock.now()
    read = _sort(_open(viewer, _ask(viewer.id, asked, now)))
    _count({skill for each in read.skills.values() for skill in each}, holders)
    meet = _Meeting(read.mine, now.year)
    return {key: _facts(key, read, holders, meet) for key in asked}


def _count(skills: set[int], holders: dict[int, int]) -> None:
    """Count who has these skills, where that is not known."""
    if missing := skills - holders.keys():
        with connection.cursor() as cursor:
            cursor.execute(HOLDERS, {"skills": array(missing), "counted": HOLDERS_COUNTED})
            holders.update(cursor.fetchall())


def _ask(me: int, keys: list[int], now: datetime) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(FACTS, {"me": me, "keys": array(keys), "now": now, "ours": OURS})
        return list(cursor.fetchall())


def _open(viewer: Viewer, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Without the rows of parts that are open to the network only, where the viewer is not in it."""
    doubtful = {row[1] for row in rows if row[-1] == Level.NETWORK}
    if not doubtful:
        return rows
    near = Member.objects.filter(pk__in=doubtful).alias(near=closeness(viewer)).filter(near__gte=SECOND)
    second = set(near.values_list("pk", flat=True))
    return [row for row in rows if row[-1] < Level.NETWORK or row[1] in second]


def _sort(rows: list[tuple[Any, ...]]) -> Read:
    read = Read()
    for what, member, number, text, folded, started, ended, _level in rows:
        if what == "theirs":
            read.theirs[member].append(Row(number, text, folded, started, ended))
        elif what == "skill":
            read.skills[member][number] = text
        elif what == "mine":
            read.mine.append(Row(number, text, folded, started, ended))
        elif what == "interest":
            read.interests[member].add(text)
        elif what == "proof":
            read.proofs[member].add(number or folded)
        else:
            (read.followed if what == "followed" else read.follower).add(member)
    return read


def _facts(key: int, read: Read, holders: Mapping[int, int], meet: "_Meeting") -> Facts:
    skills = [(holders[number], name) for number, name in read.skills.get(key, NOTHING).items()]
    rows = read.theirs.get(key)
    return Facts(
        together=meet.with_rows(rows, read.proofs.get(key, set())) if rows else (),
        skills=[(name, holders) for holders, name in sorted(skills)],
        interests=sorted(read.interests.get(key, ())),
        followed=key in read.followed,
        follower=key in read.follower,
    )


class _Meeting:
    """One's own rows, looked up by place; the same comparison as `career.history` makes for a page of people."""

    def __init__(self, mine: list[Row], year: int) -> None:
        self.year = year
        self.by_record: Mapping[int | None, list[Row]] = _index(mine, lambda row: row.organization)
        self.by_name: Mapping[str, list[Row]] = _index(mine, lambda row: row.folded)

    def with_rows(self, theirs: list[Row], proofs: set[int | str]) -> list[Together]:
        """Each body both were at in the same time, once."""
        spans: dict[int | str, set[tuple[str, str]]] = defaultdict(set)
        proved: set[int | str] = set()
        for row in theirs:
            for own in self._same(row):
                met = partial.overlap(own.span, row.span)
                if met is not None:
                    place = own.organization or row.organization or row.folded
                    spans[place].add(met)
                    current = row.section == Section.POSITIONS and not row.ended
                    if current and (row.organization or row.folded) in proofs:
                        proved.add(place)
        return [self._together(place, met, place in proved) for place, met in spans.items()]

    def _same(self, row: Row) -> list[Row]:
        named = self.by_name.get(row.folded, [])
        if row.organization is None:
            return named
        recorded = self.by_record.get(row.organization, [])
        return recorded + [own for own in named if own.organization is None]

    def _together(self, place: int | str, met: set[tuple[str, str]], proved: bool) -> Together:
        years = {year for since, until in met for year in range(int(since[:4]), int(until[:4] or self.year) + 1)}
        return Together(place, max(len(years) - 1, 0), still=any(not until for _since, until in met), proved=proved)


def _index(rows: list[Row], key: Any) -> dict[Any, list[Row]]:
    found: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return dict(found)
