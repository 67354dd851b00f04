"""What becomes of what somebody said who is banned: rooms above lay it, since this one does not know their words."""

from collections.abc import Callable, Iterable

from collegium.groups.models import Ban

Sweeper = Callable[[Ban, bool], None]


class Sweepers(list[Sweeper]):
    """Called in the transaction of a ban with its content, and of its lifting.

    Each takes the ban and whether it holds: True hides what she posted and said in the group, False shows again what
    this ban hid, and nothing that was hidden by itself.
    """

    def lay(self, table: Iterable[Sweeper]) -> None:
        """Take the table of the roof; once, when every room stands."""
        self[:] = table

    def sweep(self, ban: Ban, *, on: bool) -> None:
        """Let every room do its part, for bans that are with the content."""
        if ban.with_content:
            for each in self:
                each(ban, on)


sweepers = Sweepers()
