"""The cast: nine people whose names are relations to Ada, made through the product's own verbs.

Ada   me                         Ed    I blocked                Hal   was connected, removed
Bo    connected                  Eve   connected, then blocked  Gus   was connected, now suspended
Cy    second degree, through Bo        me                       nobody  signed out
Di    stranger                   Flo   has invited me, pending
"""

from dataclasses import dataclass, fields
from typing import Any

from django.test import Client

from collegium.accounts.models import User
from collegium.audience.viewer import NOBODY, Viewer
from collegium.members import actions as members
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.ties.models import Connection, Invitation

PASSWORD = "correct horse battery staple"


def make_member(name: str, **changes: Any) -> Member:
    """A person who joined, with an account and an address `<first name>@example.org`.

    Args:
        name: the display name.
        changes: fields of `Member` to set afterwards (standing, visibility …).
    """
    slug = "".join(letter for letter in name.casefold() if letter.isascii() and letter.isalnum()) or "someone"
    number = User.objects.filter(email__startswith=slug).count()
    user = User.objects.create_user(f"{slug}{number or ''}@example.org")
    member = members.join(user, name)
    if changes:
        for field, value in changes.items():
            setattr(member, field, value)
        member.save(update_fields=list(changes))
    return member


def connect(one: Member, other: Member) -> None:
    """Invite and accept."""
    invitation = network.invite(one, other, note="We know each other.")
    assert isinstance(invitation, Invitation)
    network.accept(invitation, by=other)


def client_of(member: Member | None) -> Client:
    """A browser without JavaScript, signed in as this person (or as nobody)."""
    client = Client()
    if member is not None:
        client.force_login(member.user)
    return client


@dataclass(frozen=True)
class Cast:
    """Everybody, by name."""

    ada: Member
    bo: Member
    cy: Member
    di: Member
    ed: Member
    eve: Member
    flo: Member
    hal: Member
    gus: Member

    def viewer(self, name: str) -> Viewer:
        """The eyes of someone; "nobody" is signed out."""
        return NOBODY if name == "nobody" else Viewer(Member.objects.get(pk=getattr(self, name).pk))

    def client(self, name: str) -> Client:
        """The browser of someone; "nobody" is signed out."""
        return client_of(None if name == "nobody" else getattr(self, name))

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, nobody last."""
        return (*(each.name for each in fields(self)), "nobody")


FULL_NAMES = {
    "ada": "Ada Lindqvist",
    "bo": "Bo Okafor",
    "cy": "Cy Tanaka",
    "di": "Di Varga",
    "ed": "Ed Novak",
    "eve": "Eve Marchetti",
    "flo": "Flo Reyes",
    "hal": "Hal Brandt",
    "gus": "Gus Petrov",
}


def make_cast() -> Cast:
    """Everybody, standing to Ada as their names say."""
    cast = Cast(**{key: make_member(name) for key, name in FULL_NAMES.items()})
    for other in (cast.bo, cast.eve, cast.hal, cast.gus):
        connect(other, cast.ada)
    connect(cast.cy, cast.bo)
    network.block(cast.ada, cast.ed)
    network.block(cast.eve, cast.ada)
    network.disconnect(cast.ada, cast.hal)
    network.invite(cast.flo, cast.ada, note="We sat next to each other at the Delft workshop.")
    members.suspend(cast.gus, by=None)
    for name in FULL_NAMES:
        getattr(cast, name).refresh_from_db()
    assert Connection.objects.filter(member=cast.ada).count() == 2
    return cast
