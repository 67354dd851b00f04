"""An address taken apart once: what is judged here is connected to, so no second reader can see another host."""

import re
from typing import NamedTuple
from urllib.parse import quote, urljoin

from collegium.lib.fetch.refused import RefusedError
from collegium.lib.text.hosts import ascii_host

LONGEST = 2048
PORTS = {"http": 80, "https": 443}
# Names that never belong to the public internet; some resolvers answer them from their own lists.
INWARD = frozenset({"localhost", "localdomain", "local", "internal", "intranet", "lan", "onion", "arpa", "alt"})
_SHAPE = re.compile(r"(https?)://([^/?#]+)([^#]*)(?:#.*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\<>\"^`{|}]")
_SAFE = "/%:@!$&'()*+,;=~-._?[]"


class Place(NamedTuple):
    """Where a request goes."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Host and port, as the `Host` header says them."""
        return self.host if self.port == PORTS[self.scheme] else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The address in one form, whichever way it was typed; without the fragment."""
        return f"{self.scheme}://{self.authority}{self.path}"


def place_of(url: str) -> Place:
    """Read an address.

    Names are brought to the form a browser would ask for. Addresses of machines pass only as four plain decimal
    numbers; every other notation (`0x7f.1`, `2130706433`, `0177.0.0.1`, `127.1`, `[::1]`) is refused unread.

    Raises:
        RefusedError: it is none that may be asked ("address").
    """
    shape = _SHAPE.fullmatch(url) if len(url) <= LONGEST and not _FORBIDDEN.search(url) else None
    if shape is None:
        raise RefusedError("address")
    scheme, authority, rest = shape[1].lower(), shape[2], shape[3]
    name, colon, port = authority.partition(":")
    # A trailing colon is a default port; anything else after it that is no number, and every `user@`, is refused.
    host = ascii_host(name) if 0 < len(name) <= 253 and "@" not in authority else None
    if host is None or host.rpartition(".")[2] in INWARD or (port and not _is_port(port)):
        raise RefusedError("address")
    path = quote(rest if rest.startswith("/") else f"/{rest}", safe=_SAFE, errors="replace")
    if len(path) > LONGEST:
        raise RefusedError("address")
    return Place(scheme, host, int(port) if colon and port else PORTS[scheme], path)


def onward(place: Place, location: str) -> Place:
    """Where a redirect leads, judged like any other address.

    Raises:
        RefusedError: nowhere that may be asked.
    """
    try:
        return place_of(urljoin(place.url, _readable(location)))
    except ValueError:
        raise RefusedError("address") from None


def _readable(location: str) -> str:
    """Headers come as Latin-1; servers that send letters of other scripts mean UTF-8."""
    try:
        return location.encode("latin-1").decode()
    except UnicodeError:
        return location


def _is_port(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 5 and 0 < int(text) <= 65535
