"""Pieces that stand on a page many times: a stencil is a macro drawn once, and then only what differs is put in.

    MENU = Stencil("feed/_card.html", "menu", "path", "name")
    MENU.draw({"own": True}, path=post.path, name=post.author.name)

The HTML stays in its template, at a tenth of what calling the macro costs.
"""

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any

from django.template import engines
from django.utils.translation import get_language
from jinja2 import Environment
from markupsafe import Markup

from collegium.ui.printing import printed

KEPT = 200


def environment() -> Environment:
    """Where the templates are."""
    made: Environment = engines["jinja2"].env  # type: ignore[attr-defined]  # our own backend
    return made


def piece(template: str, values: Mapping[str, Any]) -> Markup:
    """A whole template as a piece of a page; what a render costs beyond that is the gathering of what is global."""
    made = environment()
    inner = made.get_template(template)
    scope = inner.new_context({**made.globals, **values}, shared=True)
    return Markup(made.concat(inner.root_render_func(scope)))  # type: ignore[attr-defined]  # noqa: S704 - it escapes


@lru_cache(maxsize=2_000)
def kept(*_of: Hashable) -> list[Markup]:
    """The place of a piece that is drawn once for all that is named here; empty until it was drawn.

    What it is drawn with is not held beyond that, as it would be by keeping the function that draws.
    """
    return []


class Stencil:
    """A macro with places.

    While it is drawn its places hold no values: it may print them and hand them on, never ask about them. What it asks
    about are its choices, of which there are few; each combination is drawn once a language.
    """

    def __init__(self, template: str, macro: str, *places: str) -> None:
        """Take the macro; it is drawn when first asked.

        Args:
            template: where it is.
            macro: its name; it knows nothing of the page it stands on.
            places: the names of those arguments that differ each time.
        """
        self._template, self._macro = template, macro
        # Cannot occur in a rendered page: cleaned text has no control characters.
        self._marks = {place: Markup(f"\x02{place}\x03") for place in places}  # noqa: S704 - names from the code
        self._cut = lru_cache(KEPT)(self._draw)

    def draw(self, choices: Mapping[str, Hashable], **values: Any) -> Markup:
        """The piece with everything in its place, escaped unless it is markup already.

        Args:
            choices: the arguments the macro asks about.
            values: one for every place.
        """
        if environment().auto_reload:
            self._cut.cache_clear()
        cut = self._cut(get_language(), tuple(choices.items()))
        return Markup(cut % {name: printed(value) for name, value in values.items()})  # noqa: S704 - escaped right here

    def _draw(self, _language: str | None, choices: tuple[tuple[str, Hashable], ...]) -> str:
        macro = getattr(environment().get_template(self._template).module, self._macro)
        text = str(macro(**self._marks, **dict(choices))).replace("%", "%%")
        for name, mark in self._marks.items():
            text = text.replace(mark, f"%({name})s")
        return text
