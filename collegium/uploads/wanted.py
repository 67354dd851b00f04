"""Who still needs a file that waits: rooms above say so, and the roof lays them here (`config/wiring.py`)."""

from collections.abc import Callable, Collection, Sequence

# Of these keys, those that something kept (a draft) speaks of.
Asked = Callable[[Collection[str]], Collection[str]]


class Wanted(list[Asked]):
    """Everybody who is asked before a file is swept."""

    def lay(self, table: Sequence[Asked]) -> None:
        """Take the table of the roof; once, when every room stands."""
        self[:] = table

    def among(self, keys: Collection[str]) -> set[str]:
        """Those of these keys that somebody needs."""
        return {key for asked in self for key in asked(keys)} if keys else set()


wanted = Wanted()
