"""A mail that somebody sends herself: to see how they look, and to show that mails arrive after some came back."""

from datetime import datetime

from django.core.mail import EmailMessage
from django.core.signing import BadSignature, Signer

from collegium.lib import mail
from collegium.members.models import Member
from collegium.notifications.bounces import noting
from collegium.notifications.mails.letters import SETTINGS

TEMPLATE = "notifications/mails/trial"
HIGHEST = (1 << 63) - 1
_signer = Signer(salt="collegium.notifications.arrived", sep=".")


def make(member: Member, when: datetime) -> EmailMessage:
    """The mail; in the language and the time zone that are active."""
    row = noting.stopped(member)
    arrived = f"{mail.base_url()}/notifications/arrived/{_signer.sign(str(row.pk))}/" if row is not None else ""
    context = {"arrived": arrived, "when": when, "settings": mail.base_url() + SETTINGS}
    return mail.compose(TEMPLATE, to=member.user.email, context=context, headers={"Auto-Submitted": "auto-replied"})


def row_of(token: str) -> int:
    """The row that an address in such a mail is about; 0 when it was not signed here."""
    try:
        number = _signer.unsign(token)
    except BadSignature:
        return 0
    return int(number) if number.isdecimal() and int(number) <= HIGHEST else 0
