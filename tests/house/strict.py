"""What may stand in an article, said a second time and by another parser: whatever else is found is a fault."""

import re
from html.parser import HTMLParser

VOID = {"br", "hr"}
TAGS = set(
    "p h2 h3 h4 em strong del a code pre blockquote ul ol li sup section div table thead tbody tr th td".split()  # noqa: SIM905 - words read best as words
)
REL = "nofollow ugc noopener"
RULES = {
    ("a", "href"): r"https?://[^\s\"'<>\\]+|mailto:[\w.+-]+@[\w.-]+|/(?![/\\])[^\s\"'<>\\]*|#[^\s\"'<>\\]+|/",
    ("a", "rel"): re.escape(REL),
    ("a", "title"): r"(?s).{1,200}",
    ("ol", "start"): r"\d{1,9}",
    ("div", "class"): "across",
    ("div", "tabindex"): "0",
    ("pre", "tabindex"): "0",
    ("li", "class"): "task",
    ("section", "class"): "notes",
    ("th", "class"): "at-(start|center|end)",
    ("td", "class"): "at-(start|center|end)",
    **{(tag, "id"): r"s-[\w-]{1,80}" for tag in ("h2", "h3", "h4")},
    ("sup", "id"): r"fnref-\d{1,6}",
    ("li", "id"): r"fn-\d{1,6}",
}


class Walker(HTMLParser):
    """Walks through HTML and fails at the first thing that is not allowed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS | VOID, tag
        names = [name for name, _value in attrs]
        assert len(names) == len(set(names)), attrs
        for name, value in attrs:
            assert (tag, name) in RULES, (tag, name)
            assert re.fullmatch(RULES[tag, name], value or ""), (tag, name, value)
            if name == "id":
                assert value not in self.ids, value
                self.ids.add(value or "")
        assert tag != "a" or "href" not in names or dict(attrs).get("rel") == REL
        if tag not in VOID:
            self.open.append(tag)
        assert len(self.open) < 120

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag, tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment  # type: ignore[assignment]


def walk(html: str) -> None:
    """Fail where a text holds anything that may not stand in an article."""
    walker = Walker()
    walker.feed(html)
    walker.close()
    assert not walker.rawdata, walker.rawdata
    assert not walker.open, walker.open
