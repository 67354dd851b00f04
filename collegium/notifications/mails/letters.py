"""A mail with news: what stands in it, its heads, and how it is ended.

One topic at once, or everything that was gathered for a day or a week. The key of its row is in the Message-ID, so that
a mail program folds what a server should ever deliver twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString

from collegium.lib import mail, unsubscribe
from collegium.lib.text import excerpt
from collegium.members.models import Member
from collegium.notifications import choices, kinds, words
from collegium.notifications.models import Choice, Letter, Notification
from collegium.notifications.topics import TOPICS, Topic, Words, default

AT_ONCE, GATHERED = "notifications/mails/news", "notifications/mails/gathered"
SETTINGS = "/notifications/settings/"
MOST = 25
SUBJECT = 120


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of news as a mail says it."""

    phrase: SafeString
    plain: str
    said: list[str]
    link: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Group:
    """The news of one topic, and the address that ends mails about it."""

    words: Words
    lines: list[Line]
    end: str


def purpose_of(topic: str) -> str:
    """The name of the purpose whose address ends mails about a topic, or a rhythm's."""
    return f"news{topic.replace('_', '')}"


def make(letter: Letter, member: Member, told: Sequence[Notification]) -> EmailMessage:
    """The mail; in the language and the time zone that are active.

    Args:
        letter: its row.
        member: to whom, with her account.
        told: what it tells, oldest first; what is beyond `MOST` is counted.
    """
    shown = choices.rest_of(member).shown
    groups = _groups(member, told[:MOST], shown)
    purpose, key = _ending(letter, member, told[0])
    context = {
        "groups": groups,
        "first": excerpt(groups[0].lines[0].plain, SUBJECT),
        "count": len(told),
        "rest": max(0, len(told) - MOST),
        "rhythm": letter.rhythm,
        "settings": mail.base_url() + SETTINGS,
        "end": unsubscribe.address(purpose, key),
    }
    template = AT_ONCE if letter.rhythm == Choice.Mail.AT_ONCE else GATHERED
    heads = unsubscribe.headers(purpose, key) | _heads(letter)
    return mail.compose(template, to=member.user.email, context=context, headers=heads)


def _groups(member: Member, told: Sequence[Notification], shown: str) -> list[Group]:
    """The news by topic, in the order of the settings."""
    by_topic: dict[str, list[Line]] = {name: [] for name in TOPICS}
    for row in told:
        by_topic[kinds.of(row.kind).topic].append(_line(row, shown))
    return [
        Group(TOPICS[name].words, lines, unsubscribe.address(purpose_of(name), chosen(member, TOPICS[name]).pk))
        for name, lines in by_topic.items()
        if lines
    ]


def _line(row: Notification, shown: str) -> Line:
    phrase = kinds.of(row.kind).phrase(row)
    link = mail.base_url() + row.path
    return Line(phrase, words.plain(phrase), words.of(row, shown), link, row.created_at)


def chosen(member: Member, topic: Topic) -> Choice:
    """Her choice as a row: what holds until she chooses is written down with the first mail, so that it can end."""
    held = default(member.pk, topic)
    held_values = {key: getattr(held, key) for key in ("in_app", "push", "mail", "whom")}
    row, _fresh = Choice.objects.get_or_create(member=member, topic=topic.name, defaults=held_values)
    return row


def _ending(letter: Letter, member: Member, first: Notification) -> tuple[str, int]:
    """What one press in the mail program ends: mails of this topic, or the daily or weekly mail."""
    row = chosen(member, TOPICS[kinds.of(first.kind).topic])
    name = row.topic if letter.rhythm == Choice.Mail.AT_ONCE else letter.rhythm
    return purpose_of(name), row.pk


def _heads(letter: Letter) -> dict[str, str]:
    """What says to servers and programs that a machine wrote this, of which sort it is, and which one it is."""
    host = urlsplit(mail.base_url()).hostname or "localhost"
    name = letter.topic if letter.rhythm == Choice.Mail.AT_ONCE else letter.rhythm
    return {
        "Message-ID": message_id(letter.pk),
        "List-Id": f"<{name.replace('_', '-')}.news.{host}>",
        "Precedence": "bulk",
        "X-Auto-Response-Suppress": "All",
    }


def message_id(key: int) -> str:
    """The same for the same mail, however often it is made; nobody can say it beforehand."""
    seal = salted_hmac("collegium.notifications.letter", str(key), algorithm="sha256").hexdigest()[:12]
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<news.{key}.{seal}@{domain}>"
