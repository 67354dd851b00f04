"""Which styles and scripts a page loads: separate files while one edits them, one file each in production.

No tool builds anything. The two bundles are made by a finder of Django's own `staticfiles`, so `collectstatic` writes,
hashes and compresses them like any other file.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage

ROOM = Path(__file__).parent / "static" / "ui"
STYLES = "ui/css/bundle.css"
SCRIPTS = "ui/js/bundle.js"
FIRST = ["ui/css/layers.css", "ui/css/fonts.css", "ui/css/tokens.css", "ui/css/reset.css", "ui/css/base.css"]
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BLANK = re.compile(r"\s*\n\s*")


def stylesheet_paths() -> list[str]:
    """What the page links to."""
    return separate_styles() if settings.DEBUG else [STYLES]


def classic_scripts() -> list[str]:
    """Htmx itself, and the policy without which it may not write into the page."""
    return ["django_htmx/htmx-4.js" if settings.DEBUG else "django_htmx/htmx-4.min.js", "ui/js/trusted.js"]


def module_scripts() -> list[str]:
    """Our small elements."""
    return separate_scripts() if settings.DEBUG else [SCRIPTS]


@lru_cache(maxsize=1)
def separate_styles() -> list[str]:
    """The shared look in its order, then one sheet or more of every room."""
    shared = sorted(f"ui/css/{path.name}" for path in (ROOM / "css").glob("*.css"))
    ordered = [*FIRST, *(path for path in shared if path not in FIRST)]
    return [*ordered, *(name for name, _ in _sheets_of_rooms())]


@lru_cache(maxsize=1)
def separate_scripts() -> list[str]:
    """Every module of the shared look, by name."""
    return sorted(f"ui/js/{path.name}" for path in (ROOM / "js").glob("*.js") if path.name != "trusted.js")


def _sheets_of_rooms() -> Iterator[tuple[str, Path]]:
    """`<room>/static/<room>/*.css` of every room of this product but `ui`."""
    for config in apps.get_app_configs():
        if not config.name.startswith("collegium.") or config.label == "ui":
            continue
        folder = Path(config.path) / "static"
        for path in sorted(folder.glob("*/*.css")):
            yield path.relative_to(folder).as_posix(), path


def bundled_styles() -> str:
    """All sheets in one. Relative addresses stay true because the bundle lies beside the sheets that have some."""
    places = dict(_sheets_of_rooms())
    sheets = [places.get(name) or ROOM.parent / name for name in separate_styles()]
    return _tight("\n".join(path.read_text() for path in sheets))


def bundled_scripts() -> str:
    """All modules in one; each keeps its own names inside a block, for none imports another."""
    return "\n".join("{\n" + (ROOM.parent / name).read_text() + "\n}" for name in separate_scripts())


def _tight(css: str) -> str:
    """Without comments and indentation; compression does the rest."""
    return BLANK.sub("\n", COMMENT.sub("", css)).strip() + "\n"


class Bundles(BaseFinder):
    """Hands the two bundles to `collectstatic`."""

    def check(self, **kwargs: Any) -> list[Any]:
        """There is nothing to configure."""
        return []

    def find(self, path: str, *args: Any, **kwargs: Any) -> Any:
        """The bundles do not exist as files before they are collected."""
        return []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Both bundles, made now."""
        storage = InMemoryStorage()
        for path, content in ((STYLES, bundled_styles()), (SCRIPTS, bundled_scripts())):
            storage.save(path, ContentFile(content.encode()))
            yield path, storage
