"""Who hears of what happens at the door."""

from collections.abc import Collection

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.events.models import Event, Helper
from collegium.events.notices import hosts_of
from collegium.journal.models import Entry
from collegium.notifications.kinds import Kind, who
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify, retract
from collegium.realtime.poke import poke

HELP = "events.help"


def came(entry: Entry) -> None:
    """Every open list at this door looks again, and her own ticket."""
    event = Event.objects.with_hosts().filter(pk=entry.subject or 0).first()
    if event is not None:
        helpers = set(Helper.objects.filter(event=event).values_list("member_id", flat=True))
        poke(hosts_of(event) | helpers | {entry.data["member"]}, f"door-{entry.data['occurrence']}")


def answered(entry: Entry) -> None:
    """Who is expected has changed."""
    event = Event.objects.with_hosts().filter(pk=entry.subject or 0).first()
    if event is not None and "occurrence" in entry.data:
        helpers = set(Helper.objects.filter(event=event).values_list("member_id", flat=True))
        poke(hosts_of(event) | helpers, f"door-{entry.data['occurrence']}")


def help_asked(entry: Entry) -> None:
    """Who is to help hears it."""
    member = entry.data["member"]
    if Helper.objects.filter(event=entry.subject or 0, member=member).exists():
        notify([member], kind=HELP, actor=entry.actor, cause=_cause(entry), subject=entry.subject)


def help_ended(entry: Entry) -> None:
    """Nobody is told any more."""
    retract(cause=_cause(entry))


def _cause(entry: Entry) -> str:
    return f"event-help:{entry.subject}:{entry.data['member']}"


def _visible(viewer: Viewer, keys: Collection[int]) -> dict[int, Event]:
    """Those at whose door the viewer helps still."""
    helps = Helper.objects.filter(member=viewer.id, event__in=list(keys)).values("event")
    rows = Event.objects.visible_to(viewer).filter(pk__in=helps)
    return {row.pk: row for row in rows.defer("about", "html")}


def _phrase(told: Notification) -> SafeString:
    title = told.about.title if isinstance(told.about, Event) else ""
    sentence = _("{name} asks you to help at the door of {title}")
    return format_html(sentence, name=who(told), title=format_html("<q><bdi>{}</bdi></q>", title))


KINDS = [Kind(HELP, "door-open", _phrase, lambda told: f"/events/{told.subject}/", _visible, topic="invitations")]
