"""Languages captions can be in: their tags, and what they call themselves."""

from functools import cache

from django.conf.locale import LANG_INFO

# Written by people, not by place; variants that only computers tell apart are left out.
_LEFT_OUT = {
    "en-au",
    "en-gb",
    "es-ar",
    "es-co",
    "es-mx",
    "es-ni",
    "es-ve",
    "zh-cn",
    "zh-tw",
    "zh-sg",
    "zh-hk",
    "zh-mo",
    "zh-my",
    "sr-latn",
    "no",
    "ar-dz",
}


@cache
def choices() -> list[tuple[str, str]]:
    """Tag and name, in the order of the names."""
    found = {
        tag: info["name_local"] for tag, info in LANG_INFO.items() if "name_local" in info and tag not in _LEFT_OUT
    }
    return sorted(
        ((tag, name[:1].upper() + name[1:]) for tag, name in found.items()), key=lambda pair: pair[1].casefold()
    )


def name_of(tag: str) -> str:
    """What a language calls itself; the tag where nobody knows."""
    return dict(choices()).get(tag, tag)
