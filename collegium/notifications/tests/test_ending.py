"""One press in a mail ends exactly what the mail was: mails about its topic, or the daily or weekly mail."""

import re
from typing import Any

import pytest
from django.test import Client

from collegium.journal.models import Entry
from collegium.notifications import actions, choices
from collegium.notifications.models import Choice, Outgoing
from collegium.notifications.tests.sending import confirm, mails, tell
from collegium.testing.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("going")]
PRESS = {"List-Unsubscribe": "One-Click"}


def address(sent: Any) -> str:
    found = re.search(r"/unsubscribe/[^>]+", sent.extra_headers["List-Unsubscribe"])
    assert found is not None
    return found[0]


def held(cast: Cast) -> dict[str, str]:
    """When each topic is mailed to Ada."""
    return {name: row.mail for name, row in choices.of(cast.ada).items()}


@pytest.fixture(autouse=True)
def _reads_mail(cast: Cast) -> None:
    confirm(cast.ada)


def test_one_press_ends_mails_about_this_topic_and_nothing_else(cast: Cast) -> None:
    tell(cast.ada, cast.bo)
    [sent] = mails()
    before, where = held(cast), address(sent)
    browser = Client(enforce_csrf_checks=True)
    assert where in sent.body.replace("\n", "")
    assert where in sent.alternatives[0][0]
    looked = browser.get(where)
    assert "Messages" in looked.content.decode()
    assert held(cast) == before, "looking changes nothing"
    tell(cast.ada, cast.bo, subject=2)
    pressed = browser.post(where, PRESS)
    assert pressed.status_code == 200
    assert 'href="/notifications/settings/"' in pressed.content.decode()
    assert "sessionid" not in pressed.cookies
    assert held(cast) == before | {"messages": "off"}
    assert len(mails()) == 1, "nor what was waiting"
    row = tell(cast.ada, cast.bo, subject=3)
    assert set(Outgoing.objects.filter(notification=row).values_list("channel", flat=True)) == {"push"}
    assert Entry.objects.get(kind="notifications.mail_ended").data == {"topics": ["messages"]}
    browser.post(where, PRESS)
    assert Entry.objects.filter(kind="notifications.mail_ended").count() == 1


def test_the_daily_mail_is_ended_with_all_that_is_gathered_in_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from collegium.lib import clock

    actions.choose(cast.ada, {"comments": {"mail": "weekly"}})
    tell(cast.ada, cast.bo, "mention")
    mails()
    hour = Outgoing.objects.get(channel="mail").due_at
    monkeypatch.setattr(clock, "now", lambda: hour)
    [sent] = mails()
    before = held(cast)
    daily = {name for name, mail in before.items() if mail == "daily"}
    assert daily == {"mentions", "invitations", "career"}
    of_topic = re.search(r'href="[^"]*(/unsubscribe/newsmentions[^"]+)"', sent.alternatives[0][0])
    assert of_topic is not None
    Client().post(of_topic[1])
    assert held(cast) == before | {"mentions": "off"}
    actions.choose(cast.ada, {"mentions": {"mail": "daily"}})
    assert address(sent).startswith("/unsubscribe/newsdaily.")
    Client().post(address(sent), PRESS)
    assert held(cast) == before, "chosen anew, the old mail's address is dead"


def test_the_daily_mail_ends(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from collegium.lib import clock

    tell(cast.ada, cast.bo, "mention")
    mails()
    hour = Outgoing.objects.get(channel="mail").due_at
    monkeypatch.setattr(clock, "now", lambda: hour)
    [sent] = mails()
    before = held(cast)
    Client(enforce_csrf_checks=True).post(address(sent), PRESS)
    assert held(cast) == before | dict.fromkeys(("mentions", "invitations", "career"), "off")


def test_the_address_dies_when_she_chooses_again(cast: Cast) -> None:
    tell(cast.ada, cast.bo)
    where = address(mails()[0])
    Client().post(where, PRESS)
    actions.choose(cast.ada, {"messages": {"mail": "at_once"}})
    Client().post(where, PRESS)
    assert held(cast)["messages"] == "at_once"


def test_nobody_elses_mails_end(cast: Cast) -> None:
    confirm(cast.di)
    tell(cast.ada, cast.bo)
    tell(cast.di, cast.bo)
    mine = next(each for each in mails() if each.to == [cast.ada.user.email])
    Client().post(address(mine), PRESS)
    assert choices.of(cast.di)["messages"].mail == "at_once"
    row = Choice.objects.get(member=cast.di)
    forged = address(mine).replace(str(Choice.objects.get(member=cast.ada).pk), str(row.pk))
    assert Client().post(forged, PRESS).status_code == 200
    assert choices.of(cast.di)["messages"].mail == "at_once"


def test_only_her_own_standing_cannot_be_hushed_by_it(cast: Cast) -> None:
    tell(cast.ada, None, "account")
    Client().post(address(mails()[0]), PRESS)
    row = tell(cast.ada, None, "account", subject=2)
    assert row.listed
    assert not Outgoing.objects.filter(notification=row, channel="mail").exists()
