"""The small marks that stand a hundred times on a page, drawn by Python: with them a home page costs a third.

They are used like every other component, as `ui.avatar(…)`, `ui.name(…)`. What depends only on the language is kept.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.utils.translation import get_language, gettext, pgettext
from markupsafe import Markup, escape

from collegium.ui import faces, text


@lru_cache(maxsize=1_000)
def icon(name: str, label: str | None = None) -> Markup:
    """One picture of the sprite.

    Args:
        name: its id in `ui/icons.svg`.
        label: words for those who do not see it; without them it is decoration and hidden from readers.
    """
    spoken = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="icon" {}><use href="{}#{}"/></svg>').format(spoken, static("ui/icons.svg"), name)


def avatar(person: Any, size: str = "md", link: bool = False) -> Markup:
    """The face of a person, page or group.

    Args:
        person: anything with a name and a handle; a `photo_url`, a `path` and a `kind` of face are used when they are
            there. What has kinds of its own says `face` instead.
        size: xs, sm, md, lg, xl or xxl.
        link: lead to the page. The link is for the pointer alone, since the name beside it is one too.
    """
    looks = (
        _part(person, "handle"),
        _part(person, "name"),
        _part(person, "photo_url"),
        _part(person, "face") or _part(person, "kind", "person"),
    )
    return _avatar(looks, size, _part(person, "path") if link else "")


@lru_cache(maxsize=20_000)
def _avatar(looks: tuple[str, str, str, str], size: str, path: str) -> Markup:
    handle, name, photo, kind = looks
    picture = Markup('<img src="{}" alt="" loading="lazy" decoding="async">').format(photo) if photo else ""
    face = Markup(
        '<span class="avatar avatar-{} avatar-{} {}" aria-hidden="true"><span class="avatar-letters">{}</span>{}</span>'
    ).format(size, kind, faces.palette(handle), faces.initials(name), picture)
    if not path:
        return face
    return Markup('<a class="avatar-link" href="{}" tabindex="-1" aria-hidden="true">{}</a>').format(path, face)


def degree(n: int | None) -> Markup:
    """How far away a person is: 1, 2 or 3 steps; nothing for any other number."""
    return _degree(n, get_language()) if n in (1, 2, 3) else Markup()


@lru_cache(maxsize=100)
def _degree(n: int, language: str) -> Markup:
    sign, words = {
        1: (pgettext("degree", "1st"), gettext("connected with you")),
        2: (pgettext("degree", "2nd"), gettext("knows someone you know")),
        3: (pgettext("degree", "3rd"), gettext("three steps from you")),
    }[n]
    return Markup(
        '<span class="degree degree-{}"><span aria-hidden="true">{}</span>'
        '<span class="visually-hidden">{}</span></span>'
    ).format(n, sign, words)


# The parameter shadows this module's own `degree`, because templates say `degree=…`.
_mark = degree


def name(person: Any, degree: int | None = None, link: bool = True, tag: str = "span") -> Markup:
    """A name in the serif, isolated from the direction of the text around it, with the degree behind it."""
    path = _part(person, "path") if link else ""
    words = f"<bdi>{escape(_part(person, 'name'))}</bdi>"
    if path:
        words = f'<a href="{escape(path)}">{words}</a>'
    step = _mark(degree)
    return Markup(f'<{tag} class="name">{words}{" " if step else ""}{step}</{tag}>')  # noqa: S704 - escaped above


def facet(kind: str) -> Markup:
    """Which of the two inks, as a sign and a word."""
    return _facet(kind, get_language())


@lru_cache(maxsize=100)
def _facet(kind: str, language: str) -> Markup:
    return Markup('<span class="facet facet-{}">{}<span>{}</span></span>').format(
        kind, icon(f"facet-{kind}"), faces.FACETS.get(kind, kind)
    )


def audience(level: int, label: str | None = None) -> Markup:
    """Who may see a thing, as a picture and a word; unknown levels count as the narrowest."""
    return _audience(int(level), label, get_language())


@lru_cache(maxsize=1_000)
def _audience(level: int, label: str | None, language: str) -> Markup:
    picture, word = faces.AUDIENCES.get(level, faces.AUDIENCES[4])
    return Markup('<span class="audience">{}<span><span class="visually-hidden">{} </span>{}</span></span>').format(
        icon(picture), gettext("Seen by:"), label or word
    )


def reaction_icon(kind: str) -> Markup:
    """The picture of a reaction alone."""
    return Markup('<span class="reaction reaction-{}">{}</span>').format(kind, icon(faces.REACTIONS[kind][0]))


def reaction(kind: str, count: int | None = None) -> Markup:
    """A reaction with its word, and how many chose it."""
    picture, word = faces.REACTIONS[kind]
    many = "" if count is None else Markup("<b>{}</b>").format(text.compact(count))
    return Markup('<span class="reaction reaction-{}">{}{}<span>{}</span></span>').format(
        kind, icon(picture), many, word
    )


def time(instant: datetime, link: str | None = None) -> Markup:
    """How long ago. The full time is in the title, in UTC until the element writes it in the reader's own words."""
    return _time(instant, text.ago(instant), link)


@lru_cache(maxsize=20_000)
def _time(instant: datetime, ago: str, link: str | None) -> Markup:
    utc = instant.astimezone(UTC)
    words = (
        f'<relative-time><time datetime="{utc:%Y-%m-%dT%H:%M:%SZ}" title="{utc:%Y-%m-%d %H:%M} UTC">'
        f"{escape(ago)}</time></relative-time>"
    )
    return Markup(f'<a class="time" href="{escape(link)}">{words}</a>' if link else words)  # noqa: S704 - escaped above


def _part(person: Any, key: str, default: str = "") -> str:
    """An attribute of a row, or an entry of a dict."""
    value = person.get(key) if isinstance(person, Mapping) else getattr(person, key, None)
    return default if value is None else value


MARKS = {
    "icon": icon,
    "avatar": avatar,
    "degree": degree,
    "name": name,
    "facet": facet,
    "audience": audience,
    "reaction_icon": reaction_icon,
    "reaction": reaction,
    "time": time,
}
