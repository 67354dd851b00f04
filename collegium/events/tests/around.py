"""An event with everybody around it, each in her own state."""

from dataclasses import dataclass, fields
from typing import Any

from django.test import Client

from collegium.audience.level import Level
from collegium.audience.viewer import NOBODY, Viewer
from collegium.events.actions import hosting, inviting
from collegium.events.models import Attendance, Event, Occurrence, State
from collegium.events.tests.scene import come, first, make
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.testing.cast import Cast, client_of, connect, make_member

KIM, LEA = "Canary Kim", "Canary Lea"


@dataclass(frozen=True)
class Around:
    """Who is there. `kim` comes and is listed, `lea` comes and is not; the others are what they are called."""

    event: Event
    row: Occurrence
    host: Member
    cohost: Member
    helper: Member  # asked to host, has not answered
    going: Member
    listed: Member
    waiting: Member
    asked: Member
    declined: Member
    refused: Member
    bystander: Member  # connected, has not answered
    invited: Member  # a stranger asked by name
    second: Member
    stranger: Member
    removed: Member  # was connected and had a seat
    blocked: Member  # by the host
    blocking: Member  # the host
    parted: Member  # comes, and blocked the cohost
    suspended: Member

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, nobody last."""
        return (*(each.name for each in fields(self) if each.name not in ("event", "row")), "nobody")

    def who(self, name: str) -> Member | None:
        """One of them as the database has her now."""
        return None if name == "nobody" else Member.objects.select_related("user").get(pk=getattr(self, name).pk)

    def viewer(self, name: str) -> Viewer:
        """Her eyes; whoever is out of standing is nobody."""
        member = self.who(name)
        return Viewer(member) if member is not None and member.is_active else NOBODY

    def client(self, name: str) -> Client:
        """Her browser."""
        return client_of(self.who(name))


def stand(row: Occurrence, member: Member, state: str, **more: Any) -> Attendance:
    """Somebody in a state, however she came into it."""
    return Attendance.objects.create(occurrence=row, member=member, state=state, **more)


def gather(cast: Cast, **more: Any) -> Around:
    """For connections alone, with a link, shown to those who come; unless said otherwise."""
    kim, lea, wes, asa, dec, ref, hop = (
        make_member(name) for name in (KIM, LEA, "Wes Wait", "Asa Ask", "Dec Line", "Ref Use", "Hop Host")
    )
    par = make_member("Par Ted")
    for each in (kim, lea, wes, asa, dec, ref, hop, par, cast.ed, cast.hal):
        if each.pk not in (cast.ed.pk, cast.hal.pk):
            connect(each, cast.ada)
    bystander = make_member("By Stander")
    connect(bystander, cast.ada)
    connect(cast.hal, cast.ada)
    event = make(cast.ada, more.pop("level", Level.CONNECTIONS), **({"list_for": "attendees"} | more))
    row = first(event)
    hosting.ask(event, cast.bo, by=cast.ada)
    hosting.accept(event, by=cast.bo)
    hosting.ask(event, hop, by=cast.ada)
    come(event, lea, listed=False)
    come(event, kim, par, cast.hal)
    for member, state in ((wes, "waiting"), (asa, "asked"), (dec, "declined"), (ref, "refused")):
        stand(row, member, State(state))
    connect(cast.di, cast.bo)
    inviting.invite(event, [cast.di.pk], by=cast.bo)
    network.block(par, cast.bo)
    network.disconnect(cast.ada, cast.hal)
    return Around(
        event,
        row,
        cast.ada,
        cast.bo,
        hop,
        lea,
        kim,
        wes,
        asa,
        dec,
        ref,
        bystander,
        cast.di,
        cast.cy,
        make_member("Stra Nger"),
        cast.hal,
        cast.ed,
        cast.eve,
        par,
        cast.gus,
    )
