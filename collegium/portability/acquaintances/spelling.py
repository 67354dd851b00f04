"""One spelling for each e-mail address, phone number and profile address, however somebody's address book writes it.

Knows nothing of Collegium: the locked-up child reads with it, too.
"""

import re
import unicodedata
from urllib.parse import unquote

MOST_EMAIL = 254
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"']{1,64}@(?:[\w-]{1,63}\.){1,10}[^\W\d_][\w-]{1,62}")
_PHONE = re.compile(r"\+[0-9]{8,15}")
_BETWEEN = re.compile(r"[\s().\-/\u2010-\u2015\u00a0]+")
_EXTENSION = re.compile(r"(?:;|,|ext\.?|x|#).*$", re.IGNORECASE | re.DOTALL)
_PROFILE = re.compile(r"linkedin\.com/in/([^/?#\s]+)", re.IGNORECASE)
MOST_SLUG = 200


def email(text: str) -> str:
    """An e-mail address as it is compared; "" for anything else.

    Args:
        text: the address alone, or between angle brackets after a name.
    """
    text = text.strip()
    if text[:7].lower() == "mailto:":
        text = text[7:].partition("?")[0]
    if text.endswith(">") and "<" in text:
        text = text[text.rindex("<") + 1 : -1]
    text = unicodedata.normalize("NFC", text.strip().strip("\"'")).casefold()
    return text if len(text) <= MOST_EMAIL and _EMAIL.fullmatch(text) else ""


def phone(text: str) -> str:
    """A number as it is dialled from anywhere, "+4917012345"; "" where the country is missing, or for anything else."""
    text = unicodedata.normalize("NFKC", text).strip()
    if text[:4].lower() == "tel:":
        text = text[4:]
    text = _BETWEEN.sub("", _EXTENSION.sub("", text.replace("(0)", "")))
    if text.startswith("00"):
        text = "+" + text[2:]
    return text if _PHONE.fullmatch(text) else ""


def is_national(text: str) -> bool:
    """Whether it is a number that says no country, so that it could be anybody's in another."""
    text = _BETWEEN.sub("", _EXTENSION.sub("", unicodedata.normalize("NFKC", text).strip()))
    return text.isascii() and text.isdigit() and 5 <= len(text) <= 15


def profile(text: str) -> str:
    """The end of a LinkedIn profile's address; "" for any other address."""
    found = _PROFILE.search(text)
    if not found:
        return ""
    slug = unicodedata.normalize("NFC", unquote(found[1], errors="replace")).strip("/").casefold()
    bad = "\ufffd" in slug or len(slug) > MOST_SLUG or any(unicodedata.category(letter)[0] in "CZ" for letter in slug)
    return "" if bad or "/" in slug or slug in (".", "..") else slug
