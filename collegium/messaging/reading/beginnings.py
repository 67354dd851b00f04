"""What stood before the first word of a group, where a room above this one began it and knows more of it.

Such rooms say so by `providers.lay` (`config/wiring.py`).
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from collegium.audience.viewer import Viewer
from collegium.members.models import Member
from collegium.messaging.reading.talk import Stretch, Talk


@dataclass(frozen=True, slots=True)
class Beginning:
    """What stands above the first message, as one reader may read it.

    Attributes:
        letters: what was written before there was a conversation: whose words they are, and the words.
        met: somebody whom the reader has met through it, and may want to stay in touch with.
    """

    letters: Sequence[tuple[str, str]] = ()
    met: Member | None = None


NOTHING = Beginning()
# For a viewer, the key of a group, and the keys of those whose words she reads there, herself among them.
Provider = Callable[[Viewer, int, Collection[int]], Beginning | None]


class Providers(list[Provider]):
    """What can be asked; the first that knows the group answers."""

    def lay(self, given: Iterable[Provider]) -> None:
        """Take the list of the roof; once, when every room stands."""
        self[:] = given


providers = Providers()


def of(viewer: Viewer, talk: Talk, stretch: Stretch) -> Beginning:
    """What stands above this stretch; nothing where earlier words do, or where she came later."""
    if not talk.conversation.is_group or stretch.older or talk.eyes.after:
        return NOTHING
    for provide in providers:
        found = provide(viewer, talk.conversation.pk, talk.eyes.people)
        if found is not None:
            return found
    return NOTHING
