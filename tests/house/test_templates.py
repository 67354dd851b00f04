"""Every template compiles, is used by somebody, and says nothing that cannot be translated."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.template import engines
from jinja2 import nodes

from collegium.notifications import kinds

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
    r"{%\s*block look\s*%}.*?{%\s*endblock\s*%}|<style\b.*?</style>|<(code|pre)\b.*?</\1>|<text\b.*?</text>", re.DOTALL
)
JINJA = re.compile(r"{#.*?#}|{%-?\s*trans\b.*?endtrans\s*-?%}|{%.*?%}|{{.*?}}", re.DOTALL)
TAG = re.compile(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL)
ENTITY = re.compile(r"&#?\w+;")
# Names of things, which are the same in every language.
NAMES = {"Collegium", "Collegi", "Esc", "Enter", "TOTP", "Ctrl", "RSS", "Atom", "JSON"}


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


SPRITE = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "ui/static/ui/icons.svg").read_text()))
ENVIRONMENT = engines["jinja2"].env


def parsed(name: str) -> nodes.Template:
    return ENVIRONMENT.parse(TEMPLATES[name].read_text())


# Where the macros of the kit, and `icon` itself, take the name of an icon.
TAKES_ICON = {"icon": 0} | {
    macro.name: [each.name for each in macro.args].index("icon")
    for name in TEMPLATES
    if name.startswith("ui/kit/")
    for macro in parsed(name).find_all(nodes.Macro)
    if "icon" in [each.name for each in macro.args]
}


def icons_in(name: str) -> set[str]:
    """The names of icons that stand in a template in so many words."""
    found = set()
    for call in parsed(name).find_all(nodes.Call):
        said = call.node.name if isinstance(call.node, nodes.Name) else getattr(call.node, "attr", "")
        place = TAKES_ICON.get(said)
        given = [each.value for each in call.kwargs if each.key == "icon" and place is not None]
        if place is not None and len(call.args) > place:
            given.append(call.args[place])
        while given:
            each = given.pop()
            if isinstance(each, nodes.CondExpr):
                given += [one for one in (each.expr1, each.expr2) if one is not None]
            elif isinstance(each, nodes.Const) and isinstance(each.value, str) and each.value:
                found.add(each.value)
    return found


def test_every_icon_is_in_the_sprite() -> None:
    """What is not draws nothing, and nobody sees that something is missing."""
    named = {name: icons_in(name) - SPRITE for name in TEMPLATES if name.endswith(".html")}
    assert {name: icons for name, icons in named.items() if icons} == {}
    assert {kinds.of(name).icon for name in kinds.names()} <= SPRITE
    assert sum(len(icons_in(name)) for name in TEMPLATES if name.endswith(".html")) > 100
