"""What guards telling bites: with a fault planted, mails go out twice, too late, too early, or to whom they may not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as outbox

from collegium.lib import clock, envelope, mail
from collegium.members import actions as members
from collegium.network import actions as network
from collegium.notifications import actions, choices, going, hours, reading, rules, tasks, tell
from collegium.notifications.bounces import noting, parse
from collegium.notifications.models import Choice, Notification, Outgoing, Returned
from collegium.notifications.tests.reports import POSTFIX, written
from collegium.notifications.tests.sending import confirm, due, laid, mails
from collegium.notifications.tests.sending import tell as told
from collegium.testing.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast: Cast) -> Any:
    """Ada reads mail, and there are kinds of every sort."""
    confirm(cast.ada, cast.bo)
    with laid() as (things, devices):
        cast_and = (cast, things, devices)
        yield cast_and


# Each question answers whether the house is as it should be.
def blocked_means_no_mail(world: Any) -> bool:
    cast, _things, _devices = world
    told(cast.ada, cast.bo)
    network.block(cast.bo, cast.ada)
    return mails() == []


def hidden_means_no_mail(world: Any) -> bool:
    cast, things, _devices = world
    told(cast.ada, cast.bo)
    things.hidden.add(1)
    return mails() == []


def read_means_no_mail(world: Any) -> bool:
    cast, _things, _devices = world
    actions.read(told(cast.ada, cast.bo), by=cast.ada)
    return mails() == []


def suspended_means_no_mail(world: Any) -> bool:
    cast, _things, _devices = world
    told(cast.ada, cast.bo)
    members.suspend(cast.ada, by=None)
    return mails() == []


def killed_means_not_twice(world: Any) -> bool:
    cast, _things, _devices = world
    told(cast.ada, cast.bo)
    due()
    carry = mail.Courier.carry

    def killed(self: mail.Courier, message: Any) -> bool:
        carry(self, message)
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mail.Courier, "carry", killed)
        with pytest.raises(KeyboardInterrupt):
            tasks.send()
    return len(mails()) == 1


def quiet_means_later(world: Any) -> bool:
    cast, _things, devices = world
    minute = clock.now().hour * 60 + clock.now().minute
    actions.rest(cast.ada, quiet_from=minute, quiet_until=(minute + 180) % 1440)
    told(cast.ada, cast.bo)
    due()
    tasks.sweep()
    return mails() == [] and devices.sent == []


def daily_means_her_hour(world: Any) -> bool:
    cast, _things, _devices = world
    actions.rest(cast.ada, hour=(clock.now().hour + 5) % 24)
    told(cast.ada, cast.bo, "mention")
    return mails() == []


def off_means_none(world: Any) -> bool:
    cast, _things, _devices = world
    told(cast.ada, cast.bo)
    actions.choose(cast.ada, {"messages": {"mail": "off"}})
    return mails() == []


def strangers_are_kept_out(world: Any) -> bool:
    cast, _things, _devices = world
    actions.choose(cast.ada, {"mentions": {"whom": "connections", "mail": "at_once"}})
    row = told(cast.ada, cast.di, "mention")
    return not row.listed and mails() == []


def out_of_news_means_not_listed(world: Any) -> bool:
    cast, _things, _devices = world
    row = told(cast.ada, cast.bo)
    browser = cast.client("ada")
    return row.path not in browser.get("/notifications/").content.decode()


def one_press_ends_one_topic(world: Any) -> bool:
    cast, _things, _devices = world
    told(cast.ada, cast.bo)
    where = mails()[0].extra_headers["List-Unsubscribe"].strip("<>").split("/", 3)[3]
    before = {name: row.mail for name, row in choices.of(cast.ada).items()}
    cast.client("nobody").post(f"/{where}")
    after = {name: row.mail for name, row in choices.of(cast.ada).items()}
    return after == before | {"messages": "off"}


def a_forged_report_stops_nobody(world: Any) -> bool:
    cast, _things, _devices = world
    for number in range(noting.MOST):
        report = parse.read(written(POSTFIX, cast.ada.user.email, envelope.key("x@y.example"), number=number))
        assert report is not None
        noting.reported(report)
    return rules.may_be_mailed(cast.ada)


def a_full_mailbox_stops_nobody(world: Any) -> bool:
    cast, _things, _devices = world
    for number in range(noting.MOST):
        key = envelope.key(cast.ada.user.email)
        report = parse.read(written(POSTFIX, cast.ada.user.email, key, number=number, status="5.2.2", code=552))
        assert report is not None
        noting.reported(report)
    return rules.may_be_mailed(cast.ada)


def stopped_means_no_mail(world: Any) -> bool:
    cast, _things, _devices = world
    Returned.objects.create(
        user=cast.ada.user, address=cast.ada.user.email, last_at=clock.now(), stopped_at=clock.now(), times=3
    )
    told(cast.ada, cast.bo)
    return mails() == []


def an_unconfirmed_address_gets_none(world: Any) -> bool:
    cast, _things, _devices = world
    told(cast.ada, cast.bo)
    EmailAddress.objects.filter(user=cast.ada.user).update(verified=False)
    return mails() == []


def the_grace_is_kept(world: Any) -> bool:
    cast, _things, _devices = world
    told(cast.ada, cast.bo)
    tasks.send()
    return outbox.outbox == []


QUESTIONS = [
    blocked_means_no_mail,
    hidden_means_no_mail,
    read_means_no_mail,
    suspended_means_no_mail,
    killed_means_not_twice,
    quiet_means_later,
    daily_means_her_hour,
    off_means_none,
    strangers_are_kept_out,
    out_of_news_means_not_listed,
    one_press_ends_one_topic,
    a_forged_report_stops_nobody,
    a_full_mailbox_stops_nobody,
    stopped_means_no_mail,
    an_unconfirmed_address_gets_none,
    the_grace_is_kept,
]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.__name__)
def test_all_is_well(world: Any, question: Callable[[Any], bool]) -> None:
    assert question(world)


# The faults, each with the question that must notice it.
def _unjudged(batch: going.Batch) -> list[Notification]:
    """What was queued goes out as it is."""
    rows = list(Notification.objects.filter(pk__in=batch.keys).select_related("actor"))
    for row in rows:
        row.about = []
    return rows


def _read_too(viewer: Any, keys: Any) -> list[Notification]:
    return reading._visible(viewer, reading._told(viewer).filter(pk__in=keys).select_related("actor"))


def _kept_in_line(channel: str, passed: set[int]) -> going.Batch | None:
    """Taken without being marked."""
    row = Outgoing.objects.filter(channel=channel, due_at__lte=clock.now()).exclude(member__in=passed).first()
    if row is None:
        return None
    passed.add(row.member_id)
    return going.Batch(row.member, row.rhythm, row.topic, [row.notification_id])


def _all_topics(key: int) -> None:
    row = Choice.objects.get(pk=key)
    actions._end(row.member_id, list(choices.of(row.member)))


def _everybody(keys: Any) -> set[int]:
    return set(keys)


FAULTS: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], Callable[[Any], bool]]] = {
    "a block since then is not seen": (lambda m: m.setattr(going, "still", _unjudged), blocked_means_no_mail),
    "a right that ended is not seen": (lambda m: m.setattr(going, "still", _unjudged), hidden_means_no_mail),
    "what was read is mailed": (lambda m: m.setattr(reading, "unread_of", _read_too), read_means_no_mail),
    "the suspended are mailed": (
        lambda m: (m.setattr(going, "still", _unjudged), m.setattr(rules, "may_be_mailed", lambda member: True)),  # type: ignore[dict-item, return-value]
        suspended_means_no_mail,
    ),
    "sent before it is marked": (lambda m: m.setattr(going, "take", _kept_in_line), killed_means_not_twice),
    "nobody sleeps": (lambda m: m.setattr(hours, "is_quiet", lambda rest, at: False), quiet_means_later),
    "daily is at once": (lambda m: m.setattr(going, "when", lambda rhythm, told, rest, now: now), daily_means_her_hour),
    "a choice counts from the next on": (
        lambda m: m.setattr(actions, "_redirect", lambda row, **what: None),
        off_means_none,
    ),
    "everybody is wanted": (
        lambda m: m.setattr(tell, "TELL", tell.TELL.replace("ELSE EXISTS", "ELSE true OR EXISTS")),
        strangers_are_kept_out,
    ),
    "all kinds stand in News": (
        lambda m: m.setattr(tell, "TELL", tell.TELL.replace("%(listed)s::boolean", "(true OR %(listed)s::boolean)")),
        out_of_news_means_not_listed,
    ),
    "one press ends everything": (lambda m: m.setattr(actions, "end_topic", _all_topics), one_press_ends_one_topic),
    "anybody's report is believed": (
        lambda m: m.setattr(envelope, "is_key_of", lambda key, address: True),
        a_forged_report_stops_nobody,
    ),
    "a full mailbox is nobody": (lambda m: m.setattr(parse, "PASSING", set()), a_full_mailbox_stops_nobody),
    "what comes back is forgotten": (lambda m: m.setattr(rules, "mailable", _everybody), stopped_means_no_mail),
    "any address will do": (lambda m: m.setattr(rules, "mailable", _everybody), an_unconfirmed_address_gets_none),
    "no grace": (lambda m: m.setattr(going, "GRACE", timedelta(seconds=-1)), the_grace_is_kept),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_noticed(world: Any, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    plant, question = FAULTS[fault]
    plant(monkeypatch)
    if fault == "one press ends everything":
        from collegium.config.wiring import NEWS
        from collegium.lib import unsubscribe

        before = dict(unsubscribe.purposes)
        fooled = [type(each)(each.name, each.words, _all_topics, each.back) for each in NEWS]
        unsubscribe.purposes.lay([*before.values(), *fooled])
        try:
            assert not question(world)
        finally:
            unsubscribe.purposes.lay(before.values())
        return
    assert not question(world)


def test_every_question_has_a_fault() -> None:
    assert {question for _plant, question in FAULTS.values()} == set(QUESTIONS)
