"""Half a year of a made-up labour market under a clock that is moved: thousands of rows in bulk, a sample by the verbs.

What people do is chance with a seed; what the clock does are the sweeps themselves. After every two days each promise
about time is looked at in plain words: a question to the tables, or a sum done again by hand.
"""

import random
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import connection

from collegium.applications import actions, consenting, snapshot
from collegium.applications import tasks as applying
from collegium.applications.models import Application, Sent, Standing, Step
from collegium.applications.models.applications import FIRST_END
from collegium.lib import clock, ids
from collegium.members.models import Member
from collegium.openings import actions as verbs
from collegium.openings import tasks as offering
from collegium.openings.details import Details
from collegium.openings.models import Ended, Opening, Part, Seat, State
from collegium.openings.tests.scene import works_at
from collegium.organizations.models import Organization
from collegium.testing.cast import make_member
from tests.house.kept_in_time import PROMISES, figures_differ

BEGAN = datetime(2026, 1, 5, 9, tzinfo=UTC)
HOUSES, PEOPLE, DAYS, STEP, AFTER = 20, 120, 182, 2, 76
# What is a sum over everything is worked out every so many days; what one question tells, every time.
WHOLE = 16
IN_PASSING = {name: broken for name, broken in PROMISES.items() if broken is not figures_differ}
# Every so many-th is made by the verbs.
BY_VERB = 60
_CLOCK = """
    CREATE SCHEMA IF NOT EXISTS travel;
    CREATE OR REPLACE FUNCTION travel.now() RETURNS timestamptz STABLE LANGUAGE sql
        AS $$ SELECT current_setting('travel.at')::timestamptz $$;
    CREATE OR REPLACE FUNCTION travel.statement_timestamp() RETURNS timestamptz STABLE LANGUAGE sql
        AS $$ SELECT current_setting('travel.at')::timestamptz $$;
    SET LOCAL search_path = travel, pg_catalog, public"""


class Travel:
    """The clock of the program and that of the database, moved together; inside a test's transaction."""

    def __init__(self) -> None:
        self.now, self._stack = BEGAN, ExitStack()
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('travel.at', %s, true)", [self.now.isoformat()])
            cursor.execute(_CLOCK)

    def to(self, moment: datetime) -> None:
        """It is that moment from now on."""
        self.now = moment
        self._stack.close()
        self._stack.enter_context(clock.at(moment))
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('travel.at', %s, true)", [moment.isoformat()])

    def home(self) -> None:
        """Back to where the clocks really stand."""
        self._stack.close()
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL search_path = public")


@dataclass
class Market:
    """Everybody and everything in it; `faults` are the promises that did not hold, with the day."""

    postings: int
    applications: int
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    faults: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.posters = [make_member(f"Poster {number}") for number in range(HOUSES)]
        self.people = [make_member(f"Applicant {number}") for number in range(PEOPLE)]
        self.houses = [
            Organization.objects.create(handle=f"works-{number}", name=f"Works {number}") for number in range(HOUSES)
        ]
        for poster, house in zip(self.posters, self.houses, strict=True):
            works_at(poster, house)
        self.made = self.sent = 0
        self.taken: set[tuple[int, int]] = set()

    def live(self) -> "Market":
        """Half a year in which people act, and then the weeks until nothing moves any more."""
        travel = Travel()
        try:
            for day in range(0, DAYS + AFTER, STEP):
                travel.to(BEGAN + timedelta(days=day))
                if day < DAYS:
                    self._post(day)
                    self._apply(day)
                self._work(most=0.5 if day < DAYS else 0.0)
                sweep()
                asked = PROMISES if day % WHOLE == 0 else IN_PASSING
                self.faults |= {name for name, broken in asked.items() if broken()}
            self._over()
        finally:
            travel.home()
        return self

    def _over(self) -> None:
        if Opening.objects.filter(state=State.LIVE).exists():
            self.faults.add("an opening never ends")
        if Application.objects.living().exists():
            self.faults.add("an application never ends")

    def _post(self, day: int) -> None:
        """The openings of two days: most in one statement, some as a recruiter does."""
        due = self.postings * min(day + STEP, DAYS - 30) // (DAYS - 30) - self.made
        rows = [self._opening(number) for number in range(self.made, self.made + due)]
        self.made += due
        fresh = [row for row in rows if row._state.adding]
        for row, key in zip(fresh, ids.fresh(len(fresh)), strict=True):
            row.pk = key
        Opening.objects.bulk_create(fresh)
        Seat.objects.bulk_create(
            (Seat(opening=row, member=row.poster, part=Part.LEAD) for row in rows if row.poster), ignore_conflicts=True
        )

    def _opening(self, number: int) -> Opening:
        place, days = number % HOUSES, self.chance.randint(10, 60)
        title, poster = f"Engineer, work {number}", self.posters[place]
        if number % BY_VERB == 0:
            said = Details(
                title=title, text="You build.", place="Uppsala", country="SE", pay_low=50_000, pay_high=60_000,
                currency="EUR", vacancy=True, machine=False, kept_days=30 + number % 2 * 60, days=days,
            )  # fmt: skip
            return verbs.post(verbs.draft(poster, self.houses[place], said), by=poster)
        now = clock.now()
        return Opening(
            organization=self.houses[place], poster=poster, title=title, text="You build.", place="Uppsala",
            country="SE", pay_low=50_000, pay_high=60_000, currency="EUR", vacancy=True, machine=False,
            kept_days=30 + number % 10 * 20, posted_at=now, reviewed_at=now, expires_at=now + timedelta(days=days),
            state=State.LIVE,
        )  # fmt: skip

    def _apply(self, day: int) -> None:
        """The applications of two days."""
        due = self.applications * (day + STEP) // DAYS - self.sent
        standing = list(Opening.objects.standing().select_related("organization").order_by("pk"))
        fresh = []
        while due > 0 and standing:
            opening, person = self.chance.choice(standing), self.chance.choice(self.people)
            due, self.sent = due - 1, self.sent + 1
            if (opening.pk, person.pk) in self.taken:
                continue
            self.taken.add((opening.pk, person.pk))
            if self.sent % BY_VERB == 0:
                send(opening, person)
            else:
                fresh.append(_application(opening, person))
        store(fresh)

    def _work(self, most: float) -> None:
        """Those who hire look through some of what lives: three houses in four are careful, the others are not."""
        living = list(Application.objects.living().select_related("opening").order_by("pk"))
        changed: list[Application] = []
        for number, row in enumerate(living):
            careful = row.organization_id % 4 != 0
            if self.chance.random() > (most if careful else most / 12):
                continue
            standing = self._next(row)
            if number % BY_VERB == 0 and row.opening.poster is not None:
                self._by_hand(row, standing)
            else:
                changed.append(moved(row, standing))
        keep(changed)

    def _next(self, row: Application) -> Standing:
        further = {Standing.SENT: Standing.SEEN, Standing.SEEN: Standing.LISTED, Standing.LISTED: Standing.INTERVIEW}
        if row.opening.state == State.CLOSED or self.chance.random() < 0.4:
            return Standing.DECLINED
        return further.get(Standing(row.standing), Standing.OFFER)

    def _by_hand(self, row: Application, standing: Standing) -> None:
        """As a recruiter does; now and then she hires, and closes, or somebody leaves."""
        by, dice = row.opening.poster, self.chance.random()
        assert by is not None
        if dice < 0.1 and row.applicant is not None:
            actions.withdraw(row, by=row.applicant)
        elif standing == Standing.SEEN:
            actions.seen(row, by=by)
        else:
            actions.move(row, standing, by=by, words="We have looked at it.")
        if standing == Standing.OFFER and row.opening.state == State.LIVE:
            verbs.close(row.opening, Ended.FILLED, by=by)


def send(opening: Opening, person: Member) -> Application:
    """As an applicant does."""
    return actions.send(opening, by=person, snapshot=snapshot.of(person, ()), consent=consenting.of(opening))


def _application(opening: Opening, person: Member) -> Application:
    return Application(
        opening=opening, organization_id=opening.organization_id, applicant=person, kept_days=opening.kept_days,
        sent_at=clock.now(),
    )  # fmt: skip


def store(rows: list[Application]) -> None:
    """What sending leaves behind, for many at once."""
    now = clock.now()
    for row, key in zip(rows, ids.fresh(len(rows)), strict=True):
        row.pk = key
    Application.objects.bulk_create(rows)
    Step.objects.bulk_create(Step(application=row, standing=Standing.SENT, at=now) for row in rows)
    Sent.objects.bulk_create(
        Sent(application=row, name="Somebody", email="x@example.org", email_mark="x", consent="Yes.", consented_at=now)
        for row in rows
    )


def moved(row: Application, standing: Standing) -> Application:
    """What moving leaves on the row."""
    now = clock.now()
    row.standing = standing
    if standing != Standing.SEEN:
        row.answered_at = row.answered_at or now
    if standing >= FIRST_END:
        row.ended_at, row.erase_at = now, now + timedelta(days=row.kept_days)
    return row


def keep(rows: list[Application]) -> None:
    """What moving leaves behind, for many at once: the rows, their steps, and that somebody was at work."""
    now, columns = clock.now(), ["standing", "answered_at", "ended_at", "erase_at"]
    Application.objects.bulk_update(rows, columns, batch_size=1_000)
    Step.objects.bulk_create(
        Step(application=row, standing=row.standing, at=now, by_id=row.opening.poster_id) for row in rows
    )
    worked = {row.opening_id for row in rows}
    Opening.objects.filter(pk__in=worked, state=State.LIVE).update(reviewed_at=now)


def sweep() -> None:
    """Everything the clock does with openings and applications."""
    offering.expire()
    offering.leave()
    applying.sweep()
