"""The page on which one chooses how one is told."""

import re
from typing import Any

import pytest
from django.test import Client

from collegium.journal.models import Entry
from collegium.notifications import channels, choices
from collegium.notifications.models import Choice, Rest
from collegium.notifications.tests.sending import confirm
from collegium.testing.cast import Cast

pytestmark = pytest.mark.django_db
PAGE, REST = "/notifications/settings/", "/notifications/rest/"


@pytest.fixture
def lying() -> Any:
    """Without any channel; what lay there comes back."""
    before = channels.every()
    channels.lay([])
    yield
    channels.lay(before)


def values(page: str) -> dict[str, str]:
    """What a browser would send of the table as it stands."""
    form = page.partition('action="/notifications/settings/"')[2].partition("</form>")[0]
    sent = dict.fromkeys(re.findall(r'type="checkbox" name="([^"]+)"[^>]* checked', form), "on")
    for name, inside in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inside)
        sent[name] = chosen[1] if chosen else ""
    return sent


def test_what_is_shown_is_what_holds_and_saving_it_changes_nothing(cast: Cast, going: Any) -> None:
    browser = cast.client("ada")
    shown = values(browser.get(PAGE).content.decode())
    assert shown["messages-mail"] == "at_once"
    assert shown["mentions-whom"] == "anyone"
    assert browser.post(PAGE, shown).status_code == 302
    assert not Choice.objects.exists()
    assert not Entry.objects.filter(kind="notifications.chosen").exists()


def test_choosing_without_javascript(cast: Cast, going: Any) -> None:
    browser = cast.client("ada")
    shown = values(browser.get(PAGE).content.decode())
    del shown["mentions-in_app"], shown["mentions-push"]
    answer = browser.post(PAGE, shown | {"mentions-mail": "weekly", "comments-whom": "connections"}, follow=True)
    assert "Saved." in answer.content.decode()
    held = choices.of(cast.ada)
    row = held["mentions"]
    assert (row.in_app, row.push, row.mail, row.whom) == (False, False, "weekly", "anyone")
    assert held["comments"].whom == "connections"
    assert set(Choice.objects.values_list("topic", flat=True)) == {"mentions", "comments"}
    assert values(browser.get(PAGE).content.decode())["mentions-mail"] == "weekly"


@pytest.mark.parametrize(
    "wrong",
    [{"mentions-mail": "hourly"}, {"mentions-mail": ""}, {"comments-whom": "friends"}, {"comments-whom": "\x00"}],
)
def test_what_is_no_choice_is_refused_and_kept(cast: Cast, going: Any, wrong: dict[str, str]) -> None:
    browser = cast.client("ada")
    shown = values(browser.get(PAGE).content.decode())
    answer = browser.post(PAGE, shown | {"career-mail": "weekly"} | wrong)
    assert answer.status_code == 422
    assert values(answer.content.decode())["career-mail"] == "weekly"
    assert not Choice.objects.exists()


def test_fields_that_are_not_there_change_nothing(cast: Cast, going: Any) -> None:
    """One's own standing has no "not in News", and what nobody else causes has no "of whom"."""
    browser = cast.client("ada")
    page = browser.get(PAGE).content.decode()
    for absent in ("account-in_app", "account-whom", "reminders-whom"):
        assert f'name="{absent}"' not in page
    sent = {"account-in_app": "", "account-whom": "connections", "other-mail": "at_once", "member": "1"}
    browser.post(PAGE, values(page) | sent)
    assert not Choice.objects.exists()


def test_without_push_there_is_no_column_and_saving_leaves_it(cast: Cast, lying: Any) -> None:
    browser = cast.client("ada")
    page = browser.get(PAGE).content.decode()
    assert "-push" not in page
    browser.post(PAGE, values(page) | {"mentions-mail": "off"})
    assert choices.of(cast.ada)["mentions"].push


def test_quiet_hours(cast: Cast) -> None:
    browser = cast.client("ada")
    assert "data-unknown" in browser.get(PAGE).content.decode()
    sent = {
        "zone": "Asia/Kolkata",
        "quiet_from": "1320",
        "quiet_until": "420",
        "days": ["5", "6"],
        "hour": "8",
        "weekday": "2",
        "shown": "name",
    }
    assert browser.post(REST, sent).status_code == 302
    row = Rest.objects.get(member=cast.ada)
    assert (row.zone, row.quiet_from, row.quiet_until, row.days) == ("Asia/Kolkata", 1320, 420, 0b1100000)
    assert (row.hour, row.weekday, row.shown) == (8, 2, "name")
    page = browser.get(PAGE).content.decode()
    assert "data-unknown" not in page
    assert '<option value="1320" selected>' in page
    assert browser.post(REST, sent | {"quiet_from": "", "quiet_until": "", "days": []}).status_code == 302
    row.refresh_from_db()
    assert (row.quiet_from, row.quiet_until, row.days) == (None, None, 0)
    for wrong in (
        {"quiet_until": ""},
        {"quiet_from": "1441"},
        {"quiet_from": "7"},
        {"days": list("0123456")},
        {"days": ["7"]},
        {"zone": "Moon/Base"},
        {"zone": "x" * 500},
        {"hour": "24"},
        {"shown": "much"},
    ):
        assert browser.post(REST, sent | wrong).status_code == 422, wrong
    row.refresh_from_db()
    assert row.quiet_from is None


def test_only_for_members_and_only_ones_own(cast: Cast) -> None:
    for path in (PAGE, REST, "/notifications/trial/"):
        answer = Client().post(path)
        assert answer.status_code == 302
        assert "/accounts/login/" in answer.url
    cast.client("ada").post(REST, {"hour": "9", "weekday": "0", "shown": "all"})
    assert list(Rest.objects.values_list("member", flat=True)) == [cast.ada.pk]


def test_the_page_says_where_mails_go_and_what_is_missing(cast: Cast) -> None:
    assert "not confirmed" in cast.client("ada").get(PAGE).content.decode()
    confirm(cast.ada)
    page = cast.client("ada").get(PAGE).content.decode()
    assert "not confirmed" not in page
    assert cast.ada.user.email in page
    for way_in in ("/settings/", "/notifications/"):
        assert f'href="{PAGE}"' in cast.client("ada").get(way_in).content.decode()
