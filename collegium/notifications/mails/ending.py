"""What ends when the address in a mail with news is pressed: mails about one topic, the daily or the weekly mail."""

from functools import partial

from django.utils.translation import gettext as _

from collegium.lib.unsubscribe import Purpose
from collegium.notifications import actions
from collegium.notifications.mails.letters import SETTINGS, purpose_of
from collegium.notifications.models import Choice
from collegium.notifications.topics import TOPICS, Topic


def _words(topic: Topic) -> str:
    return _("Mails with news about “%(topic)s”") % {"topic": topic.words}


NEWS = [
    *(Purpose(purpose_of(name), partial(_words, topic), actions.end_topic, SETTINGS) for name, topic in TOPICS.items()),
    Purpose(
        purpose_of(Choice.Mail.DAILY),
        lambda: _("The daily mail with news"),
        lambda key: actions.end_rhythm(key, Choice.Mail.DAILY),
        SETTINGS,
    ),
    Purpose(
        purpose_of(Choice.Mail.WEEKLY),
        lambda: _("The weekly mail with news"),
        lambda key: actions.end_rhythm(key, Choice.Mail.WEEKLY),
        SETTINGS,
    ),
]
