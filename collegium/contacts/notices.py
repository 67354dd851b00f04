"""Who hears of a reminder: the one who set it, on its day."""

from collections.abc import Collection

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.contacts.models import Reminder
from collegium.journal.models import Entry
from collegium.notifications.kinds import Kind
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify, retract

KIND = "contacts.reminder"


def tell(reminder: Reminder) -> None:
    """Say that its day has come; once for each day it was set to."""
    cause = f"reminder:{reminder.pk}:{reminder.due:%Y-%m-%d}"
    notify([reminder.owner_id], kind=KIND, actor=None, cause=cause, subject=reminder.pk)


def settled(entry: Entry) -> None:
    """Done, or moved to another day: it is not told any more."""
    retract(kind=KIND, subject=entry.subject)


def _say(told: Notification) -> SafeString:
    reminder: Reminder = told.about
    name = format_html('<b class="name"><bdi>{}</bdi></b>', reminder.person.name)
    if reminder.words:
        return format_html(_("You wanted to get in touch with {name}: “{words}”"), name=name, words=reminder.words)
    return format_html(_("You wanted to get in touch with {name}"), name=name)


def _due(viewer: Viewer, subjects: Collection[int]) -> dict[int, Reminder]:
    """Those of the reader that wait, about people she still sees."""
    rows = Reminder.objects.due().filter(pk__in=subjects, owner=viewer.id).select_related("person")
    return {row.pk: row for row in rows.filter(person__in=people.visible_to(viewer).values("pk"))}


KINDS = [Kind(KIND, "clock", _say, lambda told: "/network/people/reminders/", _due, topic="reminders")]
