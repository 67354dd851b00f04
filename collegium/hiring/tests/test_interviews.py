"""Interviews: who offers, chooses and reads; hours by the clock on the wall; calendars, reminders, what is held."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from collegium.applications import actions as applications
from collegium.applications.models import Application, Standing
from collegium.applications.tests.scene import application
from collegium.hiring.interviews import actions, rules, tasks
from collegium.hiring.interviews.forms import PlanForm
from collegium.hiring.interviews.plan import Plan, day_before, on_the_wall
from collegium.hiring.models import Interview
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.notifications.models import Notification
from collegium.openings.models import Opening, Part
from collegium.openings.tests.scene import led, seated
from collegium.testing.cast import Cast, client_of, make_member
from collegium.testing.fixtures import assert_same_queries
from collegium.testing.racing import race

# ruff: noqa: DTZ001 - what a clock on the wall shows has no zone

pytestmark = pytest.mark.django_db
BERLIN = "Europe/Berlin"


@dataclass
class Scene:
    """Pia leads, Ida interviews, Otto observes, Rolf hires elsewhere; Ada applied."""

    opening: Opening
    lead: Member
    interviewer: Member
    observer: Member
    rival: Member
    row: Application

    def plan(self, *times: datetime, **changes: object) -> Plan:
        given: dict[str, object] = {
            "minutes": 45,
            "zone": BERLIN,
            "place": "Room 4",
            "interviewers": (self.interviewer,),
        }
        return Plan(times or (soon(2), soon(3)), **(given | changes))  # type: ignore[arg-type]


def soon(days: int, hours: int = 0) -> datetime:
    return (clock.now() + timedelta(days=days, hours=hours)).replace(minute=0, second=0, microsecond=0)


def scene(cast: Cast, **values: object) -> Scene:
    lead, interviewer, observer, rival = (
        make_member(name) for name in ("Pia Lead", "Ida Inter", "Otto Obs", "Rolf Rival")
    )
    opening = led(lead, **values)
    led(rival, title="Elsewhere")
    seated(opening, interviewer, Part.INTERVIEWER)
    seated(opening, observer, Part.OBSERVER)
    return Scene(opening, lead, interviewer, observer, rival, application(opening, cast.ada))


def test_the_clock_on_the_wall() -> None:
    # In spring the clock jumps from two to three; in autumn it shows the hour from two to three twice.
    assert on_the_wall(datetime(2027, 3, 28, 2, 30), BERLIN) is None
    assert on_the_wall(datetime(2027, 3, 28, 3, 30), BERLIN) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert on_the_wall(datetime(2027, 10, 31, 2, 30), BERLIN) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert on_the_wall(datetime(2027, 7, 1, 9), BERLIN) == datetime(2027, 7, 1, 7, tzinfo=UTC)
    # The day before at the same hour is 23 hours earlier where the clock was put forward meanwhile.
    begins = datetime(2027, 3, 28, 7, tzinfo=UTC)
    assert begins - day_before(begins, BERLIN) == timedelta(hours=23)


def test_the_form_says_what_no_clock_shows(cast: Cast) -> None:
    made = scene(cast)
    year = clock.now().year + 1
    jump = next(day for day in range(31, 24, -1) if datetime(year, 3, day).weekday() == 6)
    values = {"zone": BERLIN, "minutes": "45", "place": "Here", "time_1": f"{year}-03-{jump}T02:30"}
    form = PlanForm(values, team=rules.team(made.opening))
    assert not form.is_valid()
    assert "put forward" in str(form.errors["time_1"])
    form = PlanForm(values | {"time_1": f"{year}-03-{jump}T03:30"}, team=rules.team(made.opening))
    assert form.is_valid()
    assert form.plan.times == (datetime(year, 3, jump, 1, 30, tzinfo=UTC),)
    for wrong in (
        {"time_1": ""},
        {"zone": "Nowhere/At_all"},
        {"minutes": "3"},
        {"place": ""},
        {"time_1": "2001-01-01T10:00"},
    ):
        assert not PlanForm(values | wrong, team=[]).is_valid(), wrong


def test_who_may_what(cast: Cast) -> None:
    made = scene(cast)
    for other in (made.interviewer, made.observer, made.rival, cast.ada, cast.gus):
        with pytest.raises(Refusal):
            actions.offer(made.row, made.plan(), by=other)
    with pytest.raises(Refusal):
        actions.offer(made.row, made.plan(interviewers=(cast.bo,)), by=made.lead)
    row = actions.offer(made.row, made.plan(), by=made.lead)
    for other in (made.lead, made.interviewer, cast.bo):
        with pytest.raises(Refusal):
            actions.choose(row, row.times[0], by=other)
        with pytest.raises(Refusal):
            actions.ask_other(row, "Later.", by=other)
    for verb in (actions.cancel, actions.restore):
        with pytest.raises(Refusal):
            verb(row, by=made.interviewer)


def test_who_reads_it(cast: Cast) -> None:
    made = scene(cast)
    row = actions.choose(actions.offer(made.row, made.plan(), by=made.lead), made.plan().times[0], by=cast.ada)
    people = {"ada": cast.ada, "bo": cast.bo, "eve": cast.eve, "rival": made.rival}
    people |= {"lead": made.lead, "interviewer": made.interviewer, "observer": made.observer}

    def readers(path: str) -> str:
        return " ".join(name for name, who in people.items() if client_of(who).get(path).status_code == 200)

    assert readers(row.path) == readers(f"{row.path}interview.ics") == "ada"
    assert readers(f"/applications/{made.row.pk}/interviews/") == "ada"
    assert readers(row.team_path) == readers(f"{row.team_path}interview.ics") == "lead interviewer observer"
    assert readers(f"/jobs/{made.opening.pk}/hiring/interviews/") == "lead interviewer observer"
    assert readers(f"{row.team_path}change/") == "lead"
    other = Opening.objects.get(title="Elsewhere")
    assert client_of(made.rival).get(f"/jobs/{other.pk}/hiring/interviews/{row.pk}/").status_code == 404
    assert "Ada Lindqvist" in client_of(made.interviewer).get("/jobs/interviews/").content.decode()
    assert "Ada Lindqvist" not in client_of(made.lead).get("/jobs/interviews/").content.decode()
    assert client_of(None).get(row.path).status_code == 302


def test_in_blind_review_the_name_comes_with_the_interview(cast: Cast) -> None:
    made = scene(cast, blind=True)
    browser = client_of(made.lead)
    form = f"/jobs/{made.opening.pk}/hiring/interviews/new/?application={made.row.pk}"
    assert "Lindqvist" not in browser.get(form).content.decode()
    assert (
        "Ada"
        not in browser.get(f"/jobs/{made.opening.pk}/hiring/interviews/?application={made.row.pk}").content.decode()
    )
    row = actions.offer(made.row, made.plan(), by=made.lead)
    made.row.refresh_from_db()
    assert made.row.standing == Standing.INTERVIEW
    assert "Ada Lindqvist" in browser.get(row.team_path).content.decode()


def test_choosing(cast: Cast) -> None:
    made = scene(cast)
    row = actions.offer(made.row, made.plan(), by=made.lead)
    first, second = row.times
    with pytest.raises(Conflict, match="no longer offered"):
        actions.choose(row, soon(5), by=cast.ada)
    assert actions.choose(row, first, by=cast.ada).sequence == 0
    assert actions.choose(row, first, by=cast.ada).sequence == 0
    assert actions.choose(row, second, by=cast.ada).sequence == 1
    # Ida is at one interview at a time.
    di = application(made.opening, cast.di)
    other = actions.offer(di, made.plan(second + timedelta(minutes=30), soon(4)), by=made.lead)
    with pytest.raises(Conflict, match="taken this time"):
        actions.choose(other, other.times[0], by=cast.di)
    assert actions.choose(other, other.times[1], by=cast.di)


def test_other_times_and_changes(cast: Cast, hear: Callable[[], None]) -> None:
    made = scene(cast)
    row = actions.offer(made.row, made.plan(), by=made.lead)
    actions.ask_other(row, "After six, please.", by=cast.ada)
    hear()
    assert "asks for other times" in client_of(made.lead).get("/notifications/").content.decode()
    assert "After six, please." in client_of(made.lead).get(row.team_path).content.decode()
    row = actions.change(row, made.plan(soon(4), soon(5)), by=made.lead)
    assert (row.asked_words, row.starts_at, row.sequence) == ("", None, 0)
    row = actions.choose(row, row.times[0], by=cast.ada)
    # Offered again, the chosen time stands; left out, it is chosen anew.
    assert actions.change(row, made.plan(soon(4), soon(6)), by=made.lead).starts_at == row.starts_at
    changed = actions.change(row, made.plan(soon(6)), by=made.lead)
    assert (changed.starts_at, changed.sequence) == (None, 1)
    hear()
    assert "changed your interview" in cast.client("ada").get("/notifications/").content.decode()


def calendar(member: Member, path: str) -> dict[str, object]:
    answer = client_of(member).get(path)
    assert answer["Content-Type"].startswith("text/calendar")
    made = Calendar.from_ical(answer.content)
    assert made["METHOD"] == "PUBLISH"
    (event,) = made.walk("VEVENT")
    assert [zone["TZID"] for zone in made.walk("VTIMEZONE")] == [BERLIN]
    return event


def test_calendars(cast: Cast) -> None:
    made = scene(cast)
    row = actions.offer(made.row, made.plan(link="https://talk.example/room"), by=made.lead)
    empty = Calendar.from_ical(cast.client("ada").get(f"{row.path}interview.ics").content)
    assert not empty.walk("VEVENT")
    row = actions.choose(row, row.times[0], by=cast.ada)
    mine = calendar(cast.ada, f"{row.path}interview.ics")
    theirs = calendar(made.lead, f"{row.team_path}interview.ics")
    assert mine["UID"] == theirs["UID"]
    assert (mine["SEQUENCE"], mine["STATUS"]) == (0, "CONFIRMED")
    assert mine.start == row.starts_at.astimezone(ZoneInfo(BERLIN))
    assert mine.end - mine.start == timedelta(minutes=45)
    assert "Ada" in theirs["SUMMARY"]
    assert "Ada" not in mine["SUMMARY"]
    actions.cancel(row, by=made.lead)
    after = calendar(cast.ada, f"{row.path}interview.ics")
    assert (after["UID"], after["SEQUENCE"], after["STATUS"]) == (mine["UID"], 1, "CANCELLED")
    actions.restore(row, by=made.lead)
    again = calendar(cast.ada, f"{row.path}interview.ics")
    assert (again["SEQUENCE"], again["STATUS"]) == (2, "CONFIRMED")


def told(member: Member) -> list[str]:
    rows = Notification.objects.filter(recipient=member, kind__startswith="hiring.interview").order_by("pk")
    return [kind.removeprefix("hiring.interview_") for kind in rows.values_list("kind", flat=True)]


def test_who_hears(cast: Cast, hear: Callable[[], None]) -> None:
    made = scene(cast)
    row = actions.offer(made.row, made.plan(), by=made.lead)
    hear()
    assert (told(cast.ada), told(made.interviewer), told(made.lead)) == (["offered"], ["assigned"], [])
    row = actions.choose(row, row.times[0], by=cast.ada)
    hear()
    assert told(made.lead) == ["chosen"]
    assert told(made.interviewer) == ["assigned", "chosen"]
    assert told(made.observer) == told(made.rival) == []
    for member in (cast.ada, made.interviewer, made.lead):
        assert client_of(member).get("/notifications/").status_code == 200
    actions.cancel(row, by=made.lead)
    hear()
    assert (told(cast.ada), told(made.interviewer), told(made.lead)) == (["cancelled"], ["cancelled"], [])


def test_what_ends_with_the_application(cast: Cast, hear: Callable[[], None]) -> None:
    made = scene(cast)
    row = actions.choose(actions.offer(made.row, made.plan(), by=made.lead), made.plan().times[0], by=cast.ada)
    applications.withdraw(made.row, by=cast.ada)
    assert not Interview.objects.standing().exists()
    hear()
    hear()  # What was called off while listening is heard of next.
    row.refresh_from_db()
    assert row.cancelled_at is not None
    assert told(made.interviewer) == told(made.lead) == ["cancelled"]
    assert "cancelled" not in told(cast.ada)
    with pytest.raises(Conflict):
        actions.restore(row, by=made.lead)
    applications.erase(made.row, by=cast.ada)
    assert not Interview.objects.exists()
    assert client_of(made.lead).get(row.team_path).status_code == 404


def test_what_is_held(cast: Cast) -> None:
    made = scene(cast)
    row = actions.choose(actions.offer(made.row, made.plan(), by=made.lead), made.plan().times[0], by=cast.ada)
    assert tasks.hold() == 0
    began = clock.now() - timedelta(minutes=50)
    Interview.objects.filter(pk=row.pk).update(starts_at=began)
    assert (tasks.hold(), tasks.hold()) == (1, 0)
    made.row.refresh_from_db()
    assert made.row.interviewed_at == began + timedelta(minutes=45)
    with pytest.raises(Conflict):
        actions.cancel(row, by=made.lead)
    with pytest.raises(Conflict):
        actions.choose(row, row.times[0], by=cast.ada)


@pytest.mark.parametrize(("applicant", "interviewer"), [(True, True), (False, True), (True, False)])
def test_reminders(cast: Cast, applicant: bool, interviewer: bool) -> None:
    made = scene(cast)
    row = actions.choose(actions.offer(made.row, made.plan(), by=made.lead), made.plan().times[0], by=cast.ada)
    actions.remind(row, by=cast.ada, wished=applicant)
    actions.remind(row, by=made.interviewer, wished=interviewer)
    with pytest.raises(Refusal):
        actions.remind(row, by=made.observer, wished=True)
    assert tasks.remind() == 0
    # As if it had been chosen long before the day before.
    from collegium.journal.models import Entry

    Entry.objects.all().delete()
    Interview.objects.filter(pk=row.pk).update(starts_at=clock.now() + timedelta(hours=20))
    assert (tasks.remind(), tasks.remind()) == (1, 0)
    assert ("reminder" in told(cast.ada), "reminder" in told(made.interviewer)) == (applicant, interviewer)


def test_who_chose_just_now_is_not_reminded(cast: Cast) -> None:
    made = scene(cast)
    row = actions.offer(made.row, made.plan(soon(0, 20)), by=made.lead)
    actions.choose(row, row.times[0], by=cast.ada)
    assert tasks.remind() == 1
    assert "reminder" not in told(cast.ada)


def test_pages_without_a_script(cast: Cast) -> None:
    made = scene(cast)
    lead, ada = client_of(made.lead), cast.client("ada")
    form = f"/jobs/{made.opening.pk}/hiring/interviews/new/?application={made.row.pk}"
    shown = (clock.now().astimezone(ZoneInfo(BERLIN)) + timedelta(days=2)).strftime("%Y-%m-%dT10:00")
    values = {
        "zone": BERLIN,
        "minutes": "30",
        "place": "Room 4",
        "time_1": shown,
        "interviewers": [made.interviewer.handle],
    }
    assert lead.post(form, values | {"time_1": ""}).status_code == 422
    page = lead.post(form, values)
    row = Interview.objects.select_related("application").get()
    assert page.headers["Location"] == row.team_path
    assert client_of(made.interviewer).get(form).status_code == 403
    assert client_of(made.interviewer).post(form, values).status_code == 403
    assert "Room 4" in ada.get(row.path).content.decode()
    assert ada.post(f"{row.path}choice/", {"at": "nonsense"}).status_code == 302
    assert ada.post(f"{row.path}choice/", {"at": soon(9).isoformat()}).status_code == 409
    assert ada.post(f"{row.path}choice/", {"at": row.times[0].isoformat()}).status_code == 302
    assert ada.post(f"{row.path}other-times/", {"words": ""}).status_code == 422
    assert ada.post(f"{row.path}other-times/", {"words": "Later."}).status_code == 302
    assert ada.post(f"{row.path}reminder/", {}).status_code == 302
    assert lead.get(f"{row.team_path}cancel/").status_code == 200
    assert lead.post(f"{row.team_path}cancel/").status_code == 302
    assert lead.get(f"{row.team_path}cancel/").status_code == 404
    assert "called off" in ada.get(row.path).content.decode()
    assert lead.post(f"{row.team_path}restoration/").status_code == 302
    for path in (
        f"/applications/{made.row.pk}/interviews/",
        f"/jobs/{made.opening.pk}/hiring/interviews/?application={made.row.pk}",
    ):
        browser = ada if path.startswith("/applications") else lead
        assert browser.get(path, headers={"HX-Request": "true"}).status_code == 200


def test_the_list_costs_the_same(cast: Cast) -> None:
    made = scene(cast)
    row = actions.offer(made.row, made.plan(), by=made.lead)
    actions.choose(row, row.times[0], by=cast.ada)
    Interview.objects.update(starts_at=clock.now() - timedelta(days=1), held_at=clock.now())
    browser = client_of(made.interviewer)

    def look() -> None:
        assert browser.get("/jobs/interviews/").status_code == 200

    def grow() -> None:
        for name in ("bo", "cy", "di"):
            other = actions.offer(application(made.opening, getattr(cast, name)), made.plan(), by=made.lead)
            Interview.objects.filter(pk=other.pk).update(starts_at=clock.now() - timedelta(days=1), held_at=clock.now())

    assert_same_queries(look, grow, look)


@pytest.mark.django_db(transaction=True)
def test_two_take_the_same_hour_of_one_interviewer() -> None:
    lead, ida, ada, di = (make_member(name) for name in ("Pia Lead", "Ida Inter", "Ada Lindqvist", "Di Varga"))
    opening = led(lead)
    seated(opening, ida, Part.INTERVIEWER)
    at = soon(2)
    plan = Plan((at, soon(3)), 45, BERLIN, "Room 4", "", (ida,))
    rows = [actions.offer(application(opening, each), plan, by=lead) for each in (ada, di)]
    answers = race(
        lambda: actions.choose(rows[0], at, by=ada),
        lambda: actions.choose(rows[1], at, by=di),
        lambda: actions.cancel(rows[1], by=lead),
    )
    assert all(not isinstance(each, Exception) or isinstance(each, Conflict) for each in answers), answers
    assert Interview.objects.filter(starts_at=at, cancelled_at=None).count() <= 1
