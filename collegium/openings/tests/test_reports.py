"""Reporting an opening: who may, who decides, what follows, and that the team never learns who said it."""

from collections.abc import Callable

import pytest

from collegium.accounts.models import User
from collegium.journal.models import Entry
from collegium.members.models import Member
from collegium.notifications.models import Notification
from collegium.openings.models import Ended, Opening, Report, State
from collegium.openings.tests.scene import led
from collegium.testing.cast import Cast, client_of

pytestmark = pytest.mark.django_db
LIST = "/jobs/reports/"
SAID = {"reason": "cheat", "words": "They asked me for my passport."}


@pytest.fixture
def owner(cast: Cast) -> Member:
    User.objects.filter(pk=cast.flo.user_id).update(role=User.Role.OWNER)
    return Member.objects.select_related("user").get(pk=cast.flo.pk)


def test_who_may_report(cast: Cast, owner: Member) -> None:
    row = led(cast.ada)
    address = f"{row.path}report/"
    told = {name: client_of(getattr(cast, name)).post(address, SAID).status_code for name in ("di", "ada", "ed", "eve")}
    # Of the team nobody reports what is theirs; whom a block parts from the poster does not read it.
    assert told == {"di": 302, "ada": 403, "ed": 404, "eve": 404}
    assert client_of(None).post(address, SAID).status_code == 302
    assert list(Report.objects.values_list("by", flat=True)) == [cast.di.pk]
    assert client_of(cast.di).post(address, SAID).status_code == 302
    assert Report.objects.count() == 1
    assert client_of(cast.di).post(address, {"reason": "boring"}).status_code == 422


def test_an_owner_closes_it(cast: Cast, owner: Member, hear: Callable[[], None]) -> None:
    row = led(cast.ada)
    client_of(cast.di).post(f"{row.path}report/", SAID)
    hear()
    assert [note.kind for note in Notification.objects.filter(recipient=owner)] == ["openings.reported"]
    assert client_of(cast.bo).get(LIST).status_code == 403
    page = client_of(owner).get(LIST).content.decode()
    assert "They asked me for my passport." in page
    address = f"{row.path}report/settling/"
    assert client_of(cast.bo).post(address, {"outcome": "closed"}).status_code == 403
    assert client_of(owner).post(address, {"outcome": "open"}).status_code == 422
    assert client_of(owner).post(address, {"outcome": "closed"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.ended) == (State.CLOSED, Ended.REMOVED)
    hear()
    told = Notification.objects.filter(recipient=cast.di).get()
    assert (told.kind, told.data["outcome"]) == ("openings.reports_settled", "closed")
    assert not Notification.objects.filter(recipient=owner).exists()
    assert Entry.objects.get(kind="openings.closed").actor is None
    # Nothing waits any more.
    assert client_of(owner).post(address, {"outcome": "closed"}).status_code == 404


def test_an_owner_lets_it_stand(cast: Cast, owner: Member, hear: Callable[[], None]) -> None:
    row = led(cast.ada)
    for member in (cast.di, cast.bo):
        client_of(member).post(f"{row.path}report/", SAID)
    assert client_of(owner).post(f"{row.path}report/settling/", {"outcome": "dismissed"}).status_code == 302
    assert Opening.objects.get(pk=row.pk).stands
    assert set(Report.objects.values_list("state", flat=True)) == {Report.State.DISMISSED}
    hear()
    about = Notification.objects.filter(kind="openings.reports_settled").values_list("recipient", flat=True)
    assert set(about) == {cast.di.pk, cast.bo.pk}
    assert not Notification.objects.filter(recipient=cast.ada, kind__startswith="openings.report").exists()


def test_an_owner_does_not_decide_on_her_own(cast: Cast, owner: Member) -> None:
    row = led(owner)
    client_of(cast.di).post(f"{row.path}report/", SAID)
    address = f"{row.path}report/settling/"
    User.objects.filter(pk=cast.bo.user_id).update(role=User.Role.OWNER)
    assert client_of(owner).post(address, {"outcome": "dismissed"}).status_code == 403
    User.objects.filter(pk=cast.bo.user_id).update(role=User.Role.MEMBER)
    assert client_of(owner).post(address, {"outcome": "dismissed"}).status_code == 302


def test_the_rules_are_printed_for_everybody(cast: Cast) -> None:
    page = client_of(None).get("/jobs/rules/").content.decode()
    for words in ("Employment Standards Act, 2000, s. 8.3 (1)", "Directive (EU) 2023/970, Article 5 (2)", "sixty days"):
        assert words in page
