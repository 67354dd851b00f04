"""Descriptions as they are read: paragraphs, and lists where somebody wrote lines with a dot or a dash before them."""

import re
from functools import lru_cache

from markupsafe import Markup

from collegium.lib.text import render

# A mark and a space: "3-year plan" and "-5 °C" begin with no bullet.
_BULLET = re.compile(r"[ \t]*[•●▪‣◦·*–—-][ \t]+(?=\S)")


@lru_cache(maxsize=2_000)
def prose(text: str) -> Markup:
    """Cleaned text as HTML; lines that begin with a bullet become a list, the rest is as everywhere (`lib.text`).

    Args:
        text: what `clean_text` returned.
    """
    made: list[str] = []
    plain: list[str] = []
    points: list[str] = []

    def close() -> None:
        if plain:
            made.append(render("\n".join(plain)).html)
            plain.clear()
        if points:
            made.append("<ul>" + "".join(f"<li>{render(point).html}</li>" for point in points) + "</ul>")
            points.clear()

    for line in text.split("\n"):
        mark = _BULLET.match(line)
        if bool(mark) != bool(points) and (line.strip() or not points):
            close()
        if mark:
            points.append(line[mark.end() :])
        elif not points:
            plain.append(line)
    close()
    return Markup("".join(made))  # noqa: S704 - `render` escapes whatever it is given
