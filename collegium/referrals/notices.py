"""Who hears of a referral, and in which words. The asker hears of what was given, and of nothing else."""

from collections.abc import Collection

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.journal.models import Entry
from collegium.notifications.kinds import Kind, who
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify, retract
from collegium.realtime.poke import poke
from collegium.referrals.models import Referral, State
from collegium.referrals.standing import GIVEN, as_asked

TOPIC = "referrals"


def _cause(what: str, key: int | None) -> str:
    return f"referral-{what}:{key}"


def asked(entry: Entry) -> None:
    """The one who was asked, where it reaches him; again after a withdrawal was undone."""
    row = Referral.objects.filter(pk=entry.subject or 0).with_faces().first()
    if row is not None and Referral.objects.lying_with(row.referrer).filter(pk=row.pk).exists():
        notify(
            [row.referrer_id], kind="referrals.asked", actor=row.asker_id, cause=_cause("asked", row.pk), subject=row.pk
        )
        poke([row.referrer_id], TOPIC)
    poke([entry.actor or 0], TOPIC)


def given(entry: Entry) -> None:
    """The one who asked."""
    retract(cause=_cause("asked", entry.subject))
    row = Referral.objects.filter(pk=entry.subject or 0, state=State.GIVEN).first()
    if row is not None:
        notify(
            [row.asker_id], kind="referrals.given", actor=row.referrer_id, cause=_cause("given", row.pk), subject=row.pk
        )
        poke([row.asker_id, row.referrer_id], TOPIC)


def declined(entry: Entry) -> None:
    """Nobody; the pages of the one who declined forget the question."""
    retract(cause=_cause("asked", entry.subject))
    poke([entry.actor or 0], TOPIC)


def withdrawn(entry: Entry) -> None:
    """It is as if nobody had been asked."""
    forget(entry.subject)
    row = Referral.objects.filter(pk=entry.subject or 0).first()
    if row is not None:
        poke([row.asker_id, row.referrer_id], TOPIC)


def taken_back(entry: Entry) -> None:
    """The news of it goes; the page of the asker says what became of it."""
    retract(cause=_cause("given", entry.subject))
    row = Referral.objects.filter(pk=entry.subject or 0).first()
    if row is not None:
        poke([row.asker_id, row.referrer_id], TOPIC)


def forget(key: int | None) -> None:
    """Take back what anybody was told of a question."""
    for what in ("asked", "given"):
        retract(cause=_cause(what, key))


def _say_asked(told: Notification) -> SafeString:
    row = told.about
    words = _("{who} asks you for a referral: {title} at {organization}")
    return format_html(words, who=who(told), title=_title(row), organization=_organization(row))


def _say_given(told: Notification) -> SafeString:
    row = told.about
    words = _("{who} put in a word for you: {title} at {organization}")
    return format_html(words, who=who(told), title=_title(row), organization=_organization(row))


def _title(row: object) -> SafeString:
    return format_html("<q><bdi>{}</bdi></q>", row.opening.title if isinstance(row, Referral) else _("an opening"))


def _organization(row: object) -> SafeString:
    there = row.opening.organization.name if isinstance(row, Referral) else _("an organisation")
    return format_html("<bdi>{}</bdi>", there)


def _path(told: Notification) -> str:
    return f"/referrals/{told.subject}/"


def _lies_with_me(viewer: Viewer, keys: Collection[int]) -> dict[int, Referral]:
    if viewer.member is None:
        return {}
    return {row.pk: row for row in Referral.objects.lying_with(viewer.me).filter(pk__in=keys).with_faces()}


def _given_to_me(viewer: Viewer, keys: Collection[int]) -> dict[int, Referral]:
    rows = Referral.objects.filter(asker=viewer.id, pk__in=keys, state=State.GIVEN).with_faces()
    return {each.row.pk: each.row for each in as_asked(viewer, rows) if each.state == GIVEN and each.title}


KINDS = [
    Kind("referrals.asked", "handshake", _say_asked, _path, _lies_with_me, topic="jobs"),
    Kind("referrals.given", "message-square-quote", _say_given, _path, _given_to_me, topic="jobs"),
]
