"""One open page as its process sees it: what it should look at next, and whether it still may."""

import math
import random

from collegium.realtime.lines import TOPICS
from collegium.realtime.poke import BYE, RESET


class Stream:
    """The things one open page has yet to be told, each once however often it was poked.

    Bounded: when more than `TOPICS` different things wait, they become one "look at everything". Used only by the
    event loop it was made in. Two thousand of them are open in a process, so it holds little beside two keys.

    Args:
        member: whose page it is.
        session: the key of the session it was opened with.
    """

    __slots__ = ("_beat", "_waiting", "ended", "held", "last", "member", "session", "turn", "until")

    def __init__(self, member: int, session: str) -> None:
        self.member = member
        self.session = session
        self.ended = False
        self.held = False
        self.last = 0
        self.turn = 0
        self.until = math.inf
        self._beat = False
        self._waiting: dict[str, int] = {}

    def add(self, topic: str, moment: int = 0) -> None:
        """Have the page look at this.

        Args:
            topic: what to look at.
            moment: when it was poked, in milliseconds since 1970, from which a page can go on after a break.
        """
        if RESET in self._waiting:
            topic = RESET
        elif topic == RESET or (len(self._waiting) >= TOPICS and topic not in self._waiting):
            self._waiting.clear()
            topic = RESET
        self._waiting[topic] = max(moment, self._waiting.get(topic, 0))
        self._wake()

    def beat(self, moment: int) -> None:
        """Show that the line lives, and that everything up to this moment has been told."""
        self.last = max(self.last, moment)
        self._beat = True
        self._wake()

    def hold(self) -> None:
        """Tell nothing until it is clear that the page still may be told."""
        self.held = True

    def release(self) -> None:
        """It may."""
        self.held = False
        self._wake()

    def end(self, *, bye: bool = False) -> None:
        """End the stream; with `bye` the page learns that nobody is signed in any more and what waited is dropped."""
        if bye:
            self._waiting = {BYE: 0}
            self.held = False
        self.ended = True
        self.stir()

    def stir(self) -> None:
        """There is something to take, or it has ended. Whoever carries the words to the page hears it here."""

    def take(self) -> bytes:
        """All that waits, as it goes over the wire; empty when nothing does."""
        if self.held:
            return b""
        told, self._waiting = self._waiting, {}
        beat, self._beat = self._beat, False
        events = [self._event(topic, moment) for topic, moment in told.items()]
        if beat and not events:
            events.append(f": \nid: {self.last}\n\n" if self.last else ": \n\n")
        return "".join(events).encode()

    def _event(self, topic: str, moment: int) -> str:
        self.last = max(self.last, moment)
        mark = f"id: {self.last}\n" if self.last else ""
        return f"event: {topic}\n{mark}data:\n\n"

    def _wake(self) -> None:
        if not self.held:
            self.stir()


def come_back(soon: float) -> bytes:
    """When a page should try again after its line broke; not all at the same moment.

    Args:
        soon: seconds, at the earliest; at the latest three times that.
    """
    return f"retry: {round(1000 * soon * random.uniform(1, 3))}\n\n".encode()  # noqa: S311 - spreads load, guards nothing
