"""Every page opens, for whoever may open it, and every form does what it says."""

from datetime import timedelta
from uuid import uuid4

from collegium.events.actions import changing
from collegium.events.models import Attendance, Event, Invitation, Occurrence, State
from collegium.events.tests.scene import come, first, make, over, pattern, tomorrow
from collegium.lib import clock
from collegium.testing.cast import Cast


def typed(**more):
    """What a browser sends to make an event."""
    day = tomorrow().date()
    said = {
        "form_key": str(uuid4()),
        "facet": "professional",
        "audience": "1",
        "commenting": "anyone",
        "title": "Canary evening",
        "about": "Lamps.",
        "form": "person",
        "place": "Lock 4",
        "day": f"{day}",
        "hour": "18:00",
        "end_hour": "20:00",
        "zone": "Europe/Berlin",
        "waiting_list": "on",
        "guests_allowed": "2",
        "answer_until": "0",
        "list_for": "attendees",
        "repeats": "",
        "ends": "never",
        "interval": "1",
    }
    return said | more


def test_make_by_the_form(cast: Cast) -> None:
    client = cast.client("ada")
    assert client.get("/events/new/").status_code == 200
    sent = typed(
        repeats="WEEKLY", ends="count", count="3", question_1="Do you eat meat?", required_1="on", capacity="4"
    )
    made = client.post("/events/new/", sent)
    assert made.status_code == 302, made.content[:3000]
    event = Event.objects.get()
    assert made["Location"] == event.path
    assert event.occurrences.count() == 3
    assert event.questions.get().required
    assert client.post("/events/new/", sent).status_code == 302
    assert Event.objects.count() == 1
    wrong = client.post("/events/new/", typed(title="", place=""))
    assert wrong.status_code == 422
    assert b"Where is it?" in wrong.content
    assert client.post("/events/new/", typed(day="2001-01-01")).status_code == 422


def test_every_page_opens(cast: Cast) -> None:
    event = make(cast.ada, when=pattern(rule="FREQ=WEEKLY;COUNT=8"), guests_allowed=3, capacity=30)
    come(event, cast.bo, cast.cy, cast.di)
    row = first(event)
    host = ["", "dates/", "people/", "edit/", "hours/", f"hours/?from={row.pk}", "cancellation/", "hosts/", "invite/"]
    host += [f"dates/{row.pk}/", f"dates/{row.pk}/cancellation/", "?part=answer", "?part=coming"]
    for path in host:
        for extra in ({}, {"HTTP_HX_REQUEST": "true"}):
            answer = cast.client("ada").get(event.path + path, **extra)
            assert answer.status_code == 200, path
    for shelf in ("mine", "invited", "places", "network", "open", "past", "nonsense"):
        for name in ("ada", "bo", "nobody"):
            assert (
                cast.client(name).get("/events/", {"shelf": shelf, "form": "online", "month": "2027-01"}).status_code
                == 200
            )
    assert cast.client("bo").get(event.path).status_code == 200
    assert cast.client("bo").get(f"{event.path}edit/").status_code == 403
    assert cast.client("nobody").get(event.path).status_code == 404
    then = over(event)
    assert cast.client("bo").get(f"{event.path}met/?on={then.pk}").status_code == 200
    assert cast.client("hal").get(f"{event.path}met/?on={then.pk}").status_code == 403


def test_the_card_stands_on_the_post(cast: Cast) -> None:
    event = make(cast.ada)
    page = cast.client("bo").get(event.post.path).content.decode()
    assert "Weirs by night" in page
    assert first(event).path in page
    assert "Weirs by night" in cast.client("bo").get("/").content.decode()


def test_answer_by_the_form_and_undo(cast: Cast) -> None:
    event = make(cast.ada, guests_allowed=2)
    row = first(event)
    client = cast.client("bo")
    sent = client.post(f"{row.here}answer/", {"say": "come", "guests": "2", "listed": "on"})
    assert sent.status_code == 302
    mine = Attendance.objects.get(member=cast.bo)
    assert (mine.state, mine.guests, mine.listed) == (State.GOING, 2, True)
    assert b"You come, with 2 guests." in client.get(row.path).content
    assert client.post(f"{row.here}answer/undo/").status_code == 302
    assert not Attendance.objects.exists()
    assert client.post(f"{row.here}answer/", {"say": "come", "guests": "3"}).status_code == 422
    assert client.post(f"{row.here}answer/", {}).status_code == 422
    fragment = client.post(f"{row.here}answer/", {"say": "wonder"}, HTTP_HX_REQUEST="true")
    assert fragment.status_code == 200
    assert b"event-answer" in fragment.content
    assert b"<html" not in fragment.content


def test_hosts_change_move_and_cancel(cast: Cast, hear) -> None:
    event = make(cast.ada, when=pattern(rule="FREQ=WEEKLY;COUNT=4"))
    come(event, cast.bo)
    client, row = cast.client("ada"), first(event)
    assert client.post(f"{event.path}edit/", typed(title="Another title")).status_code == 302
    day = tomorrow(days=9).date()
    moved = {"day": f"{day}", "hour": "19:00", "end_hour": "21:00", "zone": "Europe/Berlin"}
    assert client.post(row.here, moved).status_code == 302
    row.refresh_from_db()
    assert row.moved
    assert client.post(f"{event.path}hours/", moved | {"repeats": "WEEKLY", "ends": "never"}).status_code == 302
    second = Occurrence.objects.filter(event=event).order_by("starts_at")[1]
    assert client.post(f"{second.here}cancellation/", {"words": "Ice."}).status_code == 302
    assert client.post(f"{event.path}cancellation/", {"words": "No boats."}).status_code == 302
    hear()
    assert b"No boats." in cast.client("bo").get(event.path).content
    assert b"No boats." in cast.client("bo").get("/notifications/").content
    assert client.post(f"{event.path}cancellation/undo/").status_code == 302
    event.refresh_from_db()
    assert event.cancelled_at is None


def test_invite_by_the_form(cast: Cast, hear) -> None:
    event = make(cast.ada, 4)
    client = cast.client("ada")
    assert cast.client("bo").get(event.path).status_code == 404
    assert client.post(f"{event.path}invite/", {}).status_code == 422
    assert client.post(f"{event.path}invite/", {"who": [cast.bo.pk, cast.di.pk], "note": "Do come."}).status_code == 302
    assert list(Invitation.objects.values_list("member", flat=True)) == [cast.bo.pk]
    hear()
    assert b"Do come." in cast.client("bo").get(event.path).content
    assert b"invites you to" in cast.client("bo").get("/notifications/").content
    assert b"Weirs by night" in cast.client("bo").get("/events/?shelf=invited").content
    assert cast.client("bo").post(f"{event.path}invitation/declined/").status_code == 302
    assert b"Weirs by night" not in cast.client("bo").get("/events/?shelf=invited").content
    assert cast.client("bo").post(f"{event.path}invitation/undo/").status_code == 302
    invitation = Invitation.objects.get()
    assert client.post(f"{event.path}invite/{invitation.pk}/removal/").status_code == 302
    assert cast.client("bo").get(event.path).status_code == 404


def test_approval_by_the_form(cast: Cast, hear) -> None:
    event = make(cast.ada, approving=True)
    row = first(event)
    for name in ("bo", "cy"):
        assert cast.client(name).post(f"{row.here}answer/", {"say": "come"}).status_code == 302
    hear()
    client = cast.client("ada")
    assert b"asks to come to" in client.get("/notifications/").content
    bo, cy = (Attendance.objects.get(member=each) for each in (cast.bo, cast.cy))
    assert bo.state == State.ASKED
    assert client.post(f"{event.path}people/{bo.pk}/acceptance/").status_code == 302
    assert client.get(f"{event.path}people/{cy.pk}/refusal/").status_code == 200
    assert client.post(f"{event.path}people/{cy.pk}/refusal/", {"words": "Too deep for a start."}).status_code == 302
    assert cast.client("cy").post(f"{event.path}people/{bo.pk}/acceptance/").status_code == 403
    hear()
    assert b"Too deep for a start." in cast.client("cy").get(row.path).content
    assert b"You may come to" in cast.client("bo").get("/notifications/").content
    assert cast.client("cy").post(f"{row.here}answer/", {"say": "come"}).status_code == 409


def test_cohosts(cast: Cast, hear) -> None:
    event = make(cast.ada, 4)
    client = cast.client("ada")
    assert client.post(f"{event.path}hosts/", {"handle": "@" + cast.di.handle}).status_code == 422
    assert client.post(f"{event.path}hosts/", {"handle": "@" + cast.bo.handle}).status_code == 302
    hear()
    assert b"asks you to host" in cast.client("bo").get(event.path).content
    assert cast.client("bo").get(f"{event.path}edit/").status_code == 403
    assert cast.client("bo").post(f"{event.path}hosting/").status_code == 302
    assert cast.client("bo").get(f"{event.path}edit/").status_code == 200
    assert cast.client("bo").post(f"{event.path}hosts/{cast.bo.handle}/removal/").status_code == 302
    assert cast.client("bo").get(event.path).status_code == 404


def test_preview_says_when_clocks_change(cast: Cast) -> None:
    year = clock.now().year + 1
    asked = {"day": f"{year}-03-20", "hour": "18:00", "end_hour": "20:00", "zone": "Europe/Berlin", "repeats": "WEEKLY"}
    page = cast.client("ada").get("/events/times/", asked, HTTP_HX_REQUEST="true").content.decode()
    assert "by the clock of Berlin" in page
    assert page.count("18:00–20:00") == 6
    assert cast.client("ada").get("/events/times/").status_code == 200


def test_a_change_of_time_is_told_once(cast: Cast, hear) -> None:
    event = make(cast.ada)
    come(event, cast.bo)
    hear()
    for hour in (19, 20):
        changing.rearrange(event, pattern(tomorrow(hour)), by=cast.ada)
    hear()
    page = cast.client("bo").get("/notifications/").content.decode()
    assert page.count("is at another time now") == 1
    event.refresh_from_db()
    assert event.sequence == 2
    assert Occurrence.objects.get().starts_at > clock.now() + timedelta(days=5)


def test_an_event_that_goes_with_its_post_is_told(cast: Cast, hear) -> None:
    from collegium.feed import actions as feed

    event = make(cast.ada)
    come(event, cast.bo)
    feed.delete_post(event.post, by=cast.ada)
    hear()
    assert b"was taken away by its host" in cast.client("bo").get("/notifications/").content
