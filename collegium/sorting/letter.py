"""What is known of a message when it is put somewhere, and where it was put."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """A first message from somebody new, in plain values: nothing here says who wrote it or to whom.

    Attributes:
        text: what it says.
        purpose: what its sender says it is for (`reach.purposes`).
        keyed: it came with a contact key of the one it is for.
        sender_age_days: for how many days the sender has been here.
        sender_is_confirmed: the sender's address is confirmed.
        mutuals: how many connections the two share.
        same_text_to: to how many other people the sender wrote much the same lately.
        earlier_verdicts: on how many Mondays lately it was counted that several people called messages of this sender
            pitches, misdeclared or spam (`reach.reading.condemned`). Never a single voice: whoever writes to an account
            of his own would read from where it is put what somebody else has just said.
        from_group: the two are in a group together.
    """

    text: str
    purpose: str = "other"
    keyed: bool = False
    sender_age_days: int = 365
    sender_is_confirmed: bool = True
    mutuals: int = 0
    same_text_to: int = 0
    earlier_verdicts: int = 0
    from_group: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where it was put.

    Attributes:
        box: `focused`, `requests`, `other` or `spam`.
        why: names of the reasons, the weightiest first (`words.say`).
    """

    box: str
    why: tuple[str, ...]

    @property
    def is_held(self) -> bool:
        """Put where nobody is told of it."""
        return self.box in ("other", "spam")
