"""An address at work: read strictly, since a mail is sent to it, and made comparable without being kept."""

import hmac
import re
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings

from collegium.workplaces.domains import LONGEST, ascii_domain
from collegium.workplaces.models import ADDRESS_LIMIT

LONGEST_LOCAL = 64
# Plain words with dots between them. Quoted local parts, letters beyond ASCII and routes ("a%b", "a!b") exist on paper;
# no employer hands them out, and each is a way to smuggle something into a header or past the domain.
_WORD = r"[A-Za-z0-9#&'*+=?^_~-]+"
_LOCAL = re.compile(rf"{_WORD}(\.{_WORD})*")


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox; `domain` in ASCII."""

    local: str
    domain: str

    def __str__(self) -> str:
        return f"{self.local}@{self.domain}"

    @property
    def mark(self) -> str:
        """A keyed hash that is the same for every way to write this mailbox: capitals and "+tags" do not matter."""
        mailbox = self.local.partition("+")[0].lower() or self.local.lower()
        return keyed("address", f"{mailbox}@{self.domain}")


def read(text: str) -> Address | None:
    """The address that somebody typed; None for what is none, or none that a mail is safely sent to."""
    local, at, host = text.strip().rpartition("@")
    if not at or len(local) > LONGEST_LOCAL or len(host) > LONGEST or not _LOCAL.fullmatch(local):
        return None
    domain = ascii_domain(host)
    address = Address(local, domain)
    return address if domain and len(str(address)) <= ADDRESS_LIMIT else None


def keyed(purpose: str, text: str) -> str:
    """A hash that nobody can make or try out without the key of this community."""
    key = f"collegium.workplaces.{purpose}:{settings.SECRET_KEY}".encode()
    return hmac.new(key, text.encode(), sha256).hexdigest()
