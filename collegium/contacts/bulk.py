"""What can be done to many people at once: which ways there are, who is meant, what it would change."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collegium.audience.viewer import Viewer
from collegium.contacts import reading
from collegium.contacts.filters import Own
from collegium.members.models import Member
from collegium.network.effects import Change as Effect
from collegium.ties.models import Distance

HIGHEST_KEY = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that can be done to many.

    Attributes:
        label: on the button that leads to the preview.
        question: over the preview; `%(people)s` is who, or how many.
        button: what does it.
        icon: its picture.
        rung: where it puts them, where it does.
        effect: what it changes on both sides, where it does.
        shelf: "tags" or "circles", where it needs one of them.
        adds: whether the shelf may be a new one.
    """

    label: str | Promise
    question: str | Promise
    button: str | Promise
    icon: str
    rung: int | None = None
    effect: Effect | None = None
    shelf: str = ""
    adds: bool = False


WAYS = {
    "tag": Way(_("Tag"), _("Put a tag on %(people)s"), _("Put it on"), "hash", shelf="tags", adds=True),
    "untag": Way(_("Take a tag off"), _("Take a tag off %(people)s"), _("Take it off"), "minus", shelf="tags"),
    "circle": Way(
        _("Put into a circle"),
        _("Put %(people)s into a circle"),
        _("Put in"),
        "users-round",
        shelf="circles",
        adds=True,
    ),
    "uncircle": Way(
        _("Take out of a circle"), _("Take %(people)s out of a circle"), _("Take out"), "minus", shelf="circles"
    ),
    "mute": Way(
        _("Mute"), _("Mute %(people)s?"), _("Mute"), "bell-off", rung=Distance.Rung.MUTED.value, effect=Effect.MUTED
    ),
    "work": Way(
        _("Only work"),
        _("Keep %(people)s to work only?"),
        _("Only work"),
        "briefcase",
        rung=Distance.Rung.WORK_ONLY.value,
        effect=Effect.WORK_ONLY,
    ),
    "restrict": Way(
        _("Restrict"),
        _("Restrict %(people)s?"),
        _("Restrict"),
        "eye-off",
        rung=Distance.Rung.RESTRICTED.value,
        effect=Effect.RESTRICTED,
    ),
    "near": Way(_("Bring near again"), _("Bring %(people)s near again?"), _("Bring near"), "undo-2", rung=0),
    "remove": Way(
        _("Remove"),
        _("Remove %(people)s from your connections?"),
        _("Remove"),
        "user-minus",
        effect=Effect.REMOVED,
    ),
}


@dataclass(frozen=True, slots=True)
class Meant:
    """Who is meant.

    Attributes:
        people: connections the reader sees, by name; at most `reading.MOST_CHANGED`.
        cut: whether there were more.
    """

    people: list[Member]
    cut: bool = False

    @property
    def keys(self) -> str:
        """As one field of a form."""
        return ",".join(str(person.pk) for person in self.people)


def meant(viewer: Viewer, request: HttpRequest, own: Own) -> Meant:
    """The people a form names: each by key, or all that a filter means."""
    if request.POST.get("scope") == "all":
        keys = reading.keys(viewer, own.read(request.POST.get("of", "")), reading.MOST_CHANGED + 1)
    else:
        keys = numbers(request.POST.getlist("who"))
    return Meant(reading.among(viewer, keys[: reading.MOST_CHANGED]), len(keys) > reading.MOST_CHANGED)


def numbers(texts: list[str]) -> list[int]:
    """The keys in fields that hold one or several; what is no key is left out."""
    parts = ",".join(texts)[: 24 * (reading.MOST_CHANGED + 1)].split(",")
    found = [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 20]
    return [key for key in dict.fromkeys(found) if key <= HIGHEST_KEY]
