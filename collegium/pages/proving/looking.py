"""One look at a domain: the text in its zone, then the file on its website."""

import hmac
from typing import NamedTuple
from urllib.parse import urlsplit

from collegium.lib.fetch import PUBLIC, Policy, RefusedError, fetch
from collegium.pages.proving import names
from collegium.pages.proving.names import NoAnswerError, Texts

# Both are replaced in tests, which ask nobody.
policy: Policy = PUBLIC
texts: Texts = names.texts

LABEL, FILE = "_collegium-challenge", "/.well-known/collegium-challenge"
SECONDS, MOST_BYTES = 5.0, 4096
TYPES = ("text/plain", "application/octet-stream")


class Seen(NamedTuple):
    """What one look found.

    Attributes:
        way: "dns" or "file", by which the token was found; "" when it was not.
        dns: what the zone said: "found", "other" (texts, but none is the token), "none", "silent" (no answer).
        file: what the website said: "found", "other", or in one word why nothing came.
    """

    way: str
    dns: str
    file: str


def look(domain: str, token: str) -> Seen:
    """Look for the token; takes up to ten seconds, so never within a transaction.

    Args:
        domain: in ASCII.
        token: what must stand there.
    """
    zone = _zone(domain, token)
    if zone == "found":
        return Seen("dns", zone, "")
    file = _file(domain, token)
    return Seen("file" if file == "found" else "", zone, file)


def _zone(domain: str, token: str) -> str:
    try:
        found = texts(f"{LABEL}.{domain}", SECONDS)
    except NoAnswerError:
        return "silent"
    if any(_is(text, token) for text in found):
        return "found"
    return "other" if found else "none"


def _file(domain: str, token: str) -> str:
    """The file may be led on to within the domain and its "www."; what lies elsewhere shows nothing of this domain."""
    try:
        came = fetch(f"https://{domain}{FILE}", types=TYPES, most=MOST_BYTES, cut=True, seconds=SECONDS, policy=policy)
    except RefusedError as refused:
        return refused.reason
    place = urlsplit(came.url)
    if place.scheme != "https" or place.hostname not in (domain, f"www.{domain}"):
        return "elsewhere"
    lines = came.body.decode("ascii", "replace").splitlines()
    return "found" if any(_is(line, token) for line in lines) else "other"


def _is(text: str, token: str) -> bool:
    """Whether a line is the token, and nothing but it; in a time that does not tell how near it was."""
    return hmac.compare_digest(text.strip().encode(), token.encode())
