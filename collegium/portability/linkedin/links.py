"""Addresses in an archive: of people, of posts, of the web at large."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote, urlsplit

_PROFILE = re.compile(
    r"(?:https?:)?(?://)?(?:[a-z]{2,3}(?:-[a-z]{2})?\.)?linkedin\.com/in/(?P<slug>[^/?#\s]+)", re.IGNORECASE
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_][\w-]+(?::\d{1,5})?", re.IGNORECASE)
_BLANK = re.compile(r"[\s\x00-\x1f]")
_ACTIVITY = re.compile(r"(?:activity|share|ugcPost)[:-](\d{15,20})")


@lru_cache(maxsize=4096)
def slug(address: str) -> str:
    """The end of a profile's address, in one spelling: decoded, NFC, lower case; "" for any other address.

    Countries' subdomains, a missing scheme, percent signs and what follows the slug make no difference. Remembered: an
    archive of messages says the same addresses in every row.
    """
    found = _PROFILE.match(address.strip())
    if not found:
        return ""
    decoded = unicodedata.normalize("NFC", unquote(found["slug"], errors="replace")).lower()
    if "\ufffd" in decoded or len(decoded) > 200 or any(unicodedata.category(c)[0] in "CZ" for c in decoded):
        return ""
    return "" if "/" in decoded or decoded in (".", "..") else decoded


def web(address: str) -> str | None:
    """An address of the web with its scheme, or None when it is none: other schemes, words, nothing."""
    address = address.strip()
    if not address or _BLANK.search(address):
        return None
    if address.startswith("//"):
        address = "https:" + address
    elif not re.match(r"https?://", address, re.IGNORECASE):
        if _SCHEME.match(address) and not _HOST.match(address):
            return None
        address = "https://" + address
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname) and (_HOST.fullmatch(parts.hostname or "") is not None)
        _ = parts.port
    except ValueError:
        return None
    return address if named and "@" not in parts.netloc else None


def activity(address: str) -> str:
    """LinkedIn's number of the post an address leads to, or "".

    The first one stands for the post; a comment's address names its own number after it.
    """
    found = _ACTIVITY.search(unquote(address))
    return found[1] if found else ""


def written(activity_id: str) -> int | None:
    """When the thing with this number was made, in milliseconds since 1970; None when the number carries no time."""
    moment = int(activity_id) >> 22 if activity_id.isdecimal() else 0
    return moment if 1_000_000_000_000 < moment < 4_102_444_800_000 else None
