"""What stands beside each skill of a profile, drawn by Python: there may be a hundred of them on a page.

All but the key and the CSRF field depends on the endorsements and the language alone, and is kept.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import get_language, gettext, ngettext
from markupsafe import Markup

from collegium.ui import marks, text

# Cannot occur in a rendered page: cleaned text has no control characters.
KEY, TOKEN = "\x01", "\x02"


class Face(NamedTuple):
    """As much of a person as a face needs."""

    id: int
    handle: str
    name: str
    photo: str

    @property
    def path(self) -> str:
        """Where this person's page is."""
        return f"/in/{self.handle}/"

    @property
    def photo_url(self) -> str:
        """Address of the photo; empty without one."""
        return f"/media/photo/{self.id}/{self.photo}-192.webp" if self.photo else ""


@dataclass(frozen=True, slots=True)
class Endorsed:
    """The endorsements of one skill as one viewer may know of them.

    Attributes:
        count: how many.
        faces: of the newest few.
        mine: whether the viewer is one of them.
        hidden: how many the viewer, who owns the skill, has hidden; nobody else learns of them.
    """

    count: int = 0
    faces: tuple[Face, ...] = ()
    mine: bool = False
    hidden: int = 0

    def draw(self, holding: int, may: bool, token: object) -> Markup:
        """What stands beside the skill, for the macro `skill_endorsements`.

        Args:
            holding: key of the skill.
            may: whether the viewer may endorse it.
            token: the hidden CSRF field.
        """
        may = may or self.mine
        drawn = _drawn(self, may, get_language() or "").replace(KEY, str(holding))
        return Markup(drawn.replace(TOKEN, str(token)) if may else drawn)  # noqa: S704 - Django's own field


@lru_cache(maxsize=10_000)
def _drawn(said: Endorsed, may: bool, language: str) -> str:
    """Everything but the key and the token."""
    parts = [_press(said.mine)] if may else []
    if said.count or said.hidden:
        parts.append(_who(said))
    return str(Markup('<div class="endorse">{}</div>').format(Markup().join(parts))) if parts else ""


def _press(mine: bool) -> Markup:
    address = f"/vouching/skills/{KEY}/endorsement/{'removal/' if mine else ''}"
    title = Markup(' title="{}"').format(gettext("Take back")) if mine else ""
    button = Markup(
        '<button class="button button-small button-{kind} endorse-press" aria-pressed="{on}"{title}>{icon}'
        "<span>{label}</span></button>"
    ).format(
        kind="plain",
        on="true" if mine else "false",
        title=title,
        icon=marks.icon("check" if mine else "plus"),
        label=gettext("Endorsed") if mine else gettext("Endorse"),
    )
    return Markup(
        '<form class="action" method="post" action="{0}" hx-post="{0}" hx-target="closest .endorse"'
        ' hx-swap="outerHTML">{1}{2}</form>'
    ).format(address, TOKEN, button)


def _who(said: Endorsed) -> Markup:
    faces = Markup().join(marks.avatar(face, "xs") for face in said.faces)
    words = [_many(said.count)] if said.count else []
    if said.hidden:
        words.append(gettext("%(n)s hidden") % {"n": text.number(said.hidden)})
    pile = Markup('<span class="facepile" aria-hidden="true">{}</span>').format(faces) if faces else ""
    return Markup(
        '<a class="endorse-who small" href="/vouching/skills/{0}/" hx-get="/vouching/skills/{0}/"'
        ' hx-target="#dialog-body" aria-haspopup="dialog">{1}<span>{2}</span></a>'
    ).format(KEY, pile, " · ".join(words))


def _many(count: int) -> str:
    return ngettext("%(n)s endorsement", "%(n)s endorsements", count) % {"n": text.number(count)}
