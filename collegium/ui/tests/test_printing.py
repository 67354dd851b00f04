"""Templates print, call and translate in a short way of ours, and say what Jinja would have said."""

import gettext
from typing import Any

import pytest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy, override, trans_real
from jinja2 import Environment, Undefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from collegium.ui.printing import Printing, printed
from collegium.ui.stencil import environment


class Named:
    """Something that is called, and has HTML of its own."""

    def __html__(self) -> str:
        return "<i>named</i>"

    @pass_context
    def __call__(self, context: Context, word: str) -> str:
        """Say a word and one of the page's."""
        return f"{word} {context['page']}"


VALUES: list[Any] = [
    *("", "plain", "a < b & 'c' > \"d\"", Markup("<b>kept</b>"), 7, -1, 2.5, True, None),
    *([1, "<x>"], Named(), Undefined(), SimpleLazyObject(lambda: "<lazy>"), gettext_lazy("Home")),
]
PAGE = """{% macro twice(word, more=1) %}{{ word }} {{ word }}{{ more }}{{ caller() if caller }}{% endmacro -%}
{{ twice("<a>") }}|{{ twice("b", more=value) }}|{% call twice(value) %}<u>{{ value }}</u>{% endcall %}|
{%- for each in [1, 2] %}{{ named("said") }} {{ each }} {{ joined(value, each) }} {{ {"a": value}.get("a") }}
{%- endfor %}|
{%- set kept %}{{ value }}{% endset %}{{ kept }}|{{ _("Home") }}|{{ _("Hello %(name)s", name=value) }}|{{ _("50 %%") }}|
{%- block part scoped %}{{ joined(value, 1) }}{% endblock %}"""


@pytest.mark.parametrize("value", VALUES)
def test_a_value_stands_there_as_it_always_did(value: Any) -> None:
    assert str(printed(value)) == str(escape(value))


@pytest.mark.parametrize("value", VALUES)
def test_a_page_says_the_same(value: Any) -> None:
    given = {"value": value, "named": Named(), "page": "here", "joined": lambda one, other: f"{one}<{other}>"}
    pages = []
    for kind in (Environment, Printing):
        made = kind(autoescape=True, extensions=["jinja2.ext.i18n"])
        made.install_gettext_callables(str, lambda one, many, n: one, newstyle=True)  # type: ignore[attr-defined]
        pages.append(made.from_string(PAGE.replace('_("50 %%")', "'50 %'")).render(given))
    assert pages[0] == pages[1]


def test_plain_text_is_not_escaped() -> None:
    made = Printing(autoescape=lambda name: not (name or "").endswith(".txt"))
    assert made.from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"
    code = made.compile("{{ x }}{{ _('a & b') }}", "mail.txt", raw=True)
    assert "printed" not in code
    assert "said" not in code


def test_a_sentence_follows_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    class Frisian(gettext.NullTranslations):
        """Says everything in one way."""

        def gettext(self, message: str) -> str:
            return f"<{message}> 100 %%"

        def to_language(self) -> str:
            return "fy"

    page = environment().from_string("{{ _('Home') }}")
    assert page.render() == "Home"
    monkeypatch.setitem(trans_real._translations, "fy", Frisian())
    with override("fy"):
        assert page.render() == "<Home> 100 %", "catalogues are ours, and may hold markup"
    assert page.render() == "Home"
