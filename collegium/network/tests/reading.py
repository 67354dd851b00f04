"""Reading pages as a person does, and making the past."""

import re
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.utils.html import strip_tags

from collegium.lib import clock, ids
from collegium.ties.models import Invitation

CHANGING = re.compile(
    r'(?<=csrfmiddlewaretoken" value=")[^"]+|(?<=nonce=")[^"]+|(?<="X-CSRFToken": ")[^"]+|(?<=data-session=")[^"]+'
)


def read(response: HttpResponse) -> str:
    """What a person reads on the page: words without tags, white space folded."""
    return " ".join(strip_tags(re.sub(r"<(script|style|head)\b.*?</\1>", "", response.text, flags=re.DOTALL)).split())


def bare(response: HttpResponse) -> bytes:
    """The bytes of an answer, without the tokens and nonces that differ from one answer to the next."""
    return CHANGING.sub("", response.text).encode()


def made_ago(invitation: Invitation, age: timedelta) -> Invitation:
    """The same invitation, sent that long ago."""
    return _sent(invitation, ids.instant(invitation.pk) - age)


def just_made(invitation: Invitation) -> Invitation:
    """The same invitation, sent this moment: the cast may have been standing for minutes."""
    return _sent(invitation, clock.now())


def _sent(invitation: Invitation, moment: datetime) -> Invitation:
    key = ids.floor_at(moment) | (invitation.pk & ((1 << ids.LOW_BITS) - 1))
    Invitation.objects.filter(pk=invitation.pk).update(id=key)
    return Invitation.objects.with_people().get(pk=key)
