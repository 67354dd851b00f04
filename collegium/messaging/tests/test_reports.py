"""What comes of a report: who sees it, who closes it, and who is told what."""

from collections.abc import Callable

import pytest

from collegium.accounts.models import User
from collegium.journal.models import Entry
from collegium.lib.refusal import Conflict, Refusal
from collegium.members import actions as members
from collegium.members.models import Member
from collegium.messaging.actions import reporting
from collegium.messaging.models import Message, Report
from collegium.messaging.tests import scene
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast, client_of, make_member
from collegium.testing.fixtures import assert_same_queries

pytestmark = pytest.mark.django_db
ALL = "/messages/reports/"


def owner(name: str = "Olga Ruiz") -> Member:
    made = make_member(name)
    User.objects.filter(pk=made.user_id).update(role=User.Role.OWNER)
    return Member.objects.select_related("user").get(pk=made.pk)


@pytest.fixture
def olga(cast: Cast) -> Member:
    return owner()


@pytest.fixture
def report(cast: Cast, olga: Member, hear: Callable[[], None]) -> Report:
    """Bo shows a message of Ada's."""
    row = scene.two(cast.ada, cast.bo, "Not kind", "Why the long silence")
    made = reporting.report(row.messages.get(number=1), by=cast.bo, words="Look at this")
    hear()
    return made


def test_owners_read_the_copy_and_nothing_else(olga: Member, report: Report) -> None:
    for path in (ALL, report.path):
        page = client_of(olga).get(path)
        assert page.status_code == 200
        text = page.content.decode()
        assert "Not kind" in text
        assert "Look at this" in text
        assert "Bo Okafor" in text
        assert "long silence" not in text


@pytest.mark.parametrize("name", ["ada", "bo", "cy", "di", "ed", "eve", "gus", None])
def test_to_everybody_else_there_is_nothing(cast: Cast, report: Report, name: str | None) -> None:
    client = client_of(getattr(cast, name) if name else None)
    for path in (ALL, f"{ALL}?closed=yes", report.path):
        assert client.get(path).status_code == 404, path
    assert client.post(f"{report.path}closing/", {"outcome": "nothing"}).status_code == 404
    assert Report.objects.get().closed_at is None


def test_the_one_it_is_about_never_sees_it_whoever_she_is(cast: Cast, report: Report) -> None:
    User.objects.filter(pk=cast.ada.user_id).update(role=User.Role.OWNER)
    ada = Member.objects.select_related("user").get(pk=cast.ada.pk)
    client = client_of(ada)
    assert b"Not kind" not in client.get(ALL).content
    assert client.get(report.path).status_code == 404
    assert client.post(f"{report.path}closing/", {"outcome": "nothing"}).status_code == 404
    with pytest.raises(Refusal):
        reporting.close(report, by=ada, outcome="nothing")


def test_an_owner_who_is_reported_is_not_told(cast: Cast, olga: Member, hear: Callable[[], None]) -> None:
    User.objects.filter(pk=cast.ada.user_id).update(role=User.Role.OWNER)
    row = scene.two(cast.ada, cast.bo, "Not kind")
    reporting.report(row.messages.get(), by=cast.bo, words="")
    hear()
    told = Notification.objects.filter(kind="messaging.reported").values_list("recipient", flat=True)
    assert list(told) == [olga.pk]


def test_closing_tells_the_reporter_and_nobody_else(
    cast: Cast, olga: Member, report: Report, hear: Callable[[], None]
) -> None:
    assert Notification.objects.filter(recipient=olga, kind="messaging.reported").count() == 1
    answer = client_of(olga).post(f"{report.path}closing/", {"outcome": "spoken"})
    assert (answer.status_code, answer.headers["Location"]) == (302, ALL)
    hear()
    row = Report.objects.get()
    assert (row.outcome, row.closed_by) == ("spoken", olga)
    told = Notification.objects.filter(kind="messaging.report_closed")
    assert [each.recipient_id for each in told] == [cast.bo.pk]
    assert not Notification.objects.filter(kind="messaging.reported").exists(), "it waits for nobody any more"
    news = client_of(cast.bo).get("/notifications/").content.decode()
    assert "was looked at" in news
    assert "Spoke with" not in news, "what came of it is not his"
    entry = Entry.objects.get(kind="messaging.report_closed")
    assert (entry.actor, entry.data["outcome"]) == (olga.pk, "spoken")
    assert b"Not kind" not in client_of(olga).get(ALL).content
    assert b"Spoke with the member" in client_of(olga).get(f"{ALL}?closed=yes").content


def test_it_is_closed_once(olga: Member, report: Report) -> None:
    reporting.close(report, by=olga, outcome="nothing")
    with pytest.raises(Conflict):
        reporting.close(report, by=owner("Ida Berg"), outcome="suspended")
    assert client_of(olga).post(f"{report.path}closing/", {"outcome": "spoken"}).status_code == 409
    assert Report.objects.get().outcome == "nothing"


@pytest.mark.parametrize("outcome", ["", "forgiven", "x" * 5000, "\x00"])
def test_only_one_of_the_outcomes(olga: Member, report: Report, outcome: str) -> None:
    assert client_of(olga).post(f"{report.path}closing/", {"outcome": outcome}).status_code == 422
    with pytest.raises(Refusal):
        reporting.close(report, by=olga, outcome=outcome)


def test_an_owner_who_is_suspended_looks_at_nothing(olga: Member, report: Report) -> None:
    client = client_of(olga)
    members.suspend(olga, by=None)
    assert client.get(ALL).status_code == 404
    with pytest.raises(Refusal):
        reporting.close(report, by=Member.objects.get(pk=olga.pk), outcome="nothing")


def test_the_list_goes_on_and_costs_the_same(cast: Cast, olga: Member, report: Report) -> None:
    client = client_of(olga)
    row = report.message.conversation if report.message else None
    assert row is not None

    def grow() -> None:
        said = [
            Message(conversation=row, number=100 + n, author=cast.ada, text=f"no {n}", changed=1) for n in range(25)
        ]
        for each in Message.objects.bulk_create(said):
            values = {"author": cast.ada, "text": each.text, "sent_at": report.sent_at}
            Report.objects.create(reporter=cast.bo, message=each, **values)

    assert_same_queries(lambda: client.get(ALL), grow, lambda: client.get(ALL))
    first = client.get(ALL).content.decode()
    assert "before=" in first
    before = first.split("before=")[1].split('"')[0]
    rest = client.get(f"{ALL}?before={before}").content.decode()
    assert "Not kind" in rest
    assert client.get(f"{ALL}?before=nonsense").status_code == 404
