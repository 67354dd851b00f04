"""How machines are shown to people: which device a browser's own description speaks of, and codes in groups of four."""

import re

from django.utils.translation import gettext as _

SYSTEMS = (
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", "Android"),
    (r"CrOS", "ChromeOS"),
    (r"Windows", "Windows"),
    (r"Mac OS X|Macintosh", "Mac"),
    (r"Linux|X11", "Linux"),
)
BROWSERS = (
    (r"Edg(?:e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrom(?:e|ium)/|CriOS/", "Chrome"),
    (r"Safari/", "Safari"),
)
HANDHELD = ("iPhone", "iPad", "Android")


def device(user_agent: str) -> str:
    """Such as "Firefox on Linux"."""
    browser, system = _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("An unknown device")


def handheld(user_agent: str) -> bool:
    """A telephone or a tablet."""
    return _first(SYSTEMS, user_agent) in HANDHELD


def grouped(code: str) -> str:
    """Signs in groups of four, as people read them out."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def _first(words: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((word for pattern, word in words if re.search(pattern, user_agent)), "")
