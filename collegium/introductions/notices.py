"""Who hears of an introduction, and in which words.

The asker hears of nothing but a yes: neither a listener nor a poke tells her that a letter was passed on or declined. A
listener runs a moment after the fact and may run twice, so each asks first whether what it tells is still so.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.introductions.models import Introduction, IntroductionQuerySet
from collegium.journal.models import Entry
from collegium.lib import clock
from collegium.members.models import Member
from collegium.notifications.kinds import Kind, who
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify, retract
from collegium.realtime.poke import poke
from collegium.ties.models import blocks_between

State = Introduction.State
TOPIC = "introductions"


def _cause(what: str, key: int | None) -> str:
    return f"introduction-{what}:{key}"


def _tell(recipients: list[int], what: str, actor: int | None, subject: int, cause: int) -> None:
    """Tell them of a letter, once for what happened."""
    notify(recipients, kind=f"introductions.{what}", actor=actor, cause=_cause(what, cause), subject=subject)


def asked(entry: Entry) -> None:
    """The one who was asked to pass it on."""
    row = _row(entry, Introduction.objects.alive(), State.ASKED)
    if row is not None:
        _tell([row.introducer_id], "asked", entry.actor, row.pk, row.pk)
        poke([row.introducer_id], TOPIC)
    poke([entry.actor or 0], TOPIC)


def forwarded(entry: Entry) -> None:
    """The one who would be met; nothing reaches whoever said not to know the asker."""
    retract(cause=_cause("asked", entry.subject))
    row = _row(entry, Introduction.objects.alive(), State.FORWARDED)
    if row is not None and Introduction.objects.to(row.target).filter(pk=row.pk).exists():
        _tell([row.target_id], "forwarded", entry.actor, row.pk, row.pk)
        poke([row.target_id], TOPIC)
    poke([entry.actor or 0], TOPIC)


def kept(entry: Entry) -> None:
    """Nobody hears of it; the introducer's own pages forget the question."""
    retract(cause=_cause("asked", entry.subject))
    poke([entry.actor or 0], TOPIC)


def declined(entry: Entry) -> None:
    """The asker never hears of it; the introducer reads the line, where there is one."""
    retract(cause=_cause("forwarded", entry.subject))
    row = _row(entry, Introduction.objects.alive(), State.DECLINED)
    if row is not None and row.answer:
        _tell([row.introducer_id], "answered", entry.actor, row.pk, row.pk)
        poke([row.introducer_id], TOPIC)
    poke([entry.actor or 0], TOPIC)


def reopened(entry: Entry) -> None:
    """The pages of the one who had declined show it again."""
    poke([entry.actor or 0], TOPIC)


def accepted(entry: Entry) -> None:
    """The other two."""
    retract(cause=_cause("forwarded", entry.subject))
    row = Introduction.objects.filter(pk=entry.subject or 0, state=State.ACCEPTED).first()
    if row is not None:
        _tell([row.asker_id, row.introducer_id], "accepted", entry.actor, row.pk, row.pk)
        _settled(row)
        poke(row.people, TOPIC)


def _settled(row: Introduction) -> None:
    """What others were asked for the same two people is over."""
    same = Introduction.objects.filter(asker=row.asker_id, target=row.target_id, state=State.ENDED)
    for key, introducer in same.values_list("pk", "introducer_id"):
        _forget(key)
        poke([introducer], TOPIC)


def withdrawn(entry: Entry) -> None:
    """It is as if it had never been asked."""
    _forget(entry.subject)
    row = Introduction.objects.filter(pk=entry.subject or 0).first()
    if row is not None:
        poke(row.people if row.forwarded_at else [row.asker_id, row.introducer_id], TOPIC)


def blocked(entry: Entry) -> None:
    """What waited between the two is over for good. A conversation they have is `messaging`'s, like every other."""
    both = Introduction.objects.between(entry.actor, entry.subject)
    if not both.exists():
        return
    for key in both.filter(state__in=Introduction.OPEN).values_list("pk", flat=True):
        _forget(key)
    both.filter(state__in=Introduction.OPEN).update(state=State.ENDED, ended_at=clock.now())
    poke([entry.actor or 0], TOPIC)


def connected(entry: Entry) -> None:
    """Those who know each other by now need nobody to introduce them."""
    pair = Q(asker=entry.actor, target=entry.subject) | Q(asker=entry.subject, target=entry.actor)
    over = Introduction.objects.filter(pair, state__in=Introduction.OPEN)
    touched = {row.pk: row.introducer_id for row in over}
    over.update(state=State.ENDED, ended_at=clock.now())
    for key in touched:
        _forget(key)
    poke([*touched.values(), *([entry.actor, entry.subject] if touched else [])], TOPIC)  # type: ignore[list-item]


def _forget(key: int | None) -> None:
    """Take back what anybody was told of a letter."""
    for what in ("asked", "forwarded", "answered"):
        retract(cause=_cause(what, key))


def _row(entry: Entry, rows: Any, state: str) -> Introduction | None:
    found: Introduction | None = rows.filter(pk=entry.subject or 0, state=state).with_people().first()
    return found


def _about(told: Notification, role: str) -> SafeString:
    """The name of one of the three, unless a block or a suspension parts her from the reader."""
    name = _("somebody") if getattr(told.about, f"{role}_away", False) else getattr(told.about, role).name
    return format_html('<b class="name"><bdi>{}</bdi></b>', name)


def _say_asked(told: Notification) -> SafeString:
    words = _("{who} asks you for an introduction to {other}")
    return format_html(words, who=who(told), other=_about(told, "target"))


def _say_forwarded(told: Notification) -> SafeString:
    return format_html(_("{who} introduces {other} to you"), who=who(told), other=_about(told, "asker"))


def _say_answered(told: Notification) -> SafeString:
    words = _("{who} wrote to you about {other}: “{line}”")
    return format_html(words, who=who(told), other=_about(told, "asker"), line=told.about.answer)


def _say_accepted(told: Notification) -> SafeString:
    if told.recipient_id == told.about.asker_id:
        words = _("{who} would like to meet you, introduced by {other}")
        return format_html(words, who=who(told), other=_about(told, "introducer"))
    return format_html(_("{who} would like to meet {other}"), who=who(told), other=_about(told, "asker"))


def _path(told: Notification) -> str:
    return f"/network/introductions/{told.subject}/"


def _talk(told: Notification) -> str:
    """Where the three talk; what its reader is no longer in is not asked for its address."""
    return f"/messages/{told.about.conversation_id}/" if told.about is not None else "/messages/"


def _lies_with_me(viewer: Viewer, subjects: Collection[int]) -> dict[int, Introduction]:
    """Letters the viewer was asked to pass on."""
    return _found(viewer, subjects, Introduction.objects.through)


def _waits_for_me(viewer: Viewer, subjects: Collection[int]) -> dict[int, Introduction]:
    """Letters that were passed on to the viewer and wait."""
    return _found(viewer, subjects, Introduction.objects.to)


def _in_conversation(viewer: Viewer, subjects: Collection[int]) -> dict[int, Introduction]:
    """Those that became a conversation the viewer is in."""
    return _found(viewer, subjects, _begun)


def _begun(member: Member) -> IntroductionQuerySet:
    """Those whose conversation the member is in, each with which of the others she meets no more."""
    away = {
        f"{role}_away": Exists(blocks_between(OuterRef(role), member.pk)) | ~Q(**{f"{role}__standing": "active"})
        for role in ("asker", "introducer")
    }
    return Introduction.objects.begun(Viewer(member)).annotate(**away)


def _found(viewer: Viewer, subjects: Collection[int], rows: Any) -> dict[int, Introduction]:
    if viewer.member is None:
        return {}
    return {row.pk: row for row in rows(viewer.member).with_people().filter(pk__in=subjects)}


KINDS = [
    Kind("introductions.asked", "mail", _say_asked, _path, _lies_with_me, topic="invitations"),
    Kind("introductions.forwarded", "mail-check", _say_forwarded, _path, _waits_for_me, topic="invitations"),
    Kind("introductions.answered", "reply", _say_answered, _path, _lies_with_me, topic="invitations"),
    Kind("introductions.accepted", "handshake", _say_accepted, _talk, _in_conversation, topic="invitations"),
]
