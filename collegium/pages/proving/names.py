"""Asking the domain name system for texts, behind one small function that tests replace.

The question goes to the resolver of this machine, or the one that the operator chose, and nowhere else, whatever the
answers say. An answer is one message of bounded size; what is read of it is bounded again, a chain of other names is
followed only within one answer and as far as the library does, and all of it ends at a deadline.
"""

from collections.abc import Callable, Sequence

import dns.exception
import dns.rdatatype
import dns.resolver
from django.conf import settings
from dns.rdtypes.txtbase import TXTBase

# Takes a name and seconds; gives the texts that stand there.
Texts = Callable[[str, float], Sequence[str]]

MOST_TEXTS, MOST_LETTERS = 50, 512
SECONDS = 5.0


class NoAnswerError(Exception):
    """Nobody could be asked, or nobody answered in time."""


def texts(name: str, seconds: float = SECONDS) -> Sequence[str]:
    """The texts at a name; none where there are none.

    Args:
        name: in ASCII.
        seconds: for everything together.

    Raises:
        NoAnswerError: nobody answered, or the answer was none.
    """
    return read(_resolver(), name, seconds)


def read(resolver: dns.resolver.Resolver, name: str, seconds: float) -> Sequence[str]:
    """As `texts`, by this resolver."""
    try:
        answer = resolver.resolve(name, dns.rdatatype.TXT, lifetime=seconds, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError, ValueError):
        raise NoAnswerError from None
    rows = [row for row, _place in zip(answer, range(MOST_TEXTS), strict=False) if isinstance(row, TXTBase)]
    return [b"".join(row.strings)[:MOST_LETTERS].decode("ascii", "replace") for row in rows]


def _resolver() -> dns.resolver.Resolver:
    """The one the operator chose, or that of this machine.

    Raises:
        NoAnswerError: there is none.
    """
    try:
        made = dns.resolver.Resolver(configure=settings.NAMESERVER is None)
    except (dns.exception.DNSException, OSError):
        raise NoAnswerError from None
    if settings.NAMESERVER is not None:
        address, made.port = settings.NAMESERVER
        made.nameservers = [address]
    made.cache = None
    return made
