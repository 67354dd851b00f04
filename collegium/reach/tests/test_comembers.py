"""Writing first to somebody one shares a group with: who may, how often, what it costs, and what ends it."""

from datetime import timedelta

import pytest
from django.db import transaction

from collegium.conduct import actions as conduct
from collegium.conduct.models import Restriction
from collegium.conduct.rules import Wait
from collegium.conduct.tests.test_standing import joined_ago
from collegium.groups.actions import barring, keeping
from collegium.groups.models import Group, Joining, Membership, Visibility
from collegium.groups.tests.scene import group_of, seat
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.messaging.actions import approaching
from collegium.messaging.models import Request
from collegium.reach import actions, comembers, ledger, reading, rules
from collegium.reach.account import Cause
from collegium.reach.models import Welcome
from collegium.reach.purposes import Purpose
from collegium.reach.tests.scene import DAY, entry
from collegium.reach.tests.test_reach import strangers
from collegium.testing.cast import Cast, client_of, make_member
from collegium.testing.racing import race
from collegium.ties.models import Block

WORDS = "Good morning. You wrote in our group about caulking, and I would like to ask about one thing."
pytestmark = pytest.mark.django_db


class Two:
    """Jo, who has been here for some days, and Kit; both in a group of Ola's."""

    def __init__(self, **charter: object) -> None:
        self.owner = joined_ago(make_member("Ola Dahl"), 30)
        self.jo, self.kit = (joined_ago(make_member(name), 30) for name in ("Jo Berg", "Kit Moen"))
        self.group = group_of(self.owner, **charter)
        seat(self.group, self.jo)
        seat(self.group, self.kit)

    def hindrance(self, purpose: str = "other") -> Conflict | None:
        with transaction.atomic():
            return rules.hindrance_to_meeting(self.jo, self.kit, group=self.group.handle, purpose=purpose)

    def write(self, **more: object) -> Request:
        given = {"text": WORDS, "purpose": "advice", "group": self.group.handle} | more
        return approaching.approach(self.kit, by=self.jo, **given)  # type: ignore[arg-type]


def met(me: Member, person: int, at, request: int) -> None:
    entry("messaging.approached", at, me.pk, request, recipient=person, purpose="other", keyed=False, group="boats")


def block(two: Two) -> None:
    Block.objects.create(blocker=two.kit, blocked=two.jo)


# What is done to the group or to one of the two, and whether the message may go afterwards.
STATES = {
    "as it is": (lambda two: None, True),
    "Jo left": (lambda two: keeping.leave(two.group, by=two.jo), False),
    "Kit left": (lambda two: keeping.leave(two.group, by=two.kit), False),
    "Jo does not want to be written to": (lambda two: _unreachable(two, two.jo), False),
    "Kit does not want to be written to": (lambda two: _unreachable(two, two.kit), False),
    "the group has ended": (lambda two: Group.objects.filter(pk=two.group.pk).update(ended_at=clock.now()), False),
    "Jo is banned": (lambda two: barring.ban(two.group, two.jo, by=two.owner), False),
    "Kit is banned": (lambda two: barring.ban(two.group, two.kit, by=two.owner), False),
    "Jo is banned and has a seat still": (lambda two: _banned_inside(two, two.jo), False),
    "Kit is banned and has a seat still": (lambda two: _banned_inside(two, two.kit), False),
}


def _unreachable(two: Two, who: Member) -> None:
    Membership.objects.filter(group=two.group, member=who).update(reachable=False)


def _banned_inside(two: Two, who: Member) -> None:
    barring.ban(two.group, who, by=two.owner)
    seat(two.group, who)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("visibility", list(Visibility))
def test_who_may(state: str, visibility: str) -> None:
    two = Two(visibility=visibility, joining=Joining.INVITATION)
    change, may = STATES[state]
    change(two)
    assert (two.hindrance() is None) == may
    assert comembers.shared(two.jo, two.kit).exists() == may
    assert comembers.shared(two.kit, two.jo).exists() == may


def test_neither_of_another_group_nor_of_none() -> None:
    two = Two()
    other = group_of(two.owner, "Kites")
    seat(other, two.jo)
    with transaction.atomic():
        assert rules.hindrance_to_meeting(two.jo, two.kit, group=other.handle, purpose="other") is not None
        assert rules.hindrance_to_meeting(two.jo, two.kit, group="no-such", purpose="other") is not None


def test_it_counts_as_no_message_to_a_stranger() -> None:
    two = Two()
    before = reading.standing(two.jo)
    request = two.write()
    after = reading.standing(two.jo)
    assert request.state == Request.State.WAITING
    assert after.cold.balance == before.cold.balance
    assert (before.comembers.number, after.comembers.number) == (15, 14)
    assert after.cold.lines[-1].cause == Cause.MET
    # With nothing left for strangers it goes all the same; the other way round as well.
    for n, person in enumerate(strangers(30)):
        entry("messaging.approached", clock.now(), two.jo.pk, 900 + n, recipient=person, purpose="other", keyed=False)
    assert reading.standing(two.jo).cold.balance == 0
    assert two.hindrance() is None


def test_the_purposes_that_are_closed_stay_closed() -> None:
    two = Two()
    ask, closed = Welcome.Door.ASK, Welcome.Door.CLOSED
    for open_one in Purpose.values:
        choice = {purpose: ask if purpose == open_one else closed for purpose in Purpose.values}
        actions.choose_welcome(two.kit, doors=choice, groups="nobody")
        for purpose in Purpose.values:
            assert (two.hindrance(purpose) is None) == (purpose == open_one)


def test_fifteen_in_thirty_days_over_all_groups() -> None:
    two = Two()
    for n, person in enumerate(strangers(15)):
        assert two.hindrance() is None
        met(two.jo, person, clock.now() - (29 - n) * DAY, n + 1)
    refused = two.hindrance()
    assert isinstance(refused, Wait)
    assert timedelta(hours=23) < refused.until - clock.now() <= DAY
    met(two.kit, 1, clock.now(), 77)
    assert reading.standing(two.kit).comembers.number == 14
    again = Two(name="Kites")
    for n, person in enumerate(strangers(15)):
        met(again.jo, person, clock.now() - 31 * DAY, 300 + n)
    assert reading.standing(again.jo).comembers.number == 15


def test_a_restriction_and_the_first_day_reach_it_too() -> None:
    two = Two()
    until = clock.now() + 3 * DAY
    conduct.restrict(two.jo, by=None, reason=Restriction.Reason.ADVERTISING, until=until, words="Offers.")
    assert isinstance(two.hindrance(), Wait)
    other = Two(name="Kites")
    other.jo = make_member("Just Here")
    seat(other.group, other.jo)
    assert isinstance(other.hindrance(), Wait)


def test_pitches_cost_the_same_and_take_it_away_for_four_weeks() -> None:
    """The crowd is of co-members alone; what is said reaches both budgets on a Monday, and neither before."""
    two = Two()
    monday = ledger.monday_after(clock.now()) - ledger.WEEK
    people = [joined_ago(make_member(f"Mate {n}"), 60).pk for n in range(8)]
    for n, person in enumerate(people):
        met(two.jo, person, monday - 6 * DAY + n * timedelta(hours=1), n + 1)
    assert reading.standing(two.jo).comembers.number == 7
    for n, person in enumerate(people[:4]):
        entry("messaging.declined", monday - 5 * DAY, person, n + 1, sender=two.jo.pk, verdict="pitch")
    stands = reading.standing(two.jo)
    assert Cause.CONDEMNED in {line.cause for line in stands.cold.lines}
    assert stands.cold.balance == 0
    assert (stands.comembers.number, stands.comembers.paused) == (0, True)
    assert stands.comembers.again_at == monday + 4 * ledger.WEEK
    assert isinstance(two.hindrance(), Wait)
    assert "as a co-member" in str(two.hindrance().reason)  # type: ignore[union-attr]


def test_a_yes_earns_nothing() -> None:
    two = Two()
    entry("messaging.approached", clock.now(), two.jo.pk, 5, recipient=1, purpose="other", keyed=False)
    spent = reading.cold(two.jo).balance
    request = two.write()
    approaching.accept(request, by=two.kit)
    assert reading.cold(two.jo).balance == spent


def test_the_pages_say_it() -> None:
    two = Two(name="Wooden boats")
    browser = client_of(two.jo)
    there = f"/messages/with/{two.kit.handle}/"
    members = browser.get(f"{two.group.path}members/").text
    assert f"{there}?group={two.group.handle}" in members
    assert f"/messages/with/{two.jo.handle}/" not in members
    page = browser.get(there).text
    assert "You are both in Wooden boats" in page
    assert "15 co-members" in page
    sent = browser.post(there, {"purpose": "advice", "text": WORDS, "group": two.group.handle})
    assert sent.status_code == 302
    theirs = client_of(two.kit).get(sent["Location"]).text
    assert "You are both in" in theirs
    assert "Wooden boats" in theirs
    assert "14 more this month, of 15" in browser.get("/settings/contact/account/").text
    keeping.leave(two.group, by=two.jo)
    assert "Wooden boats" not in client_of(two.kit).get(sent["Location"]).text


def test_a_form_from_before_she_left_says_why() -> None:
    two = Two()
    browser = client_of(two.jo)
    keeping.leave(two.group, by=two.jo)
    given = {"purpose": "advice", "text": WORDS, "group": two.group.handle}
    answer = browser.post(f"/messages/with/{two.kit.handle}/", given)
    assert answer.status_code == 409
    assert "do not share that group any more" in answer.text
    assert 'name="group"' not in answer.text
    assert not Request.objects.exists()
    given["group"] = "x" * 90
    assert browser.post(f"/messages/with/{two.kit.handle}/", given).status_code == 422


def test_whom_one_does_not_see_stays_unseen(cast: Cast) -> None:
    two = Two()
    block(two)
    with pytest.raises(Refusal):
        two.write()
    assert f"/messages/with/{two.kit.handle}/" not in client_of(two.jo).get(f"{two.group.path}members/").text
    assert client_of(two.jo).get(f"/messages/with/{two.kit.handle}/?group={two.group.handle}").status_code == 404


def test_the_last_one_is_sent_once(transactional_db: None) -> None:
    two = Two()
    for n, person in enumerate(strangers(14)):
        met(two.jo, person, clock.now() - DAY, n + 1)
    mates = [joined_ago(make_member(f"Mate {n}"), 30) for n in range(3)]
    for mate in mates:
        seat(two.group, mate)
    given = {"by": two.jo, "text": WORDS, "purpose": "advice", "group": two.group.handle}
    answers = race(*(lambda mate=mate: approaching.approach(mate, **given) for mate in mates))
    assert sum(isinstance(each, Request) for each in answers) == 1
    assert sum(isinstance(each, Wait) for each in answers) == 2
    assert reading.standing(two.jo).comembers.number == 0


def test_leaving_while_it_is_written(transactional_db: None) -> None:
    """Either it went while both were in it, or it did not go."""
    for turn in range(4):
        two = Two(name=f"Boats {turn}")
        wrote, _left = race(two.write, lambda two=two: keeping.leave(two.group, by=two.kit))
        assert isinstance(wrote, Request | Conflict)
        assert not Membership.objects.filter(group=two.group, member=two.kit).exists()
        assert Request.objects.filter(sender=two.jo).exists() == isinstance(wrote, Request)
