"""What the tests of going out share: a community of kinds, people who read mail, and letting time pass."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.core import mail as outbox
from django.utils.html import format_html

from collegium.lib import clock
from collegium.members.models import Member
from collegium.notifications import channels, kinds, tasks
from collegium.notifications.channels import Channel, State
from collegium.notifications.kinds import Kind, who
from collegium.notifications.models import Notification, Outgoing
from collegium.notifications.tell import notify


class Things:
    """What the kinds of these tests are about: any number may be seen, unless it is hidden."""

    def __init__(self) -> None:
        self.hidden: set[int] = set()
        self.words: dict[int, list[str]] = {}

    def seen(self, viewer: Any, subjects: Any) -> dict[int, list[str]]:
        return {subject: self.words.get(subject, []) for subject in subjects if subject not in self.hidden}


class Devices:
    """A channel that notes what it was given."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, list[int]]] = []
        self.without: set[int] = set()
        self.breaks = False

    def send(self, member: Member, told: Sequence[Notification]) -> None:
        self.sent.append((member.pk, [row.pk for row in told]))
        if self.breaks:
            raise OSError("the device is gone")

    def channel(self) -> Channel:
        return Channel(
            name="push",
            words=lambda: "Push",
            send=self.send,
            reaches=lambda keys: [key for key in keys if key not in self.without],
            state=lambda member: State("1 device"),
            grace=timedelta(0),
        )


def _kind(name: str, topic: str, things: Things, *, listed: bool = True) -> Kind:
    return Kind(
        f"test.{name}",
        "bell",
        lambda told: format_html("{} did <q>{} & more</q>", who(told), name),
        lambda told: f"/posts/{told.subject}/",
        things.seen,
        topic=topic,
        listed=listed,
        said=lambda told: told.about,
    )


@contextmanager
def laid() -> Iterator[tuple[Things, Devices]]:
    """One kind of each sort, and a channel that is no real one."""
    known, things, devices = [kinds.of(name) for name in kinds.names()], Things(), Devices()
    lying = channels.every()
    here = [
        _kind("message", "messages", things, listed=False),
        _kind("mention", "mentions", things),
        _kind("comment", "comments", things),
        _kind("invitation", "invitations", things),
        _kind("account", "account", things),
    ]
    kinds.lay([*known, *here])
    channels.lay([devices.channel()])
    try:
        yield things, devices
    finally:
        kinds.lay(known)
        channels.lay(lying)


def confirm(*members: Member) -> None:
    """They have shown that they read mail at the address of their account."""
    for member in members:
        EmailAddress.objects.update_or_create(
            user=member.user, email=member.user.email, defaults={"verified": True, "primary": True}
        )


def tell(member: Member, actor: Member | None, kind: str = "message", subject: int = 1, cause: str = "") -> Any:
    """Tell one thing; the row it became."""
    key = actor.pk if actor is not None else None
    cause = cause or f"{kind}:{subject}:{key}"
    notify([member.pk], kind=f"test.{kind}", actor=key, cause=cause, subject=subject)
    return Notification.objects.filter(recipient=member, cause=cause).first()


def due(**which: Any) -> None:
    """What waits is to be looked at now."""
    Outgoing.objects.filter(**which).update(due_at=clock.now() - timedelta(seconds=1))


def mails() -> list[Any]:
    """Send what is due; all mails so far."""
    due(channel="mail")
    tasks.send()
    return list(outbox.outbox)


def pushes() -> None:
    """Carry what is due."""
    due(channel="push")
    tasks.sweep()
