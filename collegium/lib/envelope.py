"""The sender on the envelope of a mail: where it goes when it comes back, with a signed key of the address in it.

Servers send a mail that cannot be delivered back to the sender on its envelope, often without saying clearly for whom
it was. Each address therefore gets a sender of its own, `bounces+<key>@…`. The key says nothing to others, and nobody
else can make one: whoever sends a made-up report stops nobody's mails.
"""

import re
from base64 import b32encode

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_BYTES = 15
_KEY = re.compile(r"\+([a-z2-7]{24})@")


def sender(address: str) -> str:
    """The sender for mails to this address; empty where the operator named no address for what comes back."""
    local, at, domain = settings.MAIL_BOUNCES.rpartition("@")
    return f"{local}+{key(address)}@{domain}" if at else ""


def key(address: str) -> str:
    """The signed key of an address, however its letters are written."""
    digest = salted_hmac("collegium.lib.envelope", address.strip().lower(), algorithm="sha256").digest()
    return b32encode(digest[:_BYTES]).decode().lower()


def keys_in(text: str) -> list[str]:
    """What looks like a key in the addresses of a header."""
    return _KEY.findall(text.lower())


def is_key_of(found: str, address: str) -> bool:
    """Whether this key was made for this address."""
    return constant_time_compare(found, key(address))
