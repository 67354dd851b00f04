"""Every template compiles, is used by somebody, and says nothing that cannot be translated."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.template import engines

ROOT = Path(__file__).resolve().parents[2] / "collegium"
TEMPLATES = {
    f"{path.relative_to(folder)}": path
    for folder in sorted(ROOT.glob("*/templates"))
    for path in sorted(folder.rglob("*"))
    if path.is_file()
}
SPOKEN = re.compile(r"[^\W\d_]{2,}")
# Not said to anybody: class names, styles of mails, what one types into a terminal, initials in a drawing.
SILENT = re.compile(
    r"{%\s*block look\s*%}.*?{%\s*endblock\s*%}|<style>.*?</style>|<(code|pre)\b.*?</\1>|<text\b.*?</text>", re.DOTALL
)
JINJA = re.compile(r"{#.*?#}|{%-?\s*trans\b.*?endtrans\s*-?%}|{%.*?%}|{{.*?}}", re.DOTALL)
TAG = re.compile(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL)
ENTITY = re.compile(r"&#?\w+;")
# Names of things, which are the same in every language.
NAMES = {"Collegium", "Collegi", "Esc", "Enter", "TOTP", "Ctrl"}


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_compiles(name: str) -> None:
    engines["jinja2"].env.get_template(name)


def test_each_is_used() -> None:
    """Somebody names it: a view, another template, or the library whose page it replaces."""
    allauth = Path(find_spec("allauth").origin).parent  # type: ignore[union-attr, arg-type]
    sources = [*ROOT.rglob("*.py"), *TEMPLATES.values(), *allauth.rglob("*.py")]
    text = "\n".join(path.read_text() for path in sources)
    unused = []
    for name in TEMPLATES:
        stem = re.sub(r"(_subject|_message)?\.(html|txt)$", "", name)
        if name not in text and stem not in text and not name.startswith("ui/kit/"):
            unused.append(name)
    assert unused == []


# The style guide is for those who build the place, and full of examples.
FOR_READERS = [name for name in TEMPLATES if name.endswith(".html") and "guide" not in name]


@pytest.mark.parametrize("name", FOR_READERS)
def test_every_word_goes_through_gettext(name: str) -> None:
    """What is left of a template without its tags and expressions is punctuation."""
    bare = ENTITY.sub(" ", TAG.sub(" ", JINJA.sub("", SILENT.sub("", TEMPLATES[name].read_text()))))
    words = set(SPOKEN.findall(bare)) - NAMES
    assert not words
