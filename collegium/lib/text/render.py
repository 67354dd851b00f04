"""Cleaned text to HTML: paragraphs, line breaks, links, mentions, topics; nothing else can come out.

Elements: `p[dir]`, `br`, `a[href|rel|class]`, `bdi[dir]`. Every paragraph takes its direction from its own first
letter and every name and address stands in a `bdi`, so that no one's words can reorder what is around them.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote

from django.utils.safestring import SafeString, mark_safe
from markupsafe import escape

from collegium.lib.text.links import Link
from collegium.lib.text.tokens import MOST_MENTIONS, MOST_TOPICS, Token, tokens, topic_slug
from collegium.lib.text.unicode import MARKS

_PARAGRAPH = re.compile(r"\n{2,}")
_NEXT = '</p><p dir="auto">'
_CLINGS = re.compile(rf"[{MARKS}\u200c\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")


class Mention(NamedTuple):
    """A person that a text may call: where the name leads, and the name."""

    path: str
    name: str


class Rendered(NamedTuple):
    """A text ready for the page, and what was found in it (once each, in order)."""

    html: SafeString
    mentions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def render(text: str, mentions: Mapping[str, Mention] | None = None) -> Rendered:
    """Turn cleaned text into HTML.

    Args:
        text: what `clean_text` returned.
        mentions: the people who may be called, by handle; every other `@word` stays a word.
    """
    text = text.replace("\r\n", "\n").strip("\n")
    if not text:
        return Rendered(mark_safe(""))
    known = mentions or {}
    handles: dict[str, None] = {}
    slugs: dict[str, None] = {}
    links: dict[str, None] = {}
    parts, last = ['<p dir="auto">'], 0
    for token in tokens(text):
        if token.link is not None:
            html = _link(token.link)
            links[token.link.href] = None
        elif token.topic:
            slug = topic_slug(token.topic)
            if slug not in slugs and len(slugs) >= MOST_TOPICS:
                continue
            slugs[slug] = None
            html = _topic(token, slug)
        else:
            person = known.get(token.handle)
            if person is None or (token.handle not in handles and len(handles) >= MOST_MENTIONS):
                continue
            handles[token.handle] = None
            html = f'<a class="mention" href="{escape(person.path)}"><bdi>{escape(person.name)}</bdi></a>'
        parts += (_plain(text[last : token.start]), html)
        last = token.end
    parts += (_plain(text[last:]), "</p>")
    return Rendered(mark_safe("".join(parts)), tuple(handles), tuple(slugs), tuple(links))  # noqa: S308 - every part is escaped above


def excerpt(text: str, limit: int) -> str:
    """The beginning of a text as one line of at most `limit` code points, cut between words where possible."""
    line = " ".join(text[: 4 * limit + 100].split())
    if len(line) <= limit:
        return line
    end = limit - 1
    while end > 0 and (_CLINGS.match(line, end) or line[end - 1] == "\u200d"):
        end -= 1
    space = line.rfind(" ", end * 2 // 3, end + 1)
    return line[: space if space > 0 else end].rstrip(" ,;:.-–—") + "…"


def _plain(text: str) -> str:
    """Words between tokens."""
    html = str(escape(text))
    if "\n" in html:
        html = _PARAGRAPH.sub(_NEXT, html).replace("\n", "<br>")
    return html


def _link(link: Link) -> str:
    """An address; host and path are isolated from each other when either could run right to left."""
    host, rest = escape(link.host), escape(link.rest)
    shown = f"{host}{rest}" if link.host.isascii() and link.rest.isascii() else f"<bdi>{host}</bdi>{rest}"
    return f'<a href="{escape(link.href)}" rel="nofollow noopener ugc"><bdi dir="ltr">{shown}</bdi></a>'


def _topic(token: Token, slug: str) -> str:
    return f'<a class="topic" href="/topics/{quote(slug, safe="")}/"><bdi>#{escape(token.topic)}</bdi></a>'
