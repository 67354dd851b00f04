"""Web and mail addresses in running text.

The address is taken apart and put together again by us, so that what is shown and what the browser opens come from
the same parts. (linkify-it needs up to 700 ms for 20,000 hostile characters; here nothing is read twice.)
"""

import re
from typing import NamedTuple
from urllib.parse import quote, unquote

from collegium.lib.text.hosts import ascii_host, shown_host
from collegium.lib.text.unicode import MARKS

LONGEST = 2048
_LONGEST_REST = 28
_SAFE = "/%:@!$&'()*+,;=~-._?"

# Ends at white space, at what may never be in an address, and at the punctuation of other scripts.
_RUN = re.compile(
    r"""[^\s<>"`{}|\\^\x00-\x1f\u2018-\u201f\u2026\u3001-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff20\uff5b-\uff65]{1,2049}+"""
)
_ENDING = re.compile(r"[.,;:!?'*_~]")
_PAIRS = {")": "(", "]": "["}
_READABLE = re.compile(rf"[\w{MARKS}/.~!$&'()*+,;=:@%?#\[\]-]*")
_DOMAIN = re.compile(r"[a-z0-9-]++(?:\.[a-z0-9-]++)++", re.IGNORECASE)
_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-")
_LABEL = _LOCAL - frozenset("._+")
_WORD_BEFORE = re.compile(r"[\w@/\\:.=&%+-]")

# Without a scheme only endings that are hardly ever the first word of a sentence or a file's ending.
_FAMILIAR = frozenset(
    """
    com org net edu gov int info museum coop eu uk de fr nl ch es pt cz se dk ie ca au nz jp br mx ar cl cn kr
    tw sg za ru ua gr hu ro bg hr lt lv ee
    """.split()  # noqa: SIM905 - words read best as words
)


class Link(NamedTuple):
    """Where it leads, and the two parts it is shown as."""

    href: str
    host: str
    rest: str


def read_url(text: str, start: int, scheme_end: int) -> tuple[Link | None, int]:
    """Read the address whose scheme stands at `text[start:scheme_end]`; with it the place to read on from."""
    run = _RUN.match(text, scheme_end)
    if run is None or len(run[0]) > LONGEST:
        return None, run.end() if run else scheme_end
    tail = _trimmed(run[0])
    scheme = "https" if text[start : start + 5].lower() == "https" else "http"
    link = _link(scheme, tail)
    return link, scheme_end + len(tail) if link else scheme_end


def read_bare(text: str, dot: int, floor: int) -> tuple[tuple[int, Link] | None, int]:
    """Read `example.org/page` around the dot at `dot`, beginning not before `floor`."""
    start = _back(text, dot, floor, _LABEL, 63)
    domain = _DOMAIN.match(text, start)
    if domain is None or start == dot or (start > 0 and _WORD_BEFORE.match(text, start - 1)):
        return None, domain.end() if domain else dot + 1
    host, end = domain[0], domain.end()
    if text.startswith("@", end) or not _looks_meant(host, text[end : end + 1]) or ascii_host(host) is None:
        return None, end
    run = _RUN.match(text, start)
    if run is None or len(run[0]) > LONGEST:
        return None, run.end() if run else end
    tail = _trimmed(run[0])
    link = _link("https", tail)
    return ((start, link), start + len(tail)) if link else (None, end)


def read_mail(text: str, at: int, floor: int) -> tuple[tuple[int, Link] | None, int]:
    """Read `ada@example.org` around the sign at `at`."""
    start = _back(text, at, floor, _LOCAL, 64)
    while start < at and text[start] in ".-+":
        start += 1
    before = text[start - 1 : start] if start else ""
    domain = _DOMAIN.match(text, at + 1)
    if start == at or domain is None or before in ("@", "/"):
        return None, at + 1
    host = ascii_host(domain[0].rstrip("-"))
    local = text[start:at]
    if host is None or local.endswith(".") or before.isalnum():
        return None, at + 1
    link = Link(f"mailto:{quote(local, safe='+')}@{host}", f"{local}@{domain[0].rstrip('-')}", "")
    if start >= 7 and text[start - 7 : start].lower() == "mailto:" and start - 7 >= floor:
        start -= 7
    return (start, link), at + 1 + len(domain[0].rstrip("-"))


def whole(text: str) -> Link | None:
    """A text that is one web address and nothing else, with or without its scheme; None when it is none."""
    scheme, found, tail = text.partition("://")
    scheme, tail = (scheme.lower(), tail) if found else ("https", text)
    if scheme not in ("http", "https") or not _RUN.fullmatch(tail) or "@" in re.split("[/?#]", tail)[0]:
        return None
    return _link(scheme, tail)


def _looks_meant(host: str, following: str) -> bool:
    """Whether words joined by dots are an address rather than a missing space."""
    ending = host.rpartition(".")[2]
    if host[:4].lower() == "www." or ending in _FAMILIAR:
        return True
    return following == "/" and len(ending) == 2 and ending.isalpha()


def _back(text: str, end: int, floor: int, allowed: frozenset[str], most: int) -> int:
    """Where the run of allowed characters before `end` begins."""
    start, least = end, max(floor, end - most)
    while start > least and text[start - 1] in allowed:
        start -= 1
    return start


def _trimmed(run: str) -> str:
    """Without the punctuation of the sentence around it; brackets stay where they are in pairs."""
    end = len(run)
    surplus = {close: run.count(close) - run.count(open_) for close, open_ in _PAIRS.items()}
    while end > 0:
        last = run[end - 1]
        if surplus.get(last, 0) > 0:
            surplus[last] -= 1
        elif not _ENDING.match(last):
            break
        end -= 1
    return run[:end]


def _link(scheme: str, tail: str) -> Link | None:
    """Put host, port and the rest together; who claims to be signed in (`user@`) is left out."""
    cut = next((at for at, char in enumerate(tail) if char in "/?#"), len(tail))
    authority, rest = tail[:cut].rpartition("@")[2], tail[cut:]
    name, colon, port = authority.partition(":")
    host = ascii_host(name) if name and len(name) <= 253 else None
    if host is None or (colon and not _is_port(port)):
        return None
    shown_port = f":{port}" if port and port != {"http": "80", "https": "443"}[scheme] else ""
    path, sharp, fragment = rest.partition("#")
    encoded = quote(path, safe=_SAFE, errors="replace")
    if sharp:
        encoded += "#" + quote(fragment, safe=_SAFE, errors="replace")
    return Link(f"{scheme}://{host}{shown_port}{encoded}", shown_host(host) + shown_port, _shown_rest(rest))


def _is_port(port: str) -> bool:
    return port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) <= 65535


def _shown_rest(rest: str) -> str:
    """Path and query for the eye: readable where they can be, short."""
    if rest == "/":
        return ""
    if "%" in rest:
        try:
            readable = unquote(rest, errors="strict")
        except UnicodeDecodeError:
            readable = rest
        rest = readable if _READABLE.fullmatch(readable) else rest
    return rest if len(rest) <= _LONGEST_REST else rest[: _LONGEST_REST - 1] + "…"
