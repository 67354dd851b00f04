"""A made-up labour market: openings of the houses in many towns, and who applied to them, made by the database.

Four fifths of the openings stand, the others ended in the last half year. A few are applied to by very many: the first
by two thousand, or by all. Every rule of the tables holds, and those that stand above them: no opening longer than
sixty days or three weeks unread, no range wider than one and a half, no title of a house twice at one place, and an end
for every application.
"""

from collections.abc import Iterable
from math import gcd
from typing import Any

from collegium.finding import documents
from collegium.portability.bulk import unburdened
from collegium.portability.memory import Ids
from collegium.portability.synth.careers import HOUSE, ONE_HOUSE
from collegium.portability.synth.graph import Progress
from collegium.portability.synth.jobs import applying, statements, trades
from collegium.portability.synth.people import DOMAIN

MOST, MEMBERS_AN_OPENING, APPLICATIONS = 100_000, 10, 5
LARGEST, CROWDS, PLACES = 2_000, 10, 8
OVER = 4  # one that is over for so many that stand
LETTERS = (
    "",
    "I have done this work for some years, in a smaller place, and would like to do it with more colleagues.",
    "What I can do stands in my profile. What does not: I read manuals, and I like to ask why.",
    "I am moving to your town in spring. I would begin on any Monday after that.",
    "Your text says what is paid and what is expected. I can do the one and would be content with the other.",
    "I have not done all of this yet. I have done most of it, and the rest I would learn from those who have.",
)


def offer(cursor: Any, now: Any, openings: int, tell: Progress) -> None:
    """Make openings and applications; after the careers and pages of made-up members.

    Args:
        cursor: inside the transaction that made them.
        now: the moment which everything lies before.
        openings: how many stand; so many that every house offers each title at each of its towns at most once.
        tell: called with what is being made.
    """
    _lay(cursor)
    houses, towns, kinds = (_count(cursor, each) for each in ("synth_recruiter", "synth_town", "synth_trade"))
    openings = min(openings, MOST)
    total = min(openings + openings // OVER, houses * kinds * PLACES)
    if not total or not towns:
        return
    people = _count(cursor, "synth_member")
    asked = {
        "now": now, "most": total, "standing": total - total // (OVER + 1), "houses": houses, "towns": towns,
        "trades": kinds, "places": PLACES, "stride": _step(kinds * PLACES, 389), "largest": min(LARGEST, people - 2),
        "crowds": min(CROWDS, total // 50), "mean": APPLICATIONS * openings / total, "people": people // 2,
        "members": people, "step": _step(people, 7_368_787), "letters": list(LETTERS), "domain": DOMAIN,
    }  # fmt: skip
    tell("openings", 0, total)
    _offered(cursor, asked)
    tell("openings", total, total)
    _applied(cursor, asked, tell)


def _lay(cursor: Any) -> None:
    """Occupations, towns, and who offers work where, in tables of their own."""
    for table, statement, rows in (
        ("synth_trade", statements.TRADES, trades.trade_rows()),
        ("synth_country", statements.COUNTRIES, trades.country_rows()),
    ):
        cursor.execute(statement)
        _copy(cursor, table, rows)
    cursor.execute(statements.TOWNS, {"towns": trades.TOWNS_A_COUNTRY})
    cursor.execute(statements.RECRUITERS, {"house": HOUSE, "large": ONE_HOUSE})
    for table in ("synth_trade", "synth_town", "synth_recruiter"):
        cursor.execute(f"ANALYZE {table}")


def _copy(cursor: Any, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _offered(cursor: Any, asked: dict[str, Any]) -> None:
    """Openings with their skills, seats and questions; the words they are found by are written once, at the end."""
    cursor.execute(statements.OPENINGS.format(key=Ids().sql_at(statements.moved("posted"))), asked)
    cursor.execute("ANALYZE synth_opening")
    silent = ("openings_opening", "openings_openingskill")
    for table in silent:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    with unburdened(cursor, "openings_opening", asked["most"]):
        cursor.execute(statements.STORE, asked)
    with unburdened(cursor, "openings_openingskill", asked["most"] * 6):
        cursor.execute(statements.SKILLS)
    for table in silent:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    cursor.execute(statements.SEATS)
    cursor.execute(statements.PARTS, asked)
    cursor.execute(statements.QUESTIONS.format(key=Ids().sql_at(statements.moved("o.posted"))), asked)
    documents.rebuild()


def _applied(cursor: Any, asked: dict[str, Any], tell: Progress) -> None:
    """Applications with every step, what was sent and what was answered."""
    cursor.execute(applying.APPLICATIONS.format(key=Ids().sql_at(statements.moved("sent"))), asked)
    cursor.execute(applying.WALKED, asked)
    for table in ("synth_application", "synth_step"):
        cursor.execute(f"ANALYZE {table}")
    cursor.execute(applying.PROFILES)
    count, steps = _count(cursor, "synth_application"), _count(cursor, "synth_step")
    made = (
        ("applications_application", applying.STORE, count),
        ("applications_step", applying.STEPS.format(key=Ids().sql_at(statements.moved("at"))), steps),
        ("applications_sent", applying.SENT, count),
        ("applications_given", applying.ANSWERS.format(key=Ids().sql_at(statements.moved("a.sent"))), count // 2),
    )
    for done, (table, statement, coming) in enumerate(made):
        tell("applications", done * count // len(made), count)
        with unburdened(cursor, table, coming):
            cursor.execute(statement, asked)
    cursor.execute(applying.STAGES.format(key=Ids().sql_at(statements.moved("o.posted"))), asked)
    cursor.execute(applying.CARDS, asked)
    tell("applications", count, count)


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {table}")
    return int(cursor.fetchone()[0])


def _step(count: int, least: int) -> int:
    """A step through so many numbers that meets each once."""
    return next(step for step in range(least, least + 10_000) if gcd(step, count) == 1)
