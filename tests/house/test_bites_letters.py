"""What is proved of digests, newsletters and their mails bites: with a piece of it planted away, the proof is wrong.

Each scene says whether its promise holds. It does; and with the fault planted it does not.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.signing import BadSignature

from collegium.audience.level import Level
from collegium.digests import missed
from collegium.digests import sending as digesting
from collegium.digests.models import Wish
from collegium.digests.tests.test_digests import wants
from collegium.feed import actions as feed
from collegium.lib import cells, clock, mail, unsubscribe
from collegium.network import actions as network
from collegium.newsletters import letter, reading, sending, tasks
from collegium.newsletters.models import Delivery, SubscriptionQuerySet
from collegium.newsletters.tests.scene import issued, mailed, reads, sent, series
from collegium.testing.cast import Cast

pytestmark = pytest.mark.django_db
Plant = Callable[[pytest.MonkeyPatch], None]
Scene = Callable[[Cast, Plant, pytest.MonkeyPatch], bool]


def once(cast: Cast, plant: Plant, patch: pytest.MonkeyPatch) -> bool:
    """A digest comes once an hour of hers."""
    wants(cast.ada)
    feed.post(cast.bo, "Once.")
    plant(patch)
    for _ in range(2):
        digesting.send_due(3)
    return len(outbox.outbox) == 1


def begins(cast: Cast, plant: Plant, patch: pytest.MonkeyPatch) -> bool:
    """What she has seen at home is not told again."""
    wish = wants(cast.ada)
    feed.post(cast.bo, "Seen.")
    cast.client("ada").get("/")
    plant(patch)
    return not missed.missed(cast.ada, wish).posts


def open_to(cast: Cast, plant: Plant, patch: pytest.MonkeyPatch) -> bool:
    """An issue reaches whoever sees it, and nobody else."""
    row = series(cast.ada)
    for reader in (cast.bo, cast.di):
        reads(reader, row)
    plant(patch)
    sent(row, audience=Level.CONNECTIONS)
    return mailed() == ["bo"]


def parted(cast: Cast, plant: Plant, patch: pytest.MonkeyPatch) -> bool:
    """Before any listener has heard of a block, the owner's list is without whom it parts."""
    row = series(cast.ada)
    reads(cast.bo, row, shares=True)
    network.block(cast.bo, cast.ada)
    plant(patch)
    return not reading.subscribers(row).rows


def late(cast: Cast, plant: Plant, patch: pytest.MonkeyPatch) -> bool:
    """What was narrowed between the notice and the mail is not mailed."""
    row = series(cast.ada)
    reads(cast.bo, row)
    made = sending.open_issue(issued(row).pk)
    assert made is not None
    sending.spread(made, made.article.post)
    feed.edit_post(made.article.post, by=cast.ada, audience=Level.ONLY_ME)
    plant(patch)
    tasks.send(issue=made.pk)
    return not mailed()


def killed(cast: Cast, plant: Plant, patch: pytest.MonkeyPatch) -> bool:
    """A mail that a killed worker had begun is not begun again."""
    row = series(cast.ada)
    reads(cast.bo, row)
    made, begun = issued(row), []

    def carry(self: object, message: Any) -> bool:
        begun.append(message)
        raise KeyboardInterrupt

    plant(patch)
    patch.setattr(mail.Courier, "carry", carry)
    for _ in range(2):
        try:
            tasks.send(issue=made.pk)
        except KeyboardInterrupt:
            continue
    return len(begun) == 1


def addresses(cast: Cast, plant: Plant, patch: pytest.MonkeyPatch) -> bool:
    """The table file names no address that its reader did not share."""
    row = series(cast.ada)
    reads(cast.bo, row)
    plant(patch)
    return cast.bo.user.email not in cast.client("ada").get(f"{row.here}subscribers.csv").content.decode()


def formulas(cast: Cast, plant: Plant, patch: pytest.MonkeyPatch) -> bool:
    """The table file holds no formula."""
    row = series(cast.ada)
    type(cast.bo).objects.filter(pk=cast.bo.pk).update(name="=1+1")
    reads(cast.bo, row)
    plant(patch)
    return ",=1+1" not in cast.client("ada").get(f"{row.here}subscribers.csv").content.decode()


def pressed(cast: Cast, plant: Plant, patch: pytest.MonkeyPatch) -> bool:
    """An address that was not signed here ends nothing."""
    wish = wants(cast.ada)
    plant(patch)
    unsubscribe.end(f"digest.{wish.pk}.{'a' * 43}")
    return Wish.objects.get(pk=wish.pk).rhythm == "daily"


def looked(cast: Cast, plant: Plant, patch: pytest.MonkeyPatch) -> bool:
    """No link in a mail is one within the site alone, which a mail program would resolve as it likes."""
    row = series(cast.ada)
    reads(cast.bo, row)
    plant(patch)
    sent(row)
    html = outbox.outbox[0].alternatives[0][0]
    return not re.search(r'href="(?!https?:|mailto:)', html)


class Trusting:
    """Signs like the other, and believes everybody."""

    def unsign(self, token: str) -> str:
        if token.count(".") != 2:
            raise BadSignature
        return token.rpartition(".")[0]


def forget_the_hour(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(digesting, "next_due", lambda wish, zone, after: clock.now() - timedelta(seconds=1))
    patch.setattr(missed, "since", lambda wish, mix, now: 0)


def remember_everything(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(missed, "since", lambda wish, mix, now: wish.until)


def everybody_reads(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sending, "readers_of", lambda post: type(post.author).objects.active())


def forget_blocks(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(SubscriptionQuerySet, "standing", lambda self: self.all())


def believe_the_row(patch: pytest.MonkeyPatch) -> None:
    def still(issue: Any, member: int) -> Any:
        return issue.newsletter.subscriptions.filter(member=member).select_related("member__user").first()

    patch.setattr(sending, "_still", still)


def mark_afterwards(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sending, "_take", lambda issue: Delivery.objects.filter(issue=issue, begun_at=None).first())


def tell_addresses(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(reading, "address_of", lambda row: row.member.user.email)


def trust_cells(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(cells, "safe", list)


def trust_tokens(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(unsubscribe, "_signer", Trusting())


def mail_the_page(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(letter, "for_mail", letter.mark_safe)


FAULTS: list[tuple[Scene, Plant]] = [
    (once, forget_the_hour),
    (begins, remember_everything),
    (open_to, everybody_reads),
    (parted, forget_blocks),
    (late, believe_the_row),
    (killed, mark_afterwards),
    (addresses, tell_addresses),
    (formulas, trust_cells),
    (pressed, trust_tokens),
    (looked, mail_the_page),
]


@pytest.mark.parametrize("scene", [scene for scene, _fault in FAULTS], ids=lambda scene: scene.__name__)
def test_the_promise_holds(cast: Cast, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    assert scene(cast, lambda patch: None, monkeypatch)


@pytest.mark.parametrize(("scene", "fault"), FAULTS, ids=[scene.__name__ for scene, _fault in FAULTS])
def test_a_fault_shows(cast: Cast, scene: Scene, fault: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not scene(cast, fault, monkeypatch)
