"""What an audience comes to, in words and in people."""

from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.audience.level import Level
from collegium.audience.reach import reach
from collegium.members.models import Member
from collegium.ties.models import Invitation

# Nothing on a page reaches further than the page: its widest level promises no more than that.
AS_PAGE = gettext_lazy("As my page")
CHOICES: list[tuple[int, str | Promise]] = [
    (int(level), AS_PAGE if level == Level.EVERYONE else level.label) for level in Level
]


class Effects:
    """The effect of each level for one member; each count is made once, when somebody wants to know."""

    def __init__(self, owner: Member) -> None:
        self.owner = owner
        self._counts: dict[Level, int] = {}

    def people(self, level: Level) -> int:
        """How many members a thing of this level reaches."""
        if level not in self._counts:
            self._counts[level] = reach(self.owner, level)
        return self._counts[level]

    @cached_property
    def asked(self) -> int:
        """How many people have an invitation of hers that waits: a hidden profile is open to them."""
        return Invitation.objects.sent_by(self.owner).count()

    def level(self, chosen: int) -> Level:
        """How far a thing of this level really reaches: never further than the profile."""
        return Level(max(chosen, self.owner.visibility))

    def words(self, chosen: int) -> str:
        """Who can read a thing of this level today, in one sentence.

        Args:
            chosen: the audience of the thing itself.
        """
        level = self.level(chosen)
        if level == Level.ONLY_ME:
            return _("Nobody but you reads this.")
        if level == Level.EVERYONE:
            return _("Anyone on the internet can read this, signed in or not.")
        count = self.people(level)
        who = {
            Level.MEMBERS: _("everyone who is a member here"),
            Level.NETWORK: _("your connections and the people they are connected with"),
            Level.CONNECTIONS: _("the people you are connected with"),
        }[level]
        said = ngettext("%(num)s person can read this: %(who)s.", "%(num)s people can read this: %(who)s.", count) % {
            "num": f"{count:,}",
            "who": who,
        }
        return f"{said} {self.guests()}".strip() if chosen <= Level.MEMBERS else said

    def part(self, chosen: int) -> str:
        """The same of a part of the page; one as wide as the page needs only be counted."""
        if chosen != Level.EVERYONE or self.guests():
            return self.words(chosen)
        level = self.level(chosen)
        if level == Level.EVERYONE:
            return _("Whoever opens your page: anyone.")
        count = self.people(level)
        return ngettext(
            "Whoever opens your page: %(num)s person.", "Whoever opens your page: %(num)s people.", count
        ) % {"num": f"{count:,}"}

    def guests(self) -> str:
        """Who else opens a hidden profile: those whom its owner has invited, until they answer."""
        if self.owner.visibility != Member.Visibility.HIDDEN or not self.asked:
            return ""
        said = ngettext(
            "So can %(num)s person you have invited, until they answer.",
            "So can %(num)s people you have invited, until they answer.",
            self.asked,
        )
        return said % {"num": f"{self.asked:,}"}
