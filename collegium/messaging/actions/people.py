"""Who is in a group, and what it is called: founding, adding, removing, leaving, renaming, appointing.

Every change is a note in the conversation, so that all read when it was.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.messaging import news, order, rules
from collegium.messaging.models import Conversation, Participant
from collegium.messaging.models.conversations import NAME_LIMIT
from collegium.notifications.tell import notify

Role = Participant.Role


def found(by: Member, others: Sequence[Member], name: str) -> Conversation:
    """A new group, whose host is who began it; for `talking.begin`.

    Raises:
        Conflict: somebody cannot be brought into it.
    """
    require(rules.may_begin(by, others))
    if hindrance := rules.hindrance_to_adding(by, others):
        raise hindrance
    row = Conversation.objects.create(kind=Conversation.Kind.GROUP, name=name[:NAME_LIMIT])
    places = [Participant(conversation=row, member=by, role=Role.ADMIN)]
    places += [Participant(conversation=row, member=each, unread=True) for each in others]
    Participant.objects.bulk_create(places)
    keys = [each.pk for each in others]
    news.said(order.note(row, by.pk, "begun", people=keys), told=False)
    record("messaging.begun", actor=by, subject=row, people=keys)
    _tell(row, by, keys)
    return row


@transaction.atomic
def bring_together(by: Member, others: Sequence[Member], *, last: Member) -> Conversation:
    """A group of people who agreed to meet through somebody; for a room that has asked each of them.

    Their yes stands for what is asked of a host who brings people into a group, and the group is theirs: they are its
    hosts, and who brought them together can go without ending it.

    Args:
        by: who brought them together.
        others: who meet.
        last: whose yes was the last one; for everybody else it waits unread.
    """
    require(rules.may_begin(by, others))
    row = Conversation.objects.create(kind=Conversation.Kind.GROUP)
    given: dict[str, Any] = {"conversation": row, "since": clock.now()}
    places = [Participant(member=each, role=Role.ADMIN, unread=each != last, **given) for each in others]
    Participant.objects.bulk_create([*places, Participant(member=by, unread=by != last, **given)])
    keys = [each.pk for each in others]
    news.said(order.note(row, by.pk, "together", people=keys), told=False)
    record("messaging.begun", actor=by, subject=row, people=keys)
    return row


@transaction.atomic
def add(conversation: Conversation, *, by: Member, people: Sequence[Member]) -> list[Member]:
    """Bring connections of the host's into a group. They read from here on, not what was said before.

    Returns:
        Those who were not in it.

    Raises:
        Conflict: too many, or somebody cannot be brought into it.
    """
    order.hold(conversation)
    require(rules.may_manage(by, conversation))
    there = set(_present(conversation).values_list("member_id", flat=True))
    fresh = [each for each in {each.pk: each for each in people}.values() if each.pk not in there]
    if not fresh:
        return []
    if hindrance := rules.hindrance_to_adding(by, fresh, len(there)):
        raise hindrance
    conversation.refresh_from_db()
    until = conversation.last_number
    Participant.objects.bulk_create(
        [Participant(conversation=conversation, member=each, after=until, read=until, unread=True) for each in fresh],
        update_conflicts=True,
        unique_fields=["member", "conversation"],
        update_fields=["after", "read", "unread", "role", "since", "left_at", "box", "why", "archived"],
    )
    keys = [each.pk for each in fresh]
    news.said(order.note(conversation, by.pk, "added", people=keys), told=False)
    record("messaging.people_changed", actor=by, subject=conversation, what="added", people=keys)
    _tell(conversation, by, keys)
    return fresh


@transaction.atomic
def remove(conversation: Conversation, *, by: Member, people: Sequence[Member]) -> list[int]:
    """Take people out of a group: from this moment they read nothing of it. Returns the keys of those who were in it.

    Raises:
        Conflict: a host cannot be removed; another one appointed her.
    """
    order.hold(conversation)
    require(rules.may_manage(by, conversation) and by.pk not in {each.pk for each in people})
    rows = _present(conversation).filter(member__in=[each.pk for each in people])
    if rows.filter(role=Role.ADMIN).exists():
        raise Conflict(_("Hosts cannot be removed. Take the role from them first."))
    keys = sorted(rows.values_list("member_id", flat=True))
    if keys:
        _out(conversation, keys)
        news.said(order.note(conversation, by.pk, "removed", people=keys), told=False)
        news.look_again(conversation, listed=True, also=keys)
        record("messaging.people_changed", actor=by, subject=conversation, what="removed", people=keys)
    return keys


@transaction.atomic
def leave(conversation: Conversation, *, by: Member) -> bool:
    """Go. Where no host is left, who has been there longest becomes one. False when she had gone already."""
    order.hold(conversation)
    if conversation.is_group and _gone(conversation, by):
        return False
    require(rules.may_leave(by, conversation))
    # Said while she is in it still: the note is hers, and those who stay read it.
    note = order.note(conversation, by.pk, "left", people=[by.pk])
    _out(conversation, [by.pk])
    heir = _heir(conversation) if rules.last_admin(conversation, by) else None
    if heir is not None:
        _present(conversation).filter(member=heir).update(role=Role.ADMIN)
    news.said(note, told=False)
    record("messaging.people_changed", actor=by, subject=conversation, what="left", people=[by.pk])
    return True


@transaction.atomic
def rename(conversation: Conversation, *, by: Member, name: str) -> bool:
    """Call a group something else, or nothing: then it is called by its people. False when it was so already."""
    order.hold(conversation)
    require(rules.may_manage(by, conversation))
    name = name[:NAME_LIMIT]
    if not Conversation.objects.filter(pk=conversation.pk).exclude(name=name).update(name=name):
        return False
    conversation.name = name
    news.said(order.note(conversation, by.pk, "renamed", people=[], name=name), told=False)
    record("messaging.people_changed", actor=by, subject=conversation, what="renamed")
    return True


@transaction.atomic
def appoint(conversation: Conversation, *, by: Member, person: Member) -> bool:
    """Make somebody who is in the group a host; False when she was one."""
    require(rules.may_manage(by, conversation))
    return _set_role(conversation, by, person, Role.ADMIN, "appointed")


@transaction.atomic
def dismiss(conversation: Conversation, *, by: Member, person: Member) -> bool:
    """Take the role of a host from somebody, or lay one's own down; False when she had none.

    Raises:
        Conflict: she is the last host.
    """
    require(rules.may_manage(by, conversation))
    return _set_role(conversation, by, person, Role.MEMBER, "dismissed")


def pass_on(conversation: Conversation) -> int | None:
    """Have a group without a host in good standing be hosted by who has been there longest; for who holds it.

    Whoever was its host stays one, should she come back. Returns the key of the new one.
    """
    hosts = _present(conversation).filter(role=Role.ADMIN, member__standing=Member.Standing.ACTIVE)
    heir = _heir(conversation) if conversation.is_group and not hosts.exists() else None
    if heir is not None:
        _present(conversation).filter(member=heir).update(role=Role.ADMIN)
    return heir


def _set_role(conversation: Conversation, by: Member, person: Member, role: Role, what: str) -> bool:
    order.hold(conversation)
    require(rules.may_manage(by, conversation))
    if role == Role.MEMBER and rules.last_admin(conversation, person):
        raise Conflict(_("A group needs a host. Appoint another one first."))
    require(_present(conversation).filter(member=person).exists())
    if not _present(conversation).filter(member=person).exclude(role=role).update(role=role):
        return False
    news.said(order.note(conversation, by.pk, what, people=[person.pk]), told=False)
    record("messaging.people_changed", actor=by, subject=conversation, what=what, people=[person.pk])
    return True


def _present(conversation: Conversation) -> QuerySet[Participant]:
    return Participant.objects.filter(conversation=conversation, left_at=None)


def _gone(conversation: Conversation, member: Member) -> bool:
    return Participant.objects.filter(conversation=conversation, member=member, left_at__isnull=False).exists()


def _out(conversation: Conversation, keys: Sequence[int]) -> None:
    rows = _present(conversation).filter(member__in=keys)
    rows.update(left_at=clock.now(), role=Role.MEMBER, unread=False, draft="", starred=False)


def _heir(conversation: Conversation) -> int | None:
    """Who has been there longest, of those in good standing."""
    rows = _present(conversation).filter(member__standing=Member.Standing.ACTIVE)
    return rows.order_by("since", "member").values_list("member", flat=True).first()


def _tell(conversation: Conversation, by: Member, keys: Sequence[int]) -> None:
    """Those who were brought into it, once each time."""
    cause = f"{news.ADDED}:{conversation.pk}:{conversation.changes}"
    notify(keys, kind=news.ADDED, actor=by.pk, cause=cause, subject=conversation.pk)
