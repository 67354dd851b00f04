"""What stands beside each skill of a profile, drawn by Python: there may be a hundred of them on a page.

All but the key and the CSRF field depends on the endorsements and the language alone, and is kept.
"""

from dataclasses import dataclass
from enum import IntEnum
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


class Mine(IntEnum):
    """Whether the viewer endorses the skill: not at all, so long ago that it no longer counts, or so that it does."""

    NOT = 0
    EARLIER = 1
    SAID = 2


@dataclass(frozen=True, slots=True)
class Endorsed:
    """The endorsements of one skill as one viewer may know of them, of the last five years.

    Attributes:
        count: how many.
        faces: of the newest few.
        mine: whether the viewer's is among them.
        hidden: how many the viewer, who owns the skill, has hidden; nobody else learns of them.
        earlier: whether there are older ones; how many, the list says.
    """

    count: int = 0
    faces: tuple[Face, ...] = ()
    mine: Mine = Mine.NOT
    hidden: int = 0
    earlier: bool = False

    def draw(self, holding: int, may: bool, token: object) -> Markup:
        """What stands beside the skill, for the macro `skill_endorsements`.

        Args:
            holding: key of the skill.
            may: whether the viewer may endorse it.
            token: the hidden CSRF field.
        """
        may = may or self.mine == Mine.SAID
        drawn = _drawn(self, may, get_language() or "").replace(KEY, str(holding))
        return Markup(drawn.replace(TOKEN, str(token)) if may else drawn)  # noqa: S704 - Django's own field


@lru_cache(maxsize=10_000)
def _drawn(said: Endorsed, may: bool, language: str) -> str:
    """Everything but the key and the token."""
    parts = [_press(said.mine)] if may else []
    if said.count or said.hidden or said.earlier:
        parts.append(_who(said))
    return str(Markup('<div class="endorse">{}</div>').format(Markup().join(parts))) if parts else ""


def _press(said: Mine) -> Markup:
    mine = said == Mine.SAID
    address = f"/vouching/skills/{KEY}/endorsement/{'removal/' if mine else ''}"
    label, hint = {
        Mine.NOT: (gettext("Endorse"), ""),
        Mine.EARLIER: (gettext("Renew"), gettext("You endorsed this more than five years ago.")),
        Mine.SAID: (gettext("Endorsed"), gettext("Take back")),
    }[said]
    title = Markup(' title="{}"').format(hint) if hint else ""
    button = Markup(
        '<button class="button button-small button-{kind} endorse-press" aria-pressed="{on}"{title}>{icon}'
        "<span>{label}</span></button>"
    ).format(
        kind="plain",
        on="true" if mine else "false",
        title=title,
        icon=marks.icon("check" if mine else "plus"),
        label=label,
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
    # Where nothing counts any more, the way to the list stays.
    words = words or [gettext("Earlier endorsements")]
    pile = Markup('<span class="facepile" aria-hidden="true">{}</span>').format(faces) if faces else ""
    return Markup(
        '<a class="endorse-who small" href="/vouching/skills/{0}/" hx-get="/vouching/skills/{0}/"'
        ' hx-target="#dialog-body" aria-haspopup="dialog">{1}<span>{2}</span></a>'
    ).format(KEY, pile, " · ".join(words))


def _many(count: int) -> str:
    return ngettext("%(n)s endorsement", "%(n)s endorsements", count) % {"n": text.number(count)}
