"""Who gets an issue, by which way, and that nobody gets it twice."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as outbox

from collegium.articles import actions as articles
from collegium.audience.level import Level
from collegium.audience.viewer import Viewer
from collegium.feed import actions as feed
from collegium.feed.models import Facet, Post
from collegium.feed.selecting import Choice
from collegium.lib import mail
from collegium.members import actions as members
from collegium.network import actions as network
from collegium.newsletters import actions, sending, tasks
from collegium.newsletters.models import Delivery, Issue, Subscription
from collegium.newsletters.tests.scene import article, issued, mailed, reads, sent, series
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast
from collegium.testing.racing import race
from collegium.ties.models import Distance

pytestmark = pytest.mark.django_db
READERS = ("bo", "cy", "di", "flo", "hal")


def told(issue: Issue) -> set[str]:
    rows = Notification.objects.filter(kind="newsletters.issued", subject=issue.pk)
    return set(rows.values_list("recipient__name", flat=True))


def everybody(cast: Cast, row: Any) -> None:
    for name in READERS:
        reads(getattr(cast, name), row)


def test_subscribers_are_told_and_mailed(cast: Cast, hear: Callable[[], None]) -> None:
    row = series(cast.ada)
    everybody(cast, row)
    reads(cast.di, row, mail=False)
    made = sent(row)
    assert mailed() == ["bo", "cy", "flo", "hal"]
    assert len(told(made)) == 5
    made.refresh_from_db()
    assert (made.number, made.sent_at is not None) == (1, True)
    page = cast.client("di").get("/notifications/").content.decode()
    assert "published an issue of" in page
    assert "Weir letter" in page
    there = Notification.objects.get(recipient=cast.di, kind="newsletters.issued")
    opened = cast.client("di").get(f"/notifications/{there.pk}/", follow=True)
    assert opened.redirect_chain[-1][0] == made.article.path


# Who of the readers an issue reaches, by the audience of its article.
REACHES: dict[str, tuple[dict[str, Any], set[str]]] = {
    "members": ({"audience": Level.MEMBERS}, {"bo", "cy", "di", "flo", "hal"}),
    "network": ({"audience": Level.NETWORK}, {"bo", "cy"}),
    "connections": ({"audience": Level.CONNECTIONS}, {"bo"}),
    "only me": ({"audience": Level.ONLY_ME}, set()),
    "personal": ({"audience": Level.MEMBERS, "facet": Facet.PERSONAL}, {"bo", "cy", "di", "flo", "hal"}),
}


@pytest.mark.parametrize("name", list(REACHES))
def test_who_gets_it_is_who_sees_it(cast: Cast, name: str) -> None:
    values, expected = REACHES[name]
    row = series(cast.ada)
    everybody(cast, row)
    made = sent(row, **values)
    seeing = {
        each for each in READERS if Post.objects.visible_to(Viewer(getattr(cast, each))).filter(pk=made.article.post_id)
    }
    reached = {each for each in READERS if Delivery.objects.filter(issue=made, member=getattr(cast, each)).exists()}
    assert reached == seeing == expected
    assert set(mailed()) == expected
    assert told(made) == {getattr(cast, each).name for each in expected}


def test_named_and_left_out_count(cast: Cast) -> None:
    row = series(cast.ada)
    everybody(cast, row)
    made = sent(row, choice=Choice(Level.MEMBERS, left_out=(cast.di.pk, cast.bo.pk)))
    assert told(made) == {cast.cy.name, cast.flo.name, cast.hal.name}


# What may happen between subscribing and sending, and whether Bo is reached all the same.
BETWEEN: dict[str, tuple[Callable[[Cast, Any], Any], bool]] = {
    "nothing": (lambda cast, row: None, True),
    "Bo blocks Ada": (lambda cast, row: network.block(cast.bo, cast.ada), False),
    "Ada blocks Bo": (lambda cast, row: network.block(cast.ada, cast.bo), False),
    "Bo is suspended": (lambda cast, row: members.suspend(cast.bo, by=None), False),
    "Bo unsubscribes": (lambda cast, row: actions.unsubscribe(row, by=cast.bo), False),
    "Bo mutes Ada": (lambda cast, row: distance_of(cast, Distance.Rung.MUTED), False),
    "Bo restricts Ada": (lambda cast, row: distance_of(cast, Distance.Rung.RESTRICTED), False),
    "Bo keeps Ada to work": (lambda cast, row: distance_of(cast, Distance.Rung.WORK_ONLY), True),
    "they part": (lambda cast, row: network.disconnect(cast.ada, cast.bo), True),
}


def distance_of(cast: Cast, rung: int) -> None:
    Distance.objects.create(member=cast.bo, other=cast.ada, rung=rung)


@pytest.mark.parametrize("name", list(BETWEEN))
def test_what_ends_it(cast: Cast, name: str) -> None:
    """Judged when it is sent, before any listener has heard of what happened."""
    step, reached = BETWEEN[name]
    row = series(cast.ada)
    reads(cast.bo, row)
    made = issued(row)
    step(cast, row)
    tasks.send(issue=made.pk)
    assert (mailed() == ["bo"], Delivery.objects.filter(issue=made).exists()) == (reached, reached)


def test_after_parting_what_is_for_connections_stays_away(cast: Cast) -> None:
    row = series(cast.ada)
    reads(cast.bo, row)
    network.disconnect(cast.ada, cast.bo)
    sent(row, audience=Level.CONNECTIONS)
    assert mailed() == []
    sent(row, audience=Level.MEMBERS)
    assert mailed() == ["bo"]


def test_a_block_ends_the_subscription_for_good(cast: Cast, hear: Callable[[], None]) -> None:
    reads(cast.bo, series(cast.ada))
    reads(cast.ada, series(cast.bo, "Bo’s"))
    hear()
    network.block(cast.bo, cast.ada)
    hear()
    network.unblock(cast.bo, cast.ada)
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("late", ["narrowed", "deleted", "left", "mail off", "unconfirmed"])
def test_rights_are_judged_again_for_each_mail(cast: Cast, late: str) -> None:
    """Between the notice and the mail."""
    row = series(cast.ada)
    mine = reads(cast.bo, row)
    made = issued(row)
    open_one = sending.open_issue(made.pk)
    assert open_one is not None
    sending.spread(open_one, open_one.article.post)
    match late:
        case "narrowed":
            feed.edit_post(made.article.post, by=cast.ada, audience=Level.ONLY_ME)
        case "deleted":
            feed.delete_post(made.article.post, by=cast.ada)
        case "left":
            actions.unsubscribe(row, by=cast.bo)
        case "mail off":
            actions.unsubscribe_by_address(mine.pk)
        case _:
            EmailAddress.objects.update(verified=False)
    tasks.send(issue=made.pk)
    assert mailed() == []
    assert sending.open_issue(made.pk) is None, "and it does not wait for ever"


def test_again_and_again_it_is_sent_once(cast: Cast) -> None:
    row = series(cast.ada)
    everybody(cast, row)
    made = sent(row)
    Issue.objects.update(sent_at=None)
    for _ in range(3):
        tasks.send(issue=made.pk)
        tasks.sweep()
    assert len(mailed()) == 5
    assert Notification.objects.filter(kind="newsletters.issued").count() == 5


@pytest.mark.django_db(transaction=True)
def test_many_workers_send_each_mail_once(cast: Cast) -> None:
    row = series(cast.ada)
    everybody(cast, row)
    made = issued(row)
    outcomes = race(*[lambda: tasks.send(issue=made.pk)] * 4)
    assert outcomes == [None] * 4
    assert len(mailed()) == len(set(mailed())) == 5
    assert Notification.objects.filter(kind="newsletters.issued").count() == 5


@pytest.mark.django_db(transaction=True)
def test_issues_get_their_numbers_in_turn(cast: Cast) -> None:
    row = series(cast.ada)
    texts = [article(cast.ada, f"Number {n}") for n in range(4)]
    outcomes = race(*[lambda each=each: actions.issue(row, each, by=cast.ada) for each in texts])
    assert sorted(each.number for each in outcomes) == [1, 2, 3, 4]
    same = race(*[lambda: actions.issue(row, texts[0], by=cast.ada)] * 3)
    assert len({each.pk for each in same}) == 1


def test_a_worker_killed_goes_on_where_it_was(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = series(cast.ada)
    everybody(cast, row)
    made, carry, carried = issued(row), mail.Courier.carry, []

    def killed(self: mail.Courier, message: Any) -> bool:
        carried.append(message.to[0])
        if len(carried) == 3:
            raise KeyboardInterrupt
        return carry(self, message)

    monkeypatch.setattr(mail.Courier, "carry", killed)
    with pytest.raises(KeyboardInterrupt):
        tasks.send(issue=made.pk)
    tasks.sweep()
    made.refresh_from_db()
    assert made.sent_at is not None
    assert len(carried) == len(set(carried)) == 5, "the one it was sending may be lost; none comes twice"
    assert len(mailed()) == 4


def test_more_readers_than_a_batch(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "BATCH", 2)
    monkeypatch.setattr(sending, "BATCH", 2)
    row = series(cast.ada)
    everybody(cast, row)
    made = sent(row)
    assert len(mailed()) == 2
    assert len(told(made)) == 5, "the notices do not wait for the mails"
    for _ in range(3):
        tasks.sweep()
    assert len(mailed()) == 5
    made.refresh_from_db()
    assert made.sent_at is not None


def test_who_subscribes_after_it_came_out_gets_the_next(cast: Cast) -> None:
    row = series(cast.ada)
    made = issued(row)
    reads(cast.bo, row)
    tasks.send(issue=made.pk)
    assert mailed() == []
    sent(row)
    assert mailed() == ["bo"]


def test_a_mail_server_that_is_away_costs_nobody_a_mail(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = series(cast.ada)
    reads(cast.bo, row)

    def refuse(self: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", refuse)
    made = sent(row)
    assert told(made) == {cast.bo.name}
    assert Delivery.objects.get().begun_at is None
    monkeypatch.undo()
    tasks.sweep()
    assert mailed() == ["bo"]


def test_a_deleted_post_leaves_no_notice(cast: Cast) -> None:
    row = series(cast.ada)
    reads(cast.bo, row)
    made = sent(row)
    feed.delete_post(made.article.post, by=cast.ada)
    assert "Weir letter" not in cast.client("bo").get("/notifications/").content.decode()
    assert cast.client("bo").get(f"/newsletters/issues/{made.pk}/").status_code == 404
    again = articles.publish(type(made.article).objects.get(pk=made.article_id), _chosen(), by=cast.ada)
    assert again.is_published
    tasks.send(issue=made.pk)
    assert len(outbox.outbox) == 1, "brought back, it is not sent again"


def _chosen() -> Any:
    import uuid

    from collegium.articles.publishing import Chosen

    return Chosen({"body": "", "audience": Level.MEMBERS, "form_key": uuid.uuid4()})
