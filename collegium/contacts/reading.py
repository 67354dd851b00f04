"""One's people as a list: who is in it, in which order, and what each line says.

`SEEN` asks of everybody what `network.lists.connections` asks, in a form that stands thirty thousand; a test holds the
two equal. Whoever keeps the reader at RESTRICTED counts as any member (`near`), in what can be filtered by too.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F
from django.http import Http404

from collegium.audience.viewer import Viewer
from collegium.career.models import Item, level_of
from collegium.career.sections import Part
from collegium.contacts import history
from collegium.contacts.filters import LAST, LONGEST, NAME, NEVER, OFTEN, TIED, Filter
from collegium.contacts.models import Reminder, Tag
from collegium.lib import clock, cursor, ids
from collegium.members.models import Member
from collegium.ties.models import Circle, Distance

PAGE = 50
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOST_CHANGED = 2_000
NEAR = """CASE WHEN m.id IN (SELECT member_id FROM ties_distance WHERE other_id = %(me)s AND rung = 3)
    THEN 1 ELSE 3 END"""
TIED_AT = f"floor(extract(epoch FROM c.since) * 1000)::bigint << {ids.LOW_BITS}"
SEEN = f"""FROM ties_connection c
JOIN members_member m ON m.id = c.other_id
CROSS JOIN LATERAL (SELECT {NEAR} AS near) AS how
{{contact}}
WHERE c.member_id = %(me)s AND m.standing = 'active' AND m.visibility <= how.near
  AND m.id NOT IN (SELECT blocked_id FROM ties_block WHERE blocker_id = %(me)s)
  AND m.id NOT IN (SELECT blocker_id FROM ties_block WHERE blocked_id = %(me)s)"""  # noqa: S608 - of constants
COMPANY = """EXISTS (SELECT FROM career_item i LEFT JOIN organizations_organization o ON o.id = i.organization_id
    WHERE i.member_id = m.id AND i.section = 'positions' AND i.ended = '' AND i.removed_at IS NULL
    AND (position(fold(%(company)s) IN i.folded_organization) > 0 OR position(fold(%(company)s) IN o.folded_name) > 0))
  AND how.near >= COALESCE(
    (SELECT a.audience FROM career_partaudience a WHERE a.member_id = m.id AND a.part = 'positions'), 0)"""
LAST_CONTACT = f"GREATEST(COALESCE(told.last, 0), {TIED_AT})"
ORDERS = {
    NAME: ("m.sort_name, m.id", "(m.sort_name, m.id) > (%(after_name)s, %(after)s)"),
    "newest": ("c.since DESC, m.id DESC", "(c.since, m.id) < (%(after_since)s, %(after)s)"),
    LONGEST: (f"{LAST_CONTACT}, m.id", f"({LAST_CONTACT}, m.id) > (%(after_last)s, %(after)s)"),
}


@dataclass(slots=True)
class Line:
    """One person of the list, with what the reader keeps about them.

    Attributes:
        person: who.
        since: when they connected.
        near: the closeness the person grants the reader: 3, or 1 where she restricts him.
        contact: the last contact, connecting included.
        role: what the person does now, as far as it is open to the reader.
    """

    person: Member
    since: datetime
    near: int
    contact: history.Contact
    role: str = ""
    tags: list[Tag] = field(default_factory=list)
    circles: list[Circle] = field(default_factory=list)
    rung: int = 0
    reminder: Reminder | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list; `total` is how many the whole list has, where it was counted."""

    lines: list[Line]
    older: str = ""
    total: int | None = None


def page(viewer: Viewer, asked: Filter, after: str = "", *, counted: bool = True) -> Page:
    """A page of the reader's people. A constant number of statements.

    Args:
        viewer: whose people.
        asked: which of them, in which order.
        after: the cursor of the page before.
        counted: whether `total` is wanted.

    Raises:
        Http404: the cursor is none of ours.
    """
    where, given = _where(viewer, asked)
    total = _ask(f"SELECT count(*) {where}", given)[0][0] if counted and after else None
    if after:
        given |= _after(asked, after)
        where += f" AND {ORDERS[asked.sort][1]}"
    columns = "told.last, told.year" if asked.asks_contact else "NULL, NULL"
    # Counted in passing: who sorts the list has been through all of it.
    count = "count(*) OVER ()" if counted and not after else "NULL"
    tail = f"ORDER BY {ORDERS[asked.sort][0]} LIMIT {PAGE + 1}"
    found = _ask(f"SELECT {count}, m.id, c.since, how.near, {columns} {where} {tail}", given)
    rows = [row[1:] for row in found]
    if counted and not after:
        total = found[0][0] if found else 0
    lines = _lines(viewer, rows[:PAGE], known=asked.asks_contact)
    return Page(lines, _mark(asked, lines[-1]) if len(rows) > PAGE else "", total)


def keys(viewer: Viewer, asked: Filter, most: int = MOST_CHANGED) -> list[int]:
    """Everybody whom the filter means, in its order; at most so many."""
    where, given = _where(viewer, asked)
    return [row[0] for row in _ask(f"SELECT m.id {where} ORDER BY {ORDERS[asked.sort][0]} LIMIT {most}", given)]


def among(viewer: Viewer, chosen: list[int]) -> list[Member]:
    """Those of these people who are connections the reader sees, by name; at most `MOST_CHANGED`."""
    where, given = _where(viewer, Filter())
    sql = f"SELECT m.id {where} AND m.id = ANY(%(chosen)s) ORDER BY m.sort_name, m.id LIMIT {MOST_CHANGED}"
    found = [row[0] for row in _ask(sql, {**given, "chosen": chosen})]
    people = Member.objects.in_bulk(found)
    return [people[key] for key in found if key in people]


def lines_of(viewer: Viewer, people: list[int]) -> list[Line]:
    """The lines of these people, those of them who are in the list."""
    where, given = _where(viewer, Filter())
    sql = f"SELECT m.id, c.since, how.near, NULL, NULL {where} AND m.id = ANY(%(chosen)s) ORDER BY m.sort_name, m.id"
    return _lines(viewer, _ask(sql, {**given, "chosen": people}), known=False)


def _where(viewer: Viewer, asked: Filter) -> tuple[str, dict[str, Any]]:
    """From which tables, and on which conditions."""
    given: dict[str, Any] = {"me": viewer.id}
    contact = ""
    if asked.asks_contact:
        contact = f"LEFT JOIN ({history.told()}) AS told ON told.other = c.other_id"
        given |= history.values(viewer)
    conditions = [SEEN.format(contact=contact)]
    for place, word in enumerate(asked.q.split()[:8]):
        conditions.append(f"position(fold(%(word{place})s) IN m.folded) > 0")
        given[f"word{place}"] = word
    for name, condition in (("company", COMPANY), ("place", "position(fold(%(place)s) IN fold(m.place)) > 0")):
        if value := getattr(asked, name):
            conditions.append(condition)
            given[name] = value
    conditions += _kept(asked, given) + _times(asked, given)
    return " AND ".join(conditions), given


def _kept(asked: Filter, given: dict[str, Any]) -> list[str]:
    """What the reader put on people. Keys of others' tags find nothing: they are among no choices (`FilterForm`)."""
    conditions = []
    for name, link in (("tag", "contacts_tagging"), ("circle", "ties_circling")):
        if value := getattr(asked, name):
            conditions.append(f"m.id IN (SELECT person_id FROM {link} WHERE {name}_id = %({name})s)")  # noqa: S608 - constants
            given[name] = int(value)
    if asked.rung:
        given["rung"] = int(asked.rung)
        away = "(SELECT rung FROM ties_distance WHERE member_id = %(me)s AND other_id = m.id)"
        conditions.append(f"COALESCE({away}, 0) = %(rung)s")
    return conditions


def _times(asked: Filter, given: dict[str, Any]) -> list[str]:
    """Last contact, how often, connected when."""
    conditions = []
    now = clock.now()
    if asked.last == NEVER:
        conditions.append("told.last IS NULL")
    elif asked.last:
        given["last"] = ids.floor_at(now - LAST[asked.last][1])
        conditions.append(f"{LAST_CONTACT} {'>=' if asked.last.startswith('in') else '<'} %(last)s")
    if asked.often:
        given["least"], given["most"] = OFTEN[asked.often][1:]
        conditions.append("COALESCE(told.year, 0) BETWEEN %(least)s AND %(most)s")
    if asked.tied:
        given["tied"] = now - TIED[asked.tied][1]
        conditions.append(f"c.since {'>=' if asked.tied.startswith('in') else '<'} %(tied)s")
    return conditions


def _ask(sql: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as opened:
        opened.execute(sql, given)
        return list(opened.fetchall())


def _mark(asked: Filter, line: Line) -> str:
    """Where the list goes on after this line."""
    if asked.sort == NAME:
        return cursor.pack(line.person.pk)
    if asked.sort == LONGEST:
        return cursor.pack(line.contact.last, line.person.pk)
    return cursor.pack((line.since - EPOCH) // timedelta(microseconds=1), line.person.pk)


def _after(asked: Filter, after: str) -> dict[str, Any]:
    """The values a cursor stands for."""
    if asked.sort == NAME:
        last = Member.objects.filter(pk=cursor.unpack(after, 1)[0]).first()
        if last is None:
            raise Http404
        return {"after_name": last.sort_name, "after": last.pk}
    at, key = cursor.unpack(after, 2)
    if asked.sort == LONGEST:
        return {"after_last": at, "after": key}
    try:
        return {"after_since": EPOCH + timedelta(microseconds=at), "after": key}
    except OverflowError:
        raise Http404 from None


def _lines(viewer: Viewer, rows: list[tuple[Any, ...]], *, known: bool) -> list[Line]:
    """What each line says."""
    chosen = [row[0] for row in rows]
    people = Member.objects.in_bulk(chosen)
    told = {} if known else history.contacts(viewer, chosen)
    lines = {}
    for key, since, near, last, year in rows:
        if key in people:
            found = history.contact(last, year) if known else told.get(key, history.NEVER)
            lines[key] = Line(people[key], since, near, _with_tie(found, since))
    _dress(viewer, lines)
    return list(lines.values())


def _with_tie(found: history.Contact, since: datetime) -> history.Contact:
    """Connecting is a contact too."""
    tied = (since - EPOCH) // timedelta(milliseconds=1) << ids.LOW_BITS
    return found if found.last >= tied else history.Contact(tied, history.What.CONNECTED, found.year)


def _dress(viewer: Viewer, lines: dict[int, Line]) -> None:
    """Add what the person does now, and what the reader keeps about them."""
    for key, role in roles({key: line.near for key, line in lines.items()}).items():
        lines[key].role = role
    chosen = list(lines)
    for tag in (
        Tag.objects.filter(owner=viewer.id, taggings__person__in=chosen)
        .order_by("name")
        .annotate(whom=F("taggings__person_id"))
    ):
        lines[tag.whom].tags.append(tag)
    for circle in (
        Circle.objects.filter(owner=viewer.id, circlings__person__in=chosen)
        .order_by("name")
        .annotate(whom=F("circlings__person_id"))
    ):
        lines[circle.whom].circles.append(circle)
    for other, rung in Distance.objects.filter(member=viewer.id, other__in=chosen).values_list("other", "rung"):
        lines[other].rung = rung
    for reminder in Reminder.objects.open().filter(owner=viewer.id, person__in=chosen).order_by("-due", "-id"):
        lines[reminder.person_id].reminder = reminder


def roles(near: dict[int, int]) -> dict[int, str]:
    """What each of these people does now, by the first of their positions that go on.

    Args:
        near: how close each lets the reader come; it is the rule's own answer, asked once a person.
    """
    rows = (
        Item.objects.current()
        .filter(member__in=list(near))
        .annotate(level=level_of(Part.POSITIONS))
        .order_by("rank", "-id")
        .values_list("member", "title", "organization_name", "level")
    )
    found: dict[int, list[str]] = defaultdict(list)
    for member, title, organization, level in rows:
        if level <= near[member]:
            found[member].append(", ".join(part for part in (title, organization) if part))
    return {member: said[0] for member, said in found.items()}
