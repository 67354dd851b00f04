"""The ladder of nearness to one person, from near to far, each step with what it changes on both sides."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.members.models import Member
from collegium.network.distance import Rung, rungs
from collegium.network.effects import Change, Effects
from collegium.network.partings.look import preview

NEAR, MUTED, WORK, RESTRICTED = "near", "muted", "work", "restricted"
RUNGS: dict[str, Rung | None] = {NEAR: None, MUTED: Rung.MUTED, WORK: Rung.WORK_ONLY, RESTRICTED: Rung.RESTRICTED}
WORDS = {rung: word for word, rung in RUNGS.items()}

Phrase = Callable[[], str]
# Icon, title, what it comes to, what the button says, what is said when it is done.
SAID: dict[str, tuple[str, Phrase, Phrase, Phrase, Phrase]] = {
    NEAR: (
        "user-check",
        lambda: _("Near"),
        lambda: _("Everything you and %(name)s share reaches the other, as it was meant to."),
        lambda: _("Let come near"),
        lambda: _("%(name)s is near again. Nobody is told."),
    ),
    MUTED: (
        "bell-off",
        lambda: _("Muted"),
        lambda: _("You hear less of %(name)s."),
        lambda: _("Mute"),
        lambda: _("%(name)s is muted. Nobody is told."),
    ),
    WORK: (
        "briefcase",
        lambda: _("Work only"),
        lambda: _("Between you and %(name)s only the professional side counts."),
        lambda: _("Keep to work"),
        lambda: _("Between you and %(name)s there is only work now. Nobody is told."),
    ),
    RESTRICTED: (
        "eye-off",
        lambda: _("Restricted"),
        lambda: _("To you %(name)s is like any other member."),
        lambda: _("Restrict"),
        lambda: _("%(name)s is restricted. Nobody is told."),
    ),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One rung as the page draws it."""

    word: str
    icon: str
    title: str
    gist: str
    verb: str
    current: bool
    effects: Effects


def ladder(viewer: Viewer, other: Member) -> list[Step]:
    """The rungs that leave the connection as it is; removing and blocking have dialogs of their own."""
    me = viewer.me
    now = WORDS[rungs(me, [other.pk]).get(other.pk)]
    steps = []
    for word, (icon, title, gist, verb, _done) in SAID.items():
        rung = RUNGS[word]
        told = preview(me, [other], Change(rung.value)) if rung else Effects()
        words = gist() % {"name": other.name}
        steps.append(Step(word, icon, title(), words, verb(), word == now, told))
    return steps


def done(word: str, other: Member) -> str:
    """What is said after a step."""
    return SAID[word][4]() % {"name": other.name}
