"""Conversations for tests, made through the verbs."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from collegium.lib import ids
from collegium.members.models import Member
from collegium.messaging.actions import approaching, talking
from collegium.messaging.models import Conversation, Message, Request

WORDS = "Good morning. I read your piece on tides and would like to ask about one figure in it."


def two(one: Member, other: Member, *texts: str) -> Conversation:
    """The conversation of two who are connected, with things said in turns."""
    row = talking.begin(one, [other])
    for place, text in enumerate(texts):
        talking.write(row, by=(one, other)[place % 2], text=text)
    return row


def group(host: Member, *others: Member, name: str = "Tides", texts: int = 0) -> Conversation:
    """A group of the host's connections, in which everybody has said something in turns."""
    row = talking.begin(host, list(others), name=name)
    for place in range(texts):
        talking.write(row, by=(host, *others)[place % (1 + len(others))], text=f"Word {place}")
    return row


def asked(sender: Member, recipient: Member, text: str = WORDS, **more: Any) -> Request:
    """A first message."""
    return approaching.approach(recipient, by=sender, text=text, **({"purpose": "advice"} | more))


def made_ago(row: Request, ago: timedelta) -> Request:
    """The same request, written that long ago."""
    key = row.pk - (int(ago.total_seconds() * 1000) << ids.LOW_BITS)
    Request.objects.filter(pk=row.pk).update(id=key)
    return Request.objects.get(pk=key)


def sent_ago(message: Message, ago: timedelta) -> Message:
    """The same message, said that long ago."""
    key = message.pk - (int(ago.total_seconds() * 1000) << ids.LOW_BITS)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE messaging_message SET id = %s WHERE id = %s", [key, message.pk])
    return Message.objects.select_related("conversation").get(pk=key)


def key(number: int) -> UUID:
    """A key as a page makes one."""
    return UUID(int=number)
