"""The bundles hold what the pages need, and nothing in them breaks another part."""

import re
from pathlib import Path

from collegium.ui import assets, jinja

UI = Path(assets.__file__).parent


def test_layers_come_first_and_every_sheet_is_in_a_layer():
    css = assets.bundled_styles()
    assert css.startswith("@layer reset, base, components, modules, utilities;")
    for name in assets.separate_styles():
        if name.startswith("ui/") and name not in {"ui/css/layers.css", "ui/css/fonts.css"}:
            assert (UI / "static" / name).read_text().lstrip().removeprefix("/*").find("@layer") >= 0, name


def test_styles_keep_the_house_rules():
    css = assets.bundled_styles()
    assert "!important" not in css
    assert not re.search(r"(^|[\s,}])#[a-z][\w-]*[^;{}]*{", css, re.MULTILINE), "ids in selectors"
    assert not re.search(r"[{;]\s*(margin|padding)-(left|right|top|bottom)", css), "physical properties"


def test_scripts_stand_alone_and_write_no_html():
    for name in assets.separate_scripts():
        code = (UI / "static" / name).read_text()
        assert not re.search(r"^(import|export) ", code, re.MULTILINE), name
        assert not re.search(r"innerHTML =|insertAdjacentHTML|document\.write|\beval\b", code), name
        assert len(code.splitlines()) <= 80, name


def test_every_icon_that_is_named_exists():
    there = set(re.findall(r'<symbol id="([\w-]+)"', (UI / "static/ui/icons.svg").read_text()))
    rooms = UI.parent
    named = set()
    for path in rooms.glob("*/templates/**/*.html"):
        named |= set(re.findall(r'\b_?icon\("([\w-]+)"[,)]', path.read_text()))
    assert named <= there, sorted(named - there)


def test_the_fonts_and_pictures_that_styles_name_exist():
    for address in re.findall(r'url\("([^"]+)"\)', assets.bundled_styles()):
        assert (UI / "static/ui/css" / address).resolve().exists(), address


def test_every_macro_has_one_home():
    names = [name for path in jinja.KIT.glob("*.html") for name in re.findall(r"{%-? *macro (\w+)", path.read_text())]
    assert len(names) == len(set(names))


def test_collectstatic_gets_both_bundles():
    found = {path: storage.open(path).read() for path, storage in assets.Bundles().list([])}
    assert set(found) == {assets.STYLES, assets.SCRIPTS}
    assert b"customElements.define" in found[assets.SCRIPTS]
