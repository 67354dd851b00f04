"""The examples of CommonMark 0.31.2: each is rendered safely, and most come out as the specification says."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from collegium.lib.text.markdown import TAGS, render
from tests.house.strict import walk

EXAMPLES = json.loads((Path(__file__).parent / "commonmark" / "examples.json").read_text())
# Those that differ, counted: raw HTML is shown and not obeyed, and links to nowhere on this site are words alone. A
# change of the writer that makes fewer of them equal is looked at by somebody.
EQUAL = 540


class Plain(HTMLParser):
    """HTML as a list of pieces, without what we do otherwise on purpose: pictures are words here."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "img":
            self.handle_data(given.get("alt") or "")
            return
        if found := re.fullmatch(r"h([1-6])", tag):
            tag = f"h{min(int(found[1]), 4)}"
        kept = {name: given[name] for name in ("href", "start") if name in given}
        self.pieces.append(f"<{tag} {kept}>" if kept else f"<{tag}>")

    def handle_endtag(self, tag):
        if tag in {"br", "hr", "img"}:
            return
        if found := re.fullmatch(r"h([1-6])", tag):
            tag = f"h{min(int(found[1]), 4)}"
        self.pieces.append(f"</{tag}>")

    def handle_data(self, data):
        if self.pieces and not self.pieces[-1].startswith("<"):
            self.pieces[-1] += data
        else:
            self.pieces.append(data)


def normal(html: str) -> list[str]:
    lift = 2 - min(map(int, re.findall(r"<h([1-6])", html)), default=2)
    html = re.sub(r"<(/?)h([1-6])", lambda found: f"<{found[1]}h{min(int(found[2]) + lift, 4)}", html)
    parser = Plain()
    parser.feed(html)
    parser.close()
    return [words for piece in parser.pieces if (words := " ".join(piece.split()))]


def is_equal(example: dict[str, str]) -> bool:
    return normal(str(render(example["markdown"]).html)) == normal(example["html"])


def test_there_are_as_many_as_the_specification_has() -> None:
    assert len(EXAMPLES) == 652


@pytest.mark.parametrize("section", sorted({each["section"] for each in EXAMPLES}))
def test_each_is_rendered_safely(section: str) -> None:
    for example in EXAMPLES:
        if example["section"] == section:
            walk(str(render(example["markdown"]).html))


def test_most_are_as_the_specification_says() -> None:
    assert sum(map(is_equal, EXAMPLES)) >= EQUAL


def test_the_walker_knows_no_more_than_the_cleaner_does() -> None:
    from tests.house import strict

    assert strict.TAGS | strict.VOID == TAGS
