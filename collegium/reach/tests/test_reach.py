"""What keeps somebody from writing to a stranger, and the page and the log behind it."""

import re
from datetime import timedelta

import pytest

from collegium.conduct import actions as conduct
from collegium.conduct.models import Restriction
from collegium.conduct.rules import Wait
from collegium.conduct.tests.test_standing import joined_ago
from collegium.journal.models import Entry
from collegium.lib import clock, ids
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.network.tests.reading import bare, read
from collegium.reach import actions, reading, rules
from collegium.reach.account import Cause
from collegium.reach.ledger import write_up
from collegium.reach.models import Welcome
from collegium.reach.purposes import Purpose
from collegium.reach.tests.scene import DAY, HOUR, approach, say
from collegium.testing.cast import Cast, client_of, connect, make_member
from collegium.testing.fixtures import assert_same_queries
from collegium.ties.models import Block

ACCOUNT = "/settings/contact/account/"
ASK, CLOSED = Welcome.Door.ASK, Welcome.Door.CLOSED


@pytest.fixture
def me(cast: Cast) -> Member:
    """Somebody who has been here for some days."""
    return joined_ago(make_member("Jo Berg"), 10)


def hindrance(sender: Member, recipient: Member, purpose: str = "other") -> Conflict | None:
    return rules.hindrance_to_approaching(sender, recipient, purpose=purpose)


def strangers(number: int, ago: float = 400) -> list[int]:
    return [ids.key_at(clock.now() - timedelta(days=ago)) for _each in range(number)]


def test_the_doors_are_those_she_chose(cast: Cast, me: Member) -> None:
    """Row: what Di chose for a purpose; column: what Jo declares."""
    assert hindrance(me, cast.di, "sales") is not None, "closed before anybody chooses"
    for open_one in Purpose.values:
        doors = {purpose: ASK if purpose == open_one else CLOSED for purpose in Purpose.values}
        actions.choose_welcome(cast.di, doors=doors, groups="nobody")
        for purpose in Purpose.values:
            refused = hindrance(me, cast.di, purpose)
            assert (refused is None) == (purpose == open_one)
            assert refused is None or not isinstance(refused, Wait)
    assert hindrance(me, cast.di, "anything else") is not None
    assert "Di Varga" in str(hindrance(me, cast.di, "sales").reason)  # type: ignore[union-attr]
    assert reading.not_to_be_added([cast.di.pk, cast.bo.pk]) == {cast.di.pk}


def test_who_joined_today_writes_to_no_stranger(cast: Cast) -> None:
    for hours, waits in ((1, True), (23, True), (25, False)):
        me = joined_ago(make_member(f"New {hours}"), hours / 24)
        refused = hindrance(me, cast.di)
        assert isinstance(refused, Wait) == waits
        assert not waits or abs(refused.until - me.joined_at - DAY) < HOUR  # type: ignore[union-attr]


def test_a_restriction_reaches_messages_too(cast: Cast, me: Member) -> None:
    until = clock.now() + 3 * DAY
    row = conduct.restrict(me, by=None, reason=Restriction.Reason.ADVERTISING, until=until, words="Offers.")
    assert row is not None
    refused = hindrance(me, cast.di)
    assert isinstance(refused, Wait)
    assert refused.until == until
    assert "You can write to nobody" in read(client_of(me).get(ACCOUNT))
    conduct.lift(row, by=None)
    assert hindrance(me, cast.di) is None


def test_nothing_is_left_and_when_it_comes_back(cast: Cast, me: Member) -> None:
    for n, person in enumerate(strangers(4)):
        assert hindrance(me, cast.di) is None
        approach(me, person, clock.now(), n + 1)
    refused = hindrance(me, cast.di)
    assert isinstance(refused, Wait)
    assert (refused.until.weekday(), refused.until.hour) == (0, 0)
    assert "You have no message to strangers left. 1 comes back on" in refused.reason
    # What was written with a key cost nothing.
    Entry.objects.filter(actor=me.pk, subject=4).update(data={"recipient": 1, "keyed": True})
    assert hindrance(me, cast.di) is None


def test_the_number_shown_is_what_the_log_gives(cast: Cast, me: Member) -> None:
    """The page, the account, and the account written up again from entries alone, agree to the last line."""
    at = clock.now() - 9 * DAY
    for n, person in enumerate([cast.di.pk, cast.cy.pk, *strangers(5)]):
        approach(me, person, at + n * DAY, n + 1)
    say(me, cast.di.pk, at + 2 * DAY, 1, kind="accepted")
    approach(me, cast.hal.pk, clock.now(), 90, keyed=True)
    page = client_of(me).get(ACCOUNT).text
    account = reading.cold(me)
    (shown,) = re.findall(r'budget-head"><b>(\d+)</b>', page)
    balances = [int(each) for each in re.findall(r'account-balance">(\d+)', page)]
    assert int(shown) == account.balance
    assert balances == [line.balance for line in account.lines][::-1]
    assert "You wrote to Cy Tanaka" in page
    assert "Di Varga wants to talk" in page
    again = write_up(me.joined_at, [], reading.events(me.pk), account.at)
    assert again == account
    assert client_of(cast.bo).get(ACCOUNT).text.count("account-line") != page.count("account-line")
    assert cast.client("nobody").get(ACCOUNT).status_code == 302


def test_the_level_of_her_standing_decides_how_many(cast: Cast) -> None:
    old = joined_ago(make_member("Old Hand"), 90)
    account = reading.cold(old)
    assert (account.balance, account.allowance.cap) == (8, 8)
    assert [line.cause for line in account.lines] == [Cause.BEGAN, Cause.ROSE, Cause.REFILLED, Cause.REFILLED]


def condemned(me: Member, verdict: str, voices: int, request: int = 1) -> list[int]:
    """Twelve people were written to five weeks ago, and some of them said something."""
    people = strangers(12)
    at = clock.now() - 35 * DAY
    for n, person in enumerate(people):
        approach(me, person, at + n * HOUR, request + n)
        if n < voices:
            say(me, person, at + n * HOUR + DAY, request + n, verdict)
    return people


@pytest.mark.parametrize("verdict", ["pitch", "misdeclared", "spam"])
def test_verdicts_take_all_that_is_left(cast: Cast, verdict: str) -> None:
    me = joined_ago(make_member("Jo Berg"), 200)
    condemned(me, verdict, 4)
    account = reading.cold(me)
    (line,) = [line for line in account.lines if line.cause == Cause.CONDEMNED]
    assert line.balance == 0
    page = client_of(me).get(ACCOUNT).text
    assert "Several people said that what you wrote was a pitch" in read(client_of(me).get(ACCOUNT))
    assert "Hal" not in page


def test_a_verdict_given_later_counts_and_one_taken_back_does_not(cast: Cast) -> None:
    me = joined_ago(make_member("Jo Berg"), 200)
    people = condemned(me, "", 4)
    assert Cause.CONDEMNED not in {line.cause for line in reading.cold(me).lines}
    for n, person in enumerate(people[:4]):
        say(me, person, clock.now() - 30 * DAY, n + 1, "spam", kind="judged")
    assert Cause.CONDEMNED in {line.cause for line in reading.cold(me).lines}
    for n, person in enumerate(people[:2]):
        say(
            me,
            person,
            clock.now() - 30 * DAY + HOUR,
            n + 1,
            "wanted" if n else "",
            kind="judged" if n else "undeclined",
        )
    assert Cause.CONDEMNED not in {line.cause for line in reading.cold(me).lines}


ANSWERS = ["", "declined", "not_for_me", "pitch", "misdeclared", "spam", "taken back"]


def test_the_page_is_the_same_whatever_one_person_says(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody, or one of twelve in any way: byte for byte, on many days."""
    me = joined_ago(make_member("Jo Berg"), 200)
    client = client_of(me)
    condemned(me, "", 0)
    now, at = clock.now(), clock.now() - 34 * DAY
    pages = {}
    for answer in ANSWERS:
        Entry.objects.filter(kind__in=reading.SAID).delete()
        if answer:
            say(me, 7, at, 3, "" if answer == "declined" else answer.replace("taken back", "pitch"))
        if answer == "taken back":
            say(me, 7, at + HOUR, 3, kind="undeclined")
        for days in (0, 1, 5, 9, 30):
            monkeypatch.setattr(clock, "now", lambda days=days: now + days * DAY)
            pages[answer, days] = bare(client.get(ACCOUNT))
        monkeypatch.setattr(clock, "now", lambda: now)
    for (answer, days), page in pages.items():
        assert page == pages["", days], (answer, days)


def test_names_of_people_one_no_longer_sees_are_gone(cast: Cast, me: Member) -> None:
    approach(me, cast.cy.pk, clock.now() - DAY, 1)
    assert "You wrote to Cy Tanaka" in read(client_of(me).get(ACCOUNT))
    Block.objects.create(blocker=cast.cy, blocked=me)
    page = read(client_of(me).get(ACCOUNT))
    assert "Cy Tanaka" not in page
    assert "You wrote to somebody" in page


def test_the_account_is_paged_and_costs_the_same_however_long(cast: Cast) -> None:
    me = joined_ago(make_member("Jo Berg"), 200)
    client = client_of(me)
    approach(me, cast.cy.pk, clock.now() - 50 * DAY, 1)

    def grow() -> None:
        for n, person in enumerate(strangers(30)):
            approach(me, person, clock.now() - 40 * DAY + n * DAY, n + 2)
            connect(me, make_member(f"Friend {n}"))

    assert_same_queries(lambda: client.get(ACCOUNT), grow, lambda: client.get(ACCOUNT))
    (older,) = re.findall(r'href="(/settings/contact/account/\?after=[^"]+)"', client.get(ACCOUNT).text)[:1]
    both = client.get(ACCOUNT).text + client.get(older, headers={"HX-Request": "true"}).text
    shown = [int(each) for each in re.findall(r'account-balance">(\d+)', both)]
    told = reading.cold(me).lines
    assert shown == [line.balance for line in told][::-1][: len(shown)]
    assert len(shown) > 15
    for bad in ("x", "AAAA", "../..", "%00"):
        assert client.get(ACCOUNT, {"after": bad}).status_code == 404


def test_the_standing_page_borrows_it(cast: Cast) -> None:
    page = cast.client("ada").get("/network/standing/").text
    assert f'hx-get="{ACCOUNT}"' in page
    assert f'href="{ACCOUNT}"' in page
    part = cast.client("ada").get(ACCOUNT, headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert "You joined" in part


def test_doors_are_chosen_on_the_page(cast: Cast) -> None:
    ada = cast.client("ada")
    given = {"recruiting": 0, "sales": 1, "press": 1, "advice": 0, "other": 1, "groups": "nobody"}
    assert ada.post("/settings/contact/", given).status_code == 302
    row = reading.welcome(cast.ada)
    assert {name: getattr(row, name) for name in given} == given
    assert ada.post("/settings/contact/", given | {"sales": 7}).status_code == 422
    assert ada.post("/settings/contact/", {}).status_code == 422
    assert reading.welcome(cast.ada).sales == 1
    assert not Welcome.objects.exclude(member=cast.ada).exists()
    page = ada.get("/settings/contact/").text
    assert re.search(r'name="recruiting" value="0" checked', page)
    assert re.search(r'name="groups" value="nobody" checked', page)
