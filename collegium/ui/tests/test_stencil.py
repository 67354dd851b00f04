"""What is drawn once says the same as what is drawn each time, and lets nothing through unescaped."""

import pytest
from markupsafe import Markup

from collegium.ui.stencil import Stencil, environment

MENU = Stencil("feed/_card.html", "menu", "path", "name", "handle", "csrf")
GIVEN = {
    "path": "/posts/7/",
    "name": "“100 %” <b>O'Neil</b> %(path)s & sons",
    "handle": "oneil",
    "csrf": Markup("<input value='t'>"),
}


def told(html: str) -> list[str]:
    """The words of it, whatever the room between them."""
    return str(html).split()


@pytest.mark.parametrize("names_me", [True, False])
def test_it_says_what_the_macro_says(names_me: bool) -> None:
    macro = environment().get_template("feed/_card.html").module.menu  # type: ignore[attr-defined]
    for values in (GIVEN, GIVEN | {"path": "/posts/8/", "name": "Ada"}):
        assert told(MENU.draw({"names_me": names_me}, **values)) == told(macro(names_me=names_me, **values))


def test_only_markup_stays_markup() -> None:
    drawn = MENU.draw({"names_me": False}, **GIVEN)
    assert "<b>O" not in drawn
    assert "&lt;b&gt;O" in drawn
    assert "<input value='t'>" in drawn


def test_a_choice_is_drawn_once() -> None:
    stencil = Stencil("feed/_card.html", "late", "path", "key")
    for key in range(5):
        assert f"poke:post-{key} " in stencil.draw({}, path="/", key=key)
    assert stencil._cut.cache_info().misses == 1


def test_a_place_without_a_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        MENU.draw({"names_me": False}, path="/posts/7/")
