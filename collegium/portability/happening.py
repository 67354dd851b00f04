"""Events of a bundle, their times and who answered: read and judged; `happened` stores them.

The times are laid from the rule as if the event had been made here; `event_dates.csv` says where they are otherwise.
Whatever is wrong with a line is said before anything is stored.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from collegium.audience.rule import IN_PLACE
from collegium.events.actions import laying
from collegium.events.details import Details
from collegium.events.forms.hours import AHEAD
from collegium.events.models import State
from collegium.events.models.attendances import new_code
from collegium.events.models.events import MOST_MINUTES
from collegium.events.recurring.pattern import Pattern, instant
from collegium.feed.models import Facet
from collegium.lib import clock
from collegium.lib.text import render
from collegium.organizations.models import Organization
from collegium.portability.bundle import GONE, Bundle
from collegium.portability.memory import Ids, recall
from collegium.portability.stage import Stage
from collegium.portability.wishes import Facets

EVENTS, DATES, GUESTS = "events.csv", "event_dates.csv", "event_guests.csv"
LONGEST = timedelta(minutes=MOST_MINUTES)
# What of a row is said of the event itself, under the names of `Details`.
_DETAILS = {"about": "body", "answer_until": "answers_until"}


class WrongError(Exception):
    """This line cannot be an event; the message goes into the report."""


@dataclass(frozen=True, slots=True)
class Hours:
    """What the other two files need of an event that is new."""

    key: str
    pattern: Pattern

    def at(self, said: datetime | date | None) -> datetime:
        """The instant a cell means: by the clock there, unless it says its offset; a day means the usual hour.

        Raises:
            WrongError: nothing is said, and there is more than one time.
        """
        if said is None:
            if self.pattern.text:
                raise WrongError("date is missing, and the event happens more than once")
            return instant(self.pattern.start, self.pattern.zone)
        if not isinstance(said, datetime):
            said = datetime.combine(said, self.pattern.start.time())
        return said.astimezone(UTC) if said.tzinfo else instant(said, self.pattern.zone)


class Events:
    """Reads the three files."""

    def __init__(self, bundle: Bundle, stage: Stage, ids: Ids, facets: Facets) -> None:
        self.bundle, self.stage, self.ids, self.facets = bundle, stage, ids, facets
        self.report, self.now = bundle.report, clock.now()
        # Of the events that are new, by their numbers; what came in before is not touched again.
        self.hours: dict[int, Hours] = {}

    def read(self) -> None:
        """All three, in the order in which they refer to each other."""
        self._read_events()
        self._read_dates()
        self._read_guests()

    def _rows(self, file: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """The rows of a file by the names of their columns."""
        names = [column.name for column in self.bundle.specs[file].columns]
        for line, values in self.bundle.rows(file):
            yield line, dict(zip(names, values, strict=True))

    def _read_events(self) -> None:
        known, fresh = self.bundle.known["events"], []
        before = recall(self.stage.cursor, self.report.source, "events")
        self.pages = self._pages()
        for line, row in self._rows("events"):
            key = row["key"]
            if key in before:
                known[key] = before[key]
                (self.report.already if before[key] else self.report.gone)[EVENTS] += 1
            elif GONE in (row["author"], row["group"], row["page"]):
                known[key] = GONE
                self.report.gone[EVENTS] += 1
            else:
                try:
                    fresh.append(Hours(key, self._event(line, row)))
                except WrongError as wrong:
                    self.bundle.bad["events"].add(key)
                    self.report.complain(EVENTS, line, str(wrong))
        self.stage.settle("event", "date")
        # Its post bears the same number.
        for table in ("events_event", "feed_post"):
            self.stage.renumber("event", table, self.ids, known, (("date", "event"),))
        self.hours = {known[each.key]: each for each in fresh}

    def _pages(self) -> set[int]:
        """The organizations of the bundle that are proved pages here; a record has the number it was kept under."""
        records = [-number for number in self.bundle.known["organizations"].values() if number < GONE]
        found = Organization.objects.filter(pk__in=records, page_since__isnull=False, merged_into=None)
        return set(found.values_list("pk", flat=True))

    def _event(self, line: int, row: dict[str, Any]) -> Pattern:
        """Stage one event with its times.

        Raises:
            WrongError: why it cannot be one.
        """
        pattern = self._pattern(row)
        voice = self._voice(row)
        at = row["created_at"] or round(self.now.timestamp() * 1000)
        number = self.bundle.known["events"][row["key"]] = self.ids.at(at)
        names = [name for name in Details.__dataclass_fields__ if name != "questions"]
        said = Details(**{name: row[_DETAILS.get(name, name)] for name in names}).columns
        words = (row["words"], str(render(row["words"]).html) if row["words"] else "")
        hours = (pattern.zone, pattern.start.date(), pattern.start.time(), pattern.minutes, pattern.text)
        columns = [said[name] for name in (*names, "html")]
        ended = (row["cancelled_at"], row["cancelled_words"])
        self.stage.add("event", (line, row["key"], number, *voice, *words, *hours, *columns, *ended))
        for begins in laid(pattern, self.now):
            self.stage.add("date", (number, ms(begins), ms(begins), ms(pattern.ends(begins)), False, None, False))
        return pattern

    def _pattern(self, row: dict[str, Any]) -> Pattern:
        """When it happens.

        Raises:
            WrongError: it cannot be then.
        """
        begins = instant(row["starts"], row["zone"])
        ends = row["ends"] if row["ends"].tzinfo else instant(row["ends"], row["zone"])
        # To the minute: seconds are nothing an event has.
        minutes = int((ends - begins).total_seconds() // 60)
        pattern = Pattern(row["starts"], minutes, row["zone"], row["recurrence"])
        if fault := _length_fault(begins, ends):
            raise WrongError(fault)
        if row["starts"].second or ends.second:
            raise WrongError("starts or ends names a second; an event begins and ends with a minute")
        if begins > self.now + AHEAD + timedelta(days=1):
            raise WrongError("starts is more than three years ahead")
        if pattern.rule is not None and not pattern.rule.fits(pattern.start.date()):
            raise WrongError("recurrence does not name the day on which it starts")
        return pattern

    def _voice(self, row: dict[str, Any]) -> tuple[Any, ...]:
        """Author, who wrote for a page, group, page, audience, facet and facet of her own.

        Raises:
            WrongError: it cannot be said there.
        """
        author, group, page = row["author"], row["group"], row["page"]
        if group is not None and page is not None:
            raise WrongError("stands in a group and speaks for a page; it can do one of the two")
        if page is not None:
            if -page not in self.pages:
                raise WrongError("page is no proved page here")
            return None, author, None, -page, IN_PLACE, str(Facet.PROFESSIONAL), None
        if group is not None:
            return author, None, group, None, IN_PLACE, str(Facet.PROFESSIONAL), None
        try:
            own = self.facets.speaking(row["own_facet"], author)
        except LookupError:
            raise WrongError("own_facet is somebody else’s") from None
        facet, side = (own.facet, row["own_facet"]) if own else (row["facet"], None)
        return author, None, None, None, int(row["audience"]), facet, side

    def _of(self, file: str, event: int, member: int | None = None) -> Hours | None:
        """The hours of an event that is new; None, and counted, where nothing of this line can come in."""
        if GONE in (event, member):
            self.report.gone[file] += 1
        elif event not in self.hours:
            self.report.already[file] += 1
        else:
            return self.hours[event]
        return None

    def _read_dates(self) -> None:
        for line, row in self._rows("event_dates"):
            hours = self._of(DATES, row["event"])
            if hours is None:
                continue
            at = hours.at(row["date"])
            begins = hours.at(row["starts"]) if row["starts"] else at
            ends = hours.at(row["ends"]) if row["ends"] else hours.pattern.ends(begins)
            if fault := _length_fault(begins, ends):
                self.report.complain(DATES, line, fault)
                continue
            # An added time is by no rule, so only another beginning makes it a moved one.
            said = row["starts"] is not None or row["ends"] is not None
            moved = begins != at or (said and not row["added"])
            times = (ms(at), ms(begins), ms(ends), moved, row["cancelled_at"], row["beyond"], row["added"])
            self.stage.add("change", (line, row["event"], *times))
        self.stage.settle("change")
        self.stage.twice("change", DATES, "event, original", "is about the same time as line ")
        there = "EXISTS (SELECT FROM stage_date d WHERE d.event = c.event AND d.original = c.original)"
        none = f"SELECT line, 'date is none of the event’s' FROM stage_change c WHERE NOT added AND NOT {there}"
        self.stage.strike("change", DATES, none)
        columns = "event, original, starts, ends, moved, cancelled_at, beyond"
        self.stage.run(
            "DELETE FROM stage_date c USING stage_change d WHERE d.event = c.event AND d.original = c.original"
        )
        self.stage.run(f"INSERT INTO stage_date ({columns}) SELECT {columns} FROM stage_change")
        self.stage.settle("date")

    def _read_guests(self) -> None:
        for line, row in self._rows("event_guests"):
            hours = self._of(GUESTS, row["event"], row["member"])
            if hours is None:
                continue
            try:
                at = hours.at(row["date"])
            except WrongError as wrong:
                self.report.complain(GUESTS, line, str(wrong))
                continue
            if row["checked_in_at"] and row["state"] != State.GOING:
                self.report.complain(
                    GUESTS, line, f"checked_in_at is of somebody who comes, and state is {row['state']}"
                )
                continue
            said = [row[name] for name in ("state", "guests", "listed", "answered_at", "checked_in_at")]
            self.stage.add("answer", (line, row["event"], ms(at), row["member"], *said, new_code()))
        self.stage.settle("answer")
        self._judge_guests()

    def _judge_guests(self) -> None:
        """Who answers what is there, once, with as many guests as she may bring; and as many as there are seats."""
        stage = self.stage
        stage.twice(
            "answer", GUESTS, "event, date, member", "is the answer of the same member to the same time as line "
        )
        stage.strike("answer", GUESTS, f"SELECT a.line, 'date is none of the event’s' {_JOINED} WHERE d.event IS NULL")
        stage.strike(
            "answer",
            GUESTS,
            f"""SELECT a.line, 'guests is ' || a.guests || '; each may bring ' || e.guests_allowed {_JOINED}
            WHERE a.guests > e.guests_allowed AND NOT d.beyond""",
        )
        stage.strike(
            "answer",
            GUESTS,
            f"""SELECT line, 'takes more than the ' || capacity || ' seats there are' FROM (
                SELECT a.line, e.capacity, sum(1 + a.guests) OVER (
                    PARTITION BY a.event, a.date ORDER BY a.line) AS taken
                {_JOINED} WHERE a.state = 'going' AND NOT d.beyond
            ) s WHERE taken > capacity""",
        )


_JOINED = """FROM stage_answer a JOIN stage_event e ON e.id = a.event
    LEFT JOIN stage_date d ON d.event = a.event AND d.original = a.date"""


def laid(pattern: Pattern, now: datetime) -> list[datetime]:
    """The times an event would have here: all that were, and of those to come as many as are made ahead."""
    beginnings = pattern.within(now + laying.AHEAD, laying.MOST_EVER)
    over = [at for at in beginnings if pattern.ends(at) <= now]
    return beginnings[: len(over) + laying.MOST]


def ms(at: datetime) -> int:
    """Milliseconds since 1970."""
    return round(at.timestamp() * 1000)


def _length_fault(begins: datetime, ends: datetime) -> str:
    """Why it cannot last from one to the other; nothing when it can."""
    if ends <= begins:
        return "ends is not after starts"
    return f"lasts longer than {LONGEST.days} days" if ends - begins > LONGEST else ""
