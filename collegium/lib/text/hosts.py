"""Host names: which can be linked, and how they are shown so that nobody mistakes one for another.

A link shows the host it leads to, never the one its author would like the reader to see. Names in other scripts are
shown in their script only when every label keeps to one script and cannot pass for Latin; otherwise as `xn--…`.
"""

import ipaddress
import re
import unicodedata
from functools import lru_cache

import idna

_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{1,58}}[a-z0-9])")
_LONGEST_SHOWN = 40

# Cyrillic and Greek letters that look like Latin ones; a label made of them alone is shown encoded.
_LATIN_LOOKALIKES = frozenset("асԁеһіјӏорԛѕԝхуъЬҽпгѵѡкмтвнԍɡ" + "αβγηικνορτυχω" + "օսոհցյզբո")
_PLAIN_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_" + "".join(map(chr, range(0xDF, 0x180)))) - frozenset(
    "ıĸŀŉſ÷"
)
_TOGETHER = (
    frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"}),
    frozenset({"CJK", "BOPOMOFO"}),
    frozenset({"CJK", "HANGUL"}),
)


@lru_cache(maxsize=2048)
def ascii_host(host: str) -> str | None:
    """The host as a browser would ask for it (lower case, punycode); None when it cannot be linked.

    Only names with a dot and an alphabetic top level, and dotted IPv4 addresses, pass: a browser would read other
    forms (`0x7f.1`, `2130706433`) as an address that does not look like one.
    """
    host = host.lower().rstrip(".")
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True, std3_rules=True).decode()
        except (idna.IDNAError, UnicodeError):
            return None
    if len(host) <= 253 and _HOST.fullmatch(host):
        return host
    return host if _is_dotted_address(host) else None


def _is_dotted_address(host: str) -> bool:
    if not re.fullmatch(r"\d{1,3}(?:\.\d{1,3}){3}", host):
        return False
    try:
        return str(ipaddress.IPv4Address(host)) == host
    except ValueError:
        return False


@lru_cache(maxsize=2048)
def shown_host(host: str) -> str:
    """An ASCII host for the eye. A long one loses its beginning, because its end says whose it is."""
    shown = ".".join(_shown_label(label) for label in host.split("."))
    if len(shown) <= _LONGEST_SHOWN:
        return shown
    tail = shown[-_LONGEST_SHOWN:]
    _cut, dot, whole = tail.partition(".")
    return "…" + (dot + whole if "." in whole else shown)


def _shown_label(label: str) -> str:
    """A label in its own script when that is safe."""
    if not label.startswith("xn--"):
        return label
    try:
        decoded = idna.decode(label)
    except (idna.IDNAError, UnicodeError):
        return label
    return decoded if _is_unmistakable(decoded) else label


def _is_unmistakable(label: str) -> bool:
    """One script (or scripts that are written together), and not an imitation of Latin."""
    letters = [char for char in label if not (char.isascii() and (char.isdigit() or char == "-"))]
    scripts = {_script(char) for char in letters}
    if scripts == {"LATIN"}:
        return all(char in _PLAIN_LATIN for char in letters)
    if scripts <= {"CYRILLIC"} or scripts <= {"GREEK"} or scripts <= {"ARMENIAN"}:
        return not all(char in _LATIN_LOOKALIKES for char in letters)
    return len(scripts) == 1 or any(scripts <= allowed for allowed in _TOGETHER)


def _script(char: str) -> str:
    """The script of a character as the first word of its Unicode name; marks belong to any."""
    return unicodedata.name(char, "UNNAMED").split(" ", 1)[0]
