"""Kofi's pipeline: fourteen people apply for his ward, and each of them stands somewhere else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from collegium.applications import actions, consenting, snapshot
from collegium.applications.models import Application, Standing
from collegium.hiring.actions import keeping, moving, noting
from collegium.hiring.interviews import actions as interviews
from collegium.hiring.interviews.plan import Plan
from collegium.hiring.models import Criterion
from collegium.hiring.stages import columns
from collegium.members.models import Member
from collegium.openings import actions as openings
from collegium.openings.models import Answer, Opening, Part
from collegium.portability.demo.showing.jobs.past import then
from collegium.portability.demo.showing.people import Stage

ZONE = "Europe/London"
LINES = ("Looks after people", "Says early what is wrong", "Hands over well", "Teaches and is taught")
NEW, CLOSELY, TALK, INTERVIEW, OFFER = range(5)


@dataclass(frozen=True)
class Applicant:
    """Who, how many days ago, how many nights a month; the column he stands in, and since when."""

    handle: str
    days: float
    nights: str
    letter: str = ""
    column: int = NEW
    moved: float = 0.0
    registered: str = "yes"
    note: str = ""


APPLICANTS = (
    Applicant(
        "grace-achieng", 17.6, "6", "I was a student nurse on your corridor in 2009, when the lift still had a person "
        "in it. Since then I have run adherence clubs in Kisumu. I should like to come back, with what I learned.",
        OFFER, 4.1, note="Asked the patients' names before the ward's numbers. Everybody in the room noticed.",
    ),
    Applicant(
        "thomas-brandl", 16.2, "8", "Twelve years of intensive care in Graz. I want to see people leave on their own "
        "feet again, and I do not mind nights: I have written a small book on how to sleep afterwards.",
        INTERVIEW, 2.3, note="The book exists. I have read it. It works.",
    ),
    Applicant(
        "camille-lefevre", 15.1, "4", "I come from the theatre, where everything is on a list. I believe that a ward "
        "can be calm for the same reason, and would like to find out.", TALK, 3.4,
        note="Good questions about handover. Has not worked on a ward since 2012: plan eight weeks instead of six.",
    ),
    Applicant("priya-nair", 13.9, "3", "I was a staff nurse on this ward until 2020. You know my handwriting.",
              CLOSELY, 4.4, note="I worked with her for four years, so somebody else should decide. Asked Amara."),
    Applicant("liisa-koppel", 12.2, "5", "Infection control has taught me where hands go. I miss the hands.",
              TALK, 1.2),
    Applicant("agnieszka-wrobel", 11.5, "6", "Palliative care for sixteen years: soup, jokes, and very direct "
              "conversations. I can bring two of these on the first day.", CLOSELY, 2.2),
    Applicant("daniel-weiss", 8.4, "4", "", CLOSELY, 1.6),
    Applicant("anders-holm", 6.7, "7", "I am a mental health nurse. On your nights, as I read, that is not a detour."),
    Applicant("lerato-mokoena", 4.3, "2", "I have managed clinics for so long that I have forgotten what a night is "
              "like. I should like to remember, and then to write the rota."),
    Applicant("chloe-tremblay", 2.6, "5"),
    Applicant("ji-woo-park", 0.8, "6", "Triage in Busan: forty decisions an hour. I would like to make fewer and stay "
              "longer with each."),
    Applicant("hassan-osman", 5.4, "4", registered="no"),
)  # fmt: skip
DECLINED = Applicant("elena-popescu", 14.6, "2", "Three schools, one bicycle, and nobody older than eighteen.")
WITHDRAWN = Applicant("david-tamihana", 10.3, "6", "My wife has an offer in London. If she takes it, I come along.")


def fill(stage: Stage, opening: Opening) -> None:
    """The team, its columns and lines, and everybody who applied."""
    with then(stage, 18.6):
        openings.seat(opening, stage["amara-okafor"], Part.INTERVIEWER, by=stage.kofi)
        keeping.set_criteria(opening, [(0, line) for line in LINES], by=stage.kofi)
        keeping.keep_reply(
            opening, "No, with thanks", "Dear {name}, thank you for applying as {title}. We chose somebody who has "
            "done this work before. I have read all you sent, and would be glad to read you again.", by=stage.kofi,
        )  # fmt: skip
    everybody = {each.handle: _applied(stage, opening, each) for each in (*APPLICANTS, DECLINED, WITHDRAWN)}
    for each in APPLICANTS:
        _moved(stage, everybody[each.handle], each)
    _ended(stage, everybody)
    _judged(stage, everybody["grace-achieng"])
    _met(stage, everybody["thomas-brandl"])


def apply(
    stage: Stage, opening: Opening, by: Member, *, days: float, letter: str = "", answers: Sequence[str] = ()
) -> Application:
    """One application with the whole profile, so many days ago."""
    asked = zip(opening.questions.order_by("place").values_list("pk", flat=True), answers, strict=True)
    with then(stage, days):
        return actions.send(
            opening,
            by=by,
            snapshot=snapshot.of(by, snapshot.PARTS, photo=bool(by.photo)),
            answers=dict(asked),
            letter=letter,
            consent=consenting.of(opening),
        )


def _applied(stage: Stage, opening: Opening, one: Applicant) -> Application:
    kinds = opening.questions.order_by("place").values_list("answer", flat=True)
    answers = [one.registered if kind == Answer.YES_NO else one.nights for kind in kinds]
    return apply(stage, opening, stage[one.handle], days=one.days, letter=one.letter, answers=answers)


def _moved(stage: Stage, row: Application, one: Applicant) -> None:
    """Read a day later, put where he belongs when his time came, with a note where somebody thought of one."""
    if (one.column == NEW and one.days < 4) or one.registered == "no":
        return
    with then(stage, max(one.days - 1.1, 0.2)):
        actions.seen(row, by=stage.kofi)
    for column in range(CLOSELY, one.column + 1):
        share = (one.column - column) / max(one.column, 1)
        with then(stage, one.moved + (one.days - 1.3 - one.moved) * share):
            moving.move(row, columns(row.opening).stages[column], by=stage.kofi)
    if one.note:
        with then(stage, max(one.moved - 0.3, 0.1)):
            noting.note(row, one.note, by=stage.kofi)


def _ended(stage: Stage, everybody: dict[str, Application]) -> None:
    """One got an answer and one took his application back; hassan's ended at the question."""
    with then(stage, 13.2):
        actions.seen(everybody["elena-popescu"], by=stage.kofi)
    with then(stage, 12.4):
        words = (
            "Dear Elena, thank you. You would be lonely here: our youngest patient this month is fifty-one. I have "
            "sent your letter to the children's ward upstairs, because you allowed it on the telephone; they will ring."
        )
        moving.end(everybody["elena-popescu"], Standing.DECLINED, by=stage.kofi, words=words)
    with then(stage, 9.1):
        actions.seen(everybody["david-tamihana"], by=stage.kofi)
    with then(stage, 5.8):
        actions.withdraw(everybody["david-tamihana"], by=stage["david-tamihana"])


def _judged(stage: Stage, row: Application) -> None:
    """What two of the team found when they had met her."""
    lines = list(Criterion.objects.filter(opening=row.opening_id).order_by("place").values_list("pk", flat=True))
    with then(stage, 7.2):
        actions.interviewed(row, stage.past.now - timedelta(days=7.3))
        scores = dict(zip(lines, (5, 4, 5, 4), strict=True))
        words = (
            "Stayed calm in the role play, and said afterwards what she would do differently. I would work with her."
        )
        noting.rate(row, 5, by=stage.kofi, words=words, scores=scores)
    with then(stage, 6.9):
        scores = dict(zip(lines, (5, 5, 3, 4), strict=True))
        words = "Clear, warm, exact. Her handover was long, but nothing in it was superfluous."
        noting.rate(row, 4, by=stage["amara-okafor"], words=words, scores=scores)
    with then(stage, 3.9):
        words = (
            "Dear Grace, we should like to have you. The letter with the pay and the rota comes by post; take your "
            "time until Friday week, and ask."
        )
        moving.answer(row, words, by=stage.kofi)


def _met(stage: Stage, row: Application) -> None:
    """An interview next week, at the second of three times."""
    days = (7, 8, 9)
    times = tuple(_at(stage.past.now, day, hour) for day, hour in zip(days, (10, 15, 11), strict=True))
    people = (stage.kofi, stage["amara-okafor"])
    plan = Plan(times, 45, ZONE, place="Thameside Infirmary, ward 4, the room behind the kitchen", interviewers=people)
    with then(stage, 2.2):
        made = interviews.offer(row, plan, by=stage.kofi)
    with then(stage, 1.4):
        interviews.choose(made, times[1], by=stage["thomas-brandl"])


def _at(now: datetime, days: int, hour: int) -> datetime:
    """That hour by the clock of the ward, so many days from now; never at a weekend."""
    day = now.astimezone(ZoneInfo(ZONE)).date() + timedelta(days=days)
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    return datetime.combine(day, time(hour), ZoneInfo(ZONE))
