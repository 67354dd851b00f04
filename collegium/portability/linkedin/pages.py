"""An article's page as Markdown: headings, paragraphs, lists, quotations, links, emphasis and code; nothing else.

Stands on the side that knows no Django and believes nothing. What it makes is plain text: every sign that means
something in Markdown is escaped, so that a page can say no more than these forms.
"""

import re
from html.parser import HTMLParser

from collegium.portability.linkedin import dates, links

_HEADINGS = {"h1": "## ", "h2": "## ", "h3": "### ", "h4": "#### ", "h5": "#### ", "h6": "#### "}
_BLOCKS = frozenset(("p", "div", "li", "figcaption", "figure", "section", "article", "pre", "td", "tr", *_HEADINGS))
_MARKED = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~"}
_SILENT = frozenset(("style", "script", "head", "template", "svg"))
_SIGNS = re.compile(r"([\\`*_{}\[\]<>~|&!])")
_FIRST = re.compile(r"^(\s*)([#>+\-=:]|\d{1,9}(?=[.)]))", re.MULTILINE)
_ENTRY = re.compile(r" *(?:- |\d{1,9}\. )")
_DATED = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?")
DEEPEST, LONGEST_LINK = 20, 500
_BREAK = "\x01"


class Page(HTMLParser):
    """Title, address, day and words of one page; `source` is the words as Markdown."""

    def __init__(self, most: int) -> None:
        super().__init__(convert_charrefs=True)
        self.title = self.link = self.at = ""
        self.blocks: list[str] = []
        self._most = most
        self._length = 0
        self._open: list[tuple[str, list[str], str]] = [("", [], "")]
        self._silent: list[str] = []
        self._lists: list[list[int]] = []
        self._quotes = 0
        self._form = ""
        self._fresh = False
        self._told = ""

    @property
    def source(self) -> str:
        """The whole of it."""
        made = ""
        for block in self.blocks:
            made += _between(made, block) + block
        return made

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Something begins."""
        given = dict(attrs)
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag in ("title", "h1") and not (tag == "h1" and self.blocks):
            self._open.append((tag, [], ""))
        elif tag == "br":
            self._say(_BREAK if self._form != "pre" else "\n")
        elif tag == "hr":
            self._flush()
            self._put("---")
        elif tag == "img":
            self._picture(given)
        elif tag in _BLOCKS or tag in ("ul", "ol", "blockquote"):
            self._begin(tag, given)
        elif (tag in _MARKED or tag in ("a", "code")) and len(self._open) < DEEPEST:
            if tag == "a" and self._open[-1][0] == "h1" and not self.link:
                self.link = given.get("href") or ""
            self._open.append((tag, [], given.get("href") or ""))

    def handle_endtag(self, tag: str) -> None:
        """Something ends, and with it whatever was left open inside."""
        if tag in _SILENT:
            if self._silent and self._silent[-1] == tag:
                self._silent.pop()
            return
        if any(each[0] == tag for each in self._open[1:]):
            while self._close() != tag:
                pass
        elif tag in _BLOCKS or tag in ("ul", "ol", "blockquote"):
            self._end(tag)

    def handle_data(self, data: str) -> None:
        """Words."""
        if self._silent and not (self._open[-1][0] == "title" and self._silent == ["head"]):
            return
        if self._length <= self._most:
            self._length += len(data)
            plain = self._form == "pre" or self._open[-1][0] in ("title", "h1")
            self._say(data if plain else _SIGNS.sub(r"\\\1", data))

    def close(self) -> None:
        """The page is over."""
        super().close()
        self._flush()

    def _say(self, words: str) -> None:
        self._open[-1][1].append(words)

    def _close(self) -> str:
        """The innermost form ends; its words go to the one around it."""
        tag, parts, href = self._open.pop()
        words = "".join(parts)
        inside = " ".join(words.split())
        if tag in ("title", "h1"):
            self.title = self.title or inside[:1000]
            return tag
        before = " " if words[:1].isspace() else ""
        after = " " if words[-1:].isspace() else ""
        if not inside:
            self._say(before)
        elif tag == "a":
            self._say(before + _linked(inside, href) + after)
        elif tag == "code" and self._form != "pre":
            self._say(before + _coded(inside) + after)
        elif self._form == "pre" or inside.startswith(_BREAK) or inside.endswith(_BREAK):
            self._say(words)
        else:
            self._say(f"{before}{_MARKED.get(tag, '')}{inside}{_MARKED.get(tag, '')}{after}")
        return tag

    def _begin(self, tag: str, given: dict[str, str | None]) -> None:
        self._flush()
        if tag in ("ul", "ol"):
            if len(self._lists) < DEEPEST:
                self._lists.append([1 if tag == "ol" else 0])
        elif tag == "blockquote":
            self._quotes = min(self._quotes + 1, DEEPEST)
        elif tag == "li":
            self._fresh = True
        else:
            self._form = tag if tag == "pre" or tag in _HEADINGS else self._form
            self._told = given.get("class") or "" if tag == "p" else ""

    def _end(self, tag: str) -> None:
        self._flush()
        if tag in ("ul", "ol"):
            self._lists = self._lists[:-1]
            self._fresh = False
        elif tag == "blockquote":
            self._quotes = max(self._quotes - 1, 0)
        elif tag == self._form:
            self._form = ""

    def _picture(self, given: dict[str, str | None]) -> None:
        """A picture is not in the archive; its address is."""
        if address := _address(given.get("src") or ""):
            words = " ".join((given.get("alt") or "").split())[:200]
            self._say(_linked(_SIGNS.sub(r"\\\1", words) or "🖼", address))

    def _flush(self) -> None:
        """What was said so far is a block."""
        while len(self._open) > 1:
            self._close()
        words = "".join(self._open[0][1])
        self._open[0][1].clear()
        if self._told in ("created", "published"):
            self._date(words)
        elif self._form == "pre":
            self._put(_fenced(words))
        elif text := " ".join(words.split()).strip(f" {_BREAK}"):
            lines = _FIRST.sub(r"\1\\\2", re.sub(rf" ?{_BREAK} ?", "\n", text))
            self._put(_HEADINGS.get(self._form, "") + re.sub(r"\n+", "\\\\\n", _orderly(lines)))

    def _date(self, words: str) -> None:
        """The line that says when: not of the text. The later of two is when it was published."""
        if found := _DATED.search(words):
            told = found[0] if len(found[0]) != 16 else f"{found[0]}:00"
            self.at = max(self.at, dates.instant(told) or "")
        self._told = ""

    def _put(self, block: str) -> None:
        """A block, where lists and quotations put it."""
        if not block:
            return
        width = sum(3 if each[0] else 2 for each in self._lists)
        lines = block.split("\n")
        if self._lists and self._fresh:
            inner = self._lists[-1]
            marker = f"{inner[0]}. " if inner[0] else "- "
            inner[0] += 1 if inner[0] else 0
            indent = " " * (width - (3 if inner[0] else 2))
            lines = [indent + marker + lines[0], *(" " * (len(indent) + len(marker)) + each for each in lines[1:])]
            self._fresh = False
        elif self._lists:
            lines = [" " * width + each for each in lines]
        self.blocks.append("\n".join(("> " * self._quotes + each).rstrip() for each in lines))


def _between(made: str, block: str) -> str:
    """What parts two blocks: entries of one list stand close, and a quotation goes on through its paragraphs."""
    last = made.rpartition("\n")[2]
    if not made or (last.startswith(">") and block.startswith(">")):
        return "\n>\n" if made else ""
    return "\n" if _ENTRY.match(last) and _ENTRY.match(block) else "\n\n"


def _orderly(lines: str) -> str:
    r"""A number at the beginning of a line is escaped behind itself: `1\\.`."""
    return re.sub(r"^(\s*)\\(\d{1,9})([.)])", r"\1\2\\\3", lines, flags=re.MULTILINE)


def _address(href: str) -> str:
    """An address of the web that Markdown can hold; "" for any other."""
    address = links.web(href) if re.match(r"\s*(https?:)?//", href, re.IGNORECASE) else None
    if not address or len(address) > LONGEST_LINK:
        return ""
    return address.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")


def _linked(words: str, href: str) -> str:
    words = words.replace(_BREAK, " ")
    return f"[{words}](<{address}>)" if (address := _address(href)) else words


def _coded(words: str) -> str:
    """Code within a line, its escapes undone: nothing means anything in it."""
    plain = re.sub(r"\\([\\`*_{}\[\]<>~|&!])", r"\1", words.replace(_BREAK, " "))
    fence = "``" if "`" in plain else "`"
    return f"{fence} {plain} {fence}" if len(fence) > 1 else f"{fence}{plain}{fence}"


def _fenced(words: str) -> str:
    """Lines of code."""
    lines = words.strip("\n").replace(_BREAK, "\n")
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall(r"`{3,}", lines))])
    return f"{fence}\n{lines}\n{fence}" if lines.strip() else ""
