"""Which records the organisations of a career mean, and the plain records that come to be because somebody names one.

A record is public, so its name must not tell what only few may read: one comes to be only because of an item that
every member may read (the profile is open to members, and so is the section). A name that stands in closed sections
alone stays words; once somebody says it openly there is a record, and the closed items are led to it too, which tells
nobody anything.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from collegium.audience.level import Level
from collegium.career.models import Disowned, PartAudience
from collegium.career.sections import Section
from collegium.journal.models import Entry
from collegium.journal.record import record
from collegium.lib import clock, ids
from collegium.members.models import Member
from collegium.organizations.founding import found_named
from collegium.organizations.models import Organization
from collegium.organizations.naming import find

A_DAY, MOST_A_DAY = timedelta(days=1), 30
BATCH = 1_000
_KINDS = {Section.EDUCATION: Organization.Kind.SCHOOL, Section.POSITIONS: Organization.Kind.COMPANY}

# Items in batches by their keys; of each whether every member may read it, and what its name means now.
_UNTIED = """
    SELECT i.id, i.member_id, i.section, i.organization_name,
           m.standing = 'active' AND m.visibility <= 1 AND NOT EXISTS (
               SELECT FROM career_partaudience a
               WHERE a.member_id = i.member_id AND a.part = i.section AND a.audience > 1)
    FROM career_item i JOIN members_member m ON m.id = i.member_id
    WHERE i.id > %s AND i.organization_id IS NULL AND i.organization_name <> '' AND i.removed_at IS NULL
    ORDER BY i.id LIMIT %s"""
_TIE = """
    UPDATE career_item i SET organization_id = t.means
    FROM unnest(%s::bigint[], %s::bigint[]) AS t (id, means)
    WHERE i.id = t.id AND i.organization_id IS NULL AND NOT EXISTS (
        SELECT FROM career_disowned d
        WHERE d.member_id = i.member_id AND d.organization_id = t.means AND d.until > %s)"""
# What somebody changes at this moment is left to the sweep: waiting for her could be waiting in a ring.
_FOLLOW = """
    UPDATE career_item i SET organization_id = t.means FROM (
        SELECT f.id, t.means FROM unnest(%s::text[], %s::bigint[]) AS t (folded, means)
        JOIN career_item f ON f.folded_organization = t.folded
        WHERE f.organization_name <> '' AND f.organization_id IS NULL ORDER BY f.id FOR UPDATE OF f SKIP LOCKED
    ) t WHERE i.id = t.id"""


def records(member: Member, named: Iterable[tuple[str, Section]]) -> dict[str, Organization]:
    """The record of each name in somebody's career, new ones among them. The member is held by the caller.

    Args:
        member: whose career it is.
        named: names as she writes them, and the sections in which they stand.
    """
    pairs = [(name, section) for name, section in named if name]
    found = find(name for name, _section in pairs)
    missing = [(name, section) for name, section in pairs if name not in found]
    if missing:
        found |= _founded(member, missing)
    closed = _disowned(member, found.values())
    return {name: row for name, row in found.items() if row.pk not in closed}


def kind_of(section: str) -> str:
    """What sort of body a section names."""
    return _KINDS.get(Section(section), Organization.Kind.OTHER)


def follow(born: Mapping[str, int]) -> None:
    """What was written before in the same words is led to the records that came to be."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW, [list(born), list(born.values())])


def sweep() -> None:
    """Lead words to records: of sections opened since, and of names that had no room in their day. Runs twice."""
    after, done = 0, dict[int, int]()
    while (last := _batch(after, done)) is not None:
        after = last


def _founded(member: Member, missing: Collection[tuple[str, Section]]) -> dict[str, Organization]:
    """New records for what she says openly, as far as her day has room for them."""
    open_here = _readable(member)
    kinds = {name: kind_of(section) for name, section in reversed(list(missing)) if section in open_here}
    room = MOST_A_DAY - _made_today(member) if kinds else 0
    if room <= 0:
        return {}
    rows, born = found_named(dict(list(reversed(kinds.items()))[:room]))
    for key in born:
        record("organizations.founded", actor=member, subject=key, named=True)
    return rows


def _readable(member: Member) -> set[Section]:
    """The sections of hers that every member may read."""
    current = Member.objects.filter(pk=member.pk).values_list("visibility", "standing").first()
    if current is None or current[0] > Member.Visibility.MEMBERS or current[1] != Member.Standing.ACTIVE:
        return set()
    closed = PartAudience.objects.filter(member=member, audience__gt=Level.MEMBERS).values_list("part", flat=True)
    return set(Section) - {Section(part) for part in closed if part in Section.values}


def _made_today(member: Member) -> int:
    since = ids.floor_at(clock.now() - A_DAY)
    return Entry.objects.filter(actor=member.pk, pk__gte=since, kind="organizations.founded", data__named=True).count()


def _disowned(member: Member, rows: Iterable[Organization]) -> set[int]:
    keys = {row.pk for row in rows}
    if not keys:
        return set()
    living = Disowned.objects.filter(member=member, organization__in=keys, until__gt=clock.now())
    return set(living.values_list("organization_id", flat=True))


@transaction.atomic
def _batch(after: int, done: dict[int, int]) -> int | None:
    """One stretch of items without a record.

    Args:
        after: the key before it.
        done: how many records each member has founded in this sweep.

    Returns:
        the last key of it; None where there was none.
    """
    with connection.cursor() as cursor:
        cursor.execute(_UNTIED, [after, BATCH])
        rows = cursor.fetchall()
    if not rows:
        return None
    _tie(rows)
    kinds: dict[str, str] = {}
    known = find(row[3] for row in rows)
    for _key, member, section, name, readable in rows:
        if readable and name not in known and name not in kinds and done.get(member, 0) < MOST_A_DAY:
            kinds[name] = kind_of(section)
            done[member] = done.get(member, 0) + 1
    for key in found_named(kinds).born:
        record("organizations.founded", subject=key, named=True)
    return int(rows[-1][0])


def _tie(rows: list[Any]) -> None:
    """Lead items to the records that their names mean already."""
    known = find(row[3] for row in rows)
    tied = [(row[0], known[row[3]].pk) for row in rows if row[3] in known]
    if tied:
        with connection.cursor() as cursor:
            cursor.execute(_TIE, [[key for key, _means in tied], [means for _key, means in tied], clock.now()])
