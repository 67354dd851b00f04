"""Markdown to HTML that may stand in any page: written by mistune without raw HTML, then cleaned by nh3.

Each would be enough alone: the writer below makes only the elements of `TAGS` and escapes everything else, and the
cleaner knows nothing but `TAGS`. No picture comes out (words stand for it), no style, no class, no id but those that
are numbered or begin with `s-` here, and no link but to the web, to a mail address or within this site.
"""

import html
import re
import unicodedata
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from mistune import HTMLRenderer, Markdown
from mistune.plugins.footnotes import footnotes
from mistune.plugins.formatting import strikethrough
from mistune.plugins.table import table
from mistune.plugins.task_lists import task_lists

from collegium.lib.text.links import LONGEST, whole

# More than a page can bear; only tables and lists of nothing come near.
MOST_HTML = 2_000_000
# What links may weigh together: one long address can be called by a short name again and again.
MOST_IN_LINKS = 300_000
MOST_HEADINGS = 500
REL = "nofollow ugc noopener"
DEEPEST = 12
_LONGEST_TITLE = 200
_LONGEST_ID = 60

TAGS = frozenset(
    "p h2 h3 h4 em strong del a code pre blockquote ul ol li hr br sup section div table thead tbody tr th td".split()  # noqa: SIM905 - words read best as words
)
_ALIGNED = frozenset({"at-start", "at-center", "at-end"})
ATTRIBUTES = {
    "a": {"href", "title"},
    "ol": {"start"},
    **{tag: {"id"} for tag in ("h2", "h3", "h4", "sup", "li")},
}
VALUES = {"div": {"tabindex": {"0"}}, "pre": {"tabindex": {"0"}}}
CLASSES = {"li": {"task"}, "div": {"across"}, "section": {"notes"}, "th": set(_ALIGNED), "td": set(_ALIGNED)}
SCHEMES = frozenset({"http", "https", "mailto"})

_HEADING = re.compile(r'<h([234]) id="(s-[^"]*)">(.*?)</h\1>', re.DOTALL)
_ID = re.compile(r"s-[\w-]{1,80}|fn(?:ref)?-[0-9]{1,6}")
_HERE = re.compile(r"/(?![/\\])[^\\\x00-\x20]*|#[^\\\x00-\x20]+")
_MAIL = re.compile(r"mailto:[a-z0-9._+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_BLOCK = re.compile(r"</?(?:p|h[1-6]|li|ul|ol|pre|blockquote|div|section|t[a-z]+|br|hr)\b[^>]*>")
_NOT_A_WORD = re.compile(r"[\W_]+")
_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]")
WORDS_A_MINUTE = 220
LETTERS_A_MINUTE = 480


class TooMuch(ValueError):  # noqa: N818 - reads as what it is
    """More comes out than a page can bear."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a text: 2 to 4, where it stands, and its words."""

    level: int
    id: str
    words: str

    @property
    def href(self) -> str:
        """The way to it on its own page."""
        return f"#{quote(self.id)}"


@dataclass(frozen=True, slots=True)
class Written:
    """A text ready for the page.

    Attributes:
        html: clean.
        headings: those with words, in order.
        words: how many there are to read.
        minutes: about how long that takes; at least one.
        pictures: how many pictures its source names, none of which is shown.
    """

    html: SafeString
    headings: tuple[Heading, ...] = ()
    words: int = 0
    minutes: int = 1
    pictures: int = 0


def render(source: str) -> Written:
    """Turn cleaned Markdown (`clean_text`) into HTML.

    Raises:
        TooMuch: what comes out would be longer than `MOST_HTML`.
    """
    pen = Pen()
    made = str(_writer(pen)(source.replace("\0", "")))
    if len(made) > MOST_HTML:
        raise TooMuch
    clean = _cleaner.clean(made)
    words, minutes = _reading(plain(clean))
    return Written(mark_safe(clean), tuple(pen.headings), words, minutes, pen.pictures)  # noqa: S308 - cleaned in the line above


def plain(clean: str) -> str:
    """The words of clean HTML; blocks are parted, words with marks in them are not."""
    return html.unescape(_TAG.sub("", _BLOCK.sub(" ", clean)))


def headings_of(clean: str) -> tuple[Heading, ...]:
    """The headings of what `render` made, read off it again."""
    found = _HEADING.finditer(clean)
    return tuple(Heading(int(each[1]), each[2], " ".join(plain(each[3]).split())) for each in found)


def leads_to(address: str) -> str:
    """The address a link may have: of the web, of a mailbox, or within this site; "" for all others."""
    if len(address) > LONGEST:
        return ""
    if _HERE.fullmatch(address):
        return address
    if _MAIL.fullmatch(address):
        return "mailto:" + address[7:]
    link = whole(address) if address[:8].lower().startswith(("http://", "https://")) else None
    return link.href if link is not None else ""


class Pen(HTMLRenderer):
    """Writes the elements of `TAGS`, and remembers the headings of one text."""

    def __init__(self) -> None:
        super().__init__(escape=True)
        self.headings: list[Heading] = []
        self.pictures = 0
        self._ids: set[str] = set()
        self._links = 0
        self.called: set[int] = set()
        self._lift = 1

    def look(self, tokens: list[dict[str, Any]]) -> None:
        """See which headings are the highest: they stand right below the title, whether written with one # or two."""
        found, waiting = [], list(tokens)
        while waiting:
            token = waiting.pop()
            waiting += token.get("children", ())
            if token["type"] == "heading":
                found.append(int(token["attrs"]["level"]))
        self._lift = 2 - min(found, default=1)

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """A link where it may lead there; its words alone where not, or where there are far too many."""
        address = leads_to(url)
        title = title if title and len(title) <= _LONGEST_TITLE else None
        self._links += len(address) + len(title or "")
        if not address or self._links > MOST_IN_LINKS:
            return text
        return f"<a{self.render_attrs({'href': address, 'title': title})}>{text}</a>"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """What it shows, in words: nothing is loaded from elsewhere."""
        self.pictures += 1
        return _TAG.sub("", text)

    def heading(self, text: str, level: int, **_attrs: Any) -> str:
        """Below the title of the page, whose place nobody takes, and no lower than the fourth; with an id of ours."""
        tag = min(max(level + self._lift, 2), 4)
        words = " ".join(html.unescape(_TAG.sub("", text)).split())
        if not words or len(self.headings) >= MOST_HEADINGS:
            return f"<h{tag}>{text}</h{tag}>\n" if words else ""
        made = Heading(tag, self._id(words), words)
        self.headings.append(made)
        return f'<h{tag} id="{made.id}">{text}</h{tag}>\n'

    def block_code(self, code: str, info: str | None = None) -> str:
        """Code, which may be wider than the page, so that it can be reached by keyboard and moved."""
        return f'<pre tabindex="0"><code>{html.escape(code)}</code></pre>\n'

    def task_list_item(self, text: str, checked: bool = False) -> str:
        """A thing to do, or done, as a sign."""
        return f'<li class="task">{"☑" if checked else "☐"} {text}</li>\n'

    def _id(self, words: str) -> str:
        """A place in the text that no other has; it cannot be taken for anything of the page."""
        folded = unicodedata.normalize("NFKC", words).casefold()
        base = "s-" + (_NOT_A_WORD.sub("-", folded).strip("-")[:_LONGEST_ID].strip("-") or "1")
        found, number = base, 1
        while found in self._ids:
            number += 1
            found = f"{base}-{number}"
        self._ids.add(found)
        return found


def _writer(pen: Pen) -> Markdown:
    """A writer for one text: what is nested deeper than anybody writes stays as it was typed."""
    made = Markdown(pen)
    for plugin in (strikethrough, table, footnotes, task_lists):
        plugin(made)
    made.block.max_nested_level = made.inline.max_nested_level = DEEPEST
    made.before_render_hooks.append(lambda _writer, state: pen.look(state.tokens))
    pen.register("task_list_item", lambda _pen, text, checked=False: pen.task_list_item(text, checked))
    pen.register("table", lambda _pen, text: f'<div class="across" tabindex="0"><table>\n{text}</table></div>\n')
    pen.register("table_cell", _cell)
    pen.register("footnote_ref", _call)
    pen.register("footnote_item", _note)
    pen.register("footnotes", lambda _pen, text: f'<section class="notes"><hr>\n<ol>\n{text}</ol></section>\n')
    return made


def _cell(_pen: Any, text: str, align: str | None = None, head: bool = False) -> str:
    tag = "th" if head else "td"
    place = {"left": "start", "right": "end"}.get(align or "", align)
    return f'<{tag} class="at-{place}">{text}</{tag}>' if place else f"<{tag}>{text}</{tag}>"


def _call(pen: Any, _key: str, index: int) -> str:
    """The number of a note; the first call of it is where its way back leads."""
    mark = "" if index in pen.called else f' id="fnref-{index}"'
    pen.called.add(index)
    return f'<sup{mark}><a href="#fn-{index}">{index}</a></sup>'


def _note(_pen: Any, text: str, key: str, index: int) -> str:
    back = f'<a href="#fnref-{index}" title="{html.escape(_("Back to the text"))}">↩</a>'
    body = text.rstrip()
    inside = f"{body[:-4]} {back}</p>" if body.endswith("</p>") else f"{body} {back}"
    return f'<li id="fn-{index}">{inside}</li>\n'


def _allowed(_tag: str, name: str, value: str) -> str | None:
    """The last word on an attribute."""
    if name == "href":
        return leads_to(value) or None
    if name == "id":
        return value if _ID.fullmatch(value) else None
    if name == "start":
        return value if value.isascii() and value.isdigit() and len(value) < 10 else None
    return value


_cleaner = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags={"script", "style"},
    attributes=ATTRIBUTES,
    attribute_filter=_allowed,
    tag_attribute_values=VALUES,
    allowed_classes=CLASSES,
    url_schemes=set(SCHEMES),
    link_rel=REL,
)


def _reading(words: str) -> tuple[int, int]:
    """How many words, and how many minutes; scripts without spaces are counted by letters."""
    dense = len(_DENSE.findall(words))
    others = len(_WORD.findall(_DENSE.sub(" ", words)))
    minutes = others / WORDS_A_MINUTE + dense / LETTERS_A_MINUTE
    return others + dense // 2, max(1, round(minutes))
