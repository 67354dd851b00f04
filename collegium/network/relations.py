"""How a viewer stands to a page of people, as far as the buttons beside them need to know. One statement."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import BigIntegerField, BooleanField, CharField, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.functions import Cast
from markupsafe import Markup

from collegium.audience.viewer import Viewer, stand_in
from collegium.lib import clock, ids
from collegium.lib.statement import Among, Slots, Statement
from collegium.members.models import Member
from collegium.network import drawing
from collegium.ties.models import REMIND_AFTER, Connection, Distance, Follow, Invitation


class Step(StrEnum):
    """Where two people are on the way to each other."""

    NOBODY = "nobody"  # the viewer is signed out
    ONESELF = "oneself"
    APART = "apart"
    SENT = "sent"
    RECEIVED = "received"
    CONNECTED = "connected"


@dataclass(frozen=True, slots=True)
class Relation:
    """One person as the viewer stands to them.

    Attributes:
        step: where they are on the way to each other.
        invitation: the key of the open invitation, where there is one.
        follows: whether the viewer follows the person.
        reminded: whether the one reminder was sent.
        rung: how far the viewer keeps the person away: 0, or a `Distance.Rung`.
    """

    step: Step = Step.APART
    invitation: int | None = None
    follows: bool = False
    reminded: bool = False
    rung: int = 0

    @property
    def asked_at(self) -> datetime | None:
        """When the open invitation was sent."""
        return ids.instant(self.invitation) if self.invitation else None

    @property
    def remindable(self) -> bool:
        """Whether the one reminder may be sent now."""
        asked = self.asked_at
        return (
            self.step == Step.SENT and not self.reminded and asked is not None and asked + REMIND_AFTER <= clock.now()
        )

    def drawn(self, person: Member, token: str, *, brief: bool = False, live: bool = False) -> Markup:
        """The buttons beside the person.

        Args:
            person: to whom the viewer stands so.
            token: the hidden CSRF field.
            brief: the list says itself that they are connected.
            live: it looks again when something happened between them.
        """
        return drawing.buttons(self, person, token, brief=brief, live=live)


STRANGER = Relation()


def relations(viewer: Viewer, members: Iterable[Member]) -> dict[int, Relation]:
    """A relation for each of these people, whom the viewer sees.

    Args:
        viewer: who looks; to someone signed out everybody is `NOBODY`.
        members: a page of people.
    """
    keys = [member.pk for member in members]
    if viewer.member is None:
        return dict.fromkeys(keys, Relation(Step.NOBODY))
    found = dict.fromkeys(keys, STRANGER)
    follows: set[int] = set()
    kept: dict[int, int] = {}
    for person, what, invitation, reminded in FACTS.tuples(me=viewer.id, keys=keys):
        if what == "follows":
            follows.add(person)
        elif what == "rung":
            kept[person] = invitation
        else:
            found[person] = Relation(Step(what), invitation or None, reminded=reminded)
    found |= {key: replace(found[key], follows=True) for key in follows}
    found |= {key: replace(found[key], rung=rung) for key, rung in kept.items()}
    if viewer.id in found:
        found[viewer.id] = Relation(Step.ONESELF)
    return found


def relation(viewer: Viewer, member: Member) -> Relation:
    """The relation to one person."""
    return relations(viewer, [member])[member.pk]


def _facts(slot: Slots) -> QuerySet[Connection, Any]:
    """(person, what, invitation or rung, reminded) for all that holds between me and these people."""
    key = slot.int("me")
    me = stand_in(key).me

    def those(column: str) -> Among:
        return slot.among(column, "keys")

    received = Invitation.objects.to(me).filter(those("sender_id"))
    sent = Invitation.objects.sent_by(me).filter(those("recipient_id"))
    return _part(Connection.objects.filter(those("other_id"), member=key), "other_id", Step.CONNECTED).union(
        _part(sent, "recipient_id", Step.SENT, "id"),
        _part(received, "sender_id", Step.RECEIVED, "id"),
        _part(Follow.objects.filter(those("followee_id"), follower=key), "followee_id", "follows"),
        _part(Distance.objects.filter(those("other_id"), member=key), "other_id", "rung", "rung"),
        all=True,
    )


FACTS = Statement(_facts)


def _part(rows: QuerySet, person: str, what: str, number: str = "") -> QuerySet:  # type: ignore[type-arg]
    """One arm of the union: the same columns from any table of ties."""
    key = Cast(F(number), BigIntegerField()) if number else Value(0, output_field=BigIntegerField())
    label = Value(str(what), output_field=CharField())
    asked = rows.model is Invitation
    reminded = ExpressionWrapper(Q(reminded_at__isnull=False), BooleanField()) if asked else Value(False)
    columns = {"person": F(person), "what": label, "invitation": key, "reminded": reminded}
    return rows.order_by().annotate(**columns).values_list(*columns)
