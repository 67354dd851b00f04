"""What a page says of itself: Open Graph, Twitter's names, its title. Read without building the page.

A stranger wrote it, so it is read once from front to back, never twice at the same place, and only as far as its head:
what people write into the body of a page does not speak for the page.
"""

import codecs
import html
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from django.core.exceptions import ValidationError

from collegium.lib.fetch import Fetched, RefusedError, place_of
from collegium.lib.text import excerpt
from collegium.lib.text.clean import clean_line
from collegium.lib.text.hosts import shown_host
from collegium.previews.models import DESCRIPTION, SITE, TITLE

MOST_BYTES = 768 * 1024
MOST_TAGS = 3000
# Enough of a value to find the beginning of every text kept.
_VALUE = 4000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,30})")
# Every quote that opens closes the one before it, so an open end is looked for at most once a kind.
_ATTRIBUTE = re.compile(r"""[\s/]*+([^\s"'>/=]{1,60})(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?""")
# What is no markup inside; their end is looked for, and the reading stops where there is none.
_RAW = {
    name: re.compile(rf"</{name}", re.IGNORECASE)
    for name in ("script", "style", "textarea", "template", "svg", "noscript", "title")
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?([a-zA-Z0-9_.:-]{1,40})""", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Python knows codecs that are no charsets, and some that take long; these are the ones pages are written in.
_CHARSETS = re.compile(
    r"utf-8|utf-16(-[lb]e)?|ascii|iso8859-\d{1,2}|cp125\d|cp874|cp949|koi8-[rut]|mac-roman"
    r"|shift_jis|cp932|euc_jp|iso2022_jp|euc_kr|gb2312|gbk|gb18030|big5|big5hkscs|tis-620"
)

_TITLES = ("og:title", "twitter:title", "<title>")
_DESCRIPTIONS = ("og:description", "twitter:description", "description")
_IMAGES = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")


@dataclass(frozen=True)
class Said:
    """What a page says of itself, bounded and clean; `image` is an address that may be asked for, or empty."""

    title: str
    description: str
    site: str
    image: str


def read(fetched: Fetched) -> Said:
    """Read a page."""
    said = _gather(_decoded(fetched))
    host = shown_host(place_of(fetched.url).host)
    return Said(
        title=_first(said, _TITLES, TITLE),
        description=_first(said, _DESCRIPTIONS, DESCRIPTION),
        site=_first(said, ("og:site_name",), SITE) or host[-SITE:],
        image=next((found for name in _IMAGES if (found := _address(fetched.url, said.get(name, "")))), ""),
    )


def _decoded(fetched: Fetched) -> str:
    """The text, by what the server says, or the page, or as UTF-8."""
    body = fetched.body[:MOST_BYTES]
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, errors="replace")
    inside = _CHARSET.search(body[:4096])
    for named in (fetched.charset, inside[1].decode() if inside else ""):
        if codec := _codec(named):
            return body.decode(codec, errors="replace")
    return body.decode(errors="replace")


def _codec(name: str) -> str:
    """The codec for a declared charset, as browsers understand the word; empty when it is none."""
    try:
        found = codecs.lookup(name).name if name else ""
    except (LookupError, ValueError):
        return ""
    # What calls itself Latin-1 is Windows' on the web.
    found = {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(found, found)
    return found if _CHARSETS.fullmatch(found) else ""


def _gather(text: str) -> dict[str, str]:
    """Names and contents, the first of each name."""
    said: dict[str, str] = {}
    for name, attributes, inside in _head(text):
        if name == "title":
            said.setdefault("<title>", inside)
            continue
        key = (attributes.get("property") or attributes.get("name") or "").strip().lower()
        if key and (content := attributes.get("content", "").strip()):
            said.setdefault(key, content)
    return said


def _head(text: str) -> Iterator[tuple[str, Mapping[str, str], str]]:
    """The `meta` and `title` elements of the head, in order."""
    at = 0
    for _count in range(MOST_TAGS):
        tag, at = _next_tag(text, at)
        if tag is None or tag[2].lower() == "body" or (tag[1] and tag[2].lower() == "head"):
            return
        name = tag[2].lower()
        attributes, at = _attributes(text, tag.end())
        if name in _RAW and not tag[1]:
            end = _RAW[name].search(text, at)
            if end is None:
                return
            if name == "title":
                yield name, {}, text[at : min(end.start(), at + _VALUE)].lstrip(">")
            at = end.end()
        elif name == "meta":
            yield name, attributes, ""


def _next_tag(text: str, at: int) -> tuple[re.Match[str] | None, int]:
    """The next tag that is not in a comment, and where it was looked for; none when there is no more."""
    for _count in range(MOST_TAGS):
        at = text.find("<", at)
        if at < 0:
            break
        if text.startswith("<!--", at):
            end = text.find("-->", at + 4)
            if end < 0:
                break
            at = end
        elif tag := _TAG.match(text, at):
            return tag, at
        else:
            at += 1
    return None, at


def _attributes(text: str, at: int) -> tuple[dict[str, str], int]:
    """The attributes of a tag, and where they end."""
    found: dict[str, str] = {}
    for _count in range(30):
        match = _ATTRIBUTE.match(text, at)
        if match is None:
            break
        found.setdefault(match[1].lower(), match[2] or match[3] or match[4] or "")
        at = match.end()
    return found, at


def _first(said: Mapping[str, str], names: tuple[str, ...], limit: int) -> str:
    """The first of these that says something, as one clean line."""
    return next((line for name in names if (line := _line(said.get(name, ""), limit))), "")


def _line(text: str, limit: int) -> str:
    """A value as one line within its bound; what cannot be cleaned says nothing."""
    text = _CONTROL.sub(" ", html.unescape(text[:_VALUE]))
    text = unicodedata.normalize("NFC", excerpt(text, limit))
    try:
        return clean_line(text[:limit], limit)
    except ValidationError:
        return ""


def _address(base: str, text: str) -> str:
    """An address on the page, whole; empty when it is none that may be asked for."""
    try:
        return place_of(urljoin(base, html.unescape(text.strip()))).url if text.strip() else ""
    except (RefusedError, ValueError):
        return ""
