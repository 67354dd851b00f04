"""What is looked at when signs are looked for: gathered first, so that each sign is a function of this alone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from collegium.lib import clock
from collegium.workplaces.domains import ascii_domain

# Where a sentence ends. A dot within an address or a number ends none.
_END = re.compile(r"(?<=[.!?])\s+|[\n;•·]+")
_MAIL = re.compile(r"[\w.+-]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})")
_HOST = re.compile(
    r"(?:https?://(?:[^\s/@]{1,100}@)?|\bwww\.)([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})|(?<![\w@.])((?:[\w-]{1,63}\.){1,8}[a-z]{2,24})/",
    re.IGNORECASE,
)
NEW = timedelta(days=30)
# A sentence that says what is not asked for warns of it, and is no sign.
_DENIES = re.compile(
    r"\b(?:never|nobody|no one|beware|no fees?|free of charge|without (?:any |a )?(?:fee|deposit|payment)s?"
    r"|(?:not|(?:don|doesn|won|can)[’']t)\s+(?:\w+\s+)?(?:ask|need|require|send|pay|charge|accept|have\s+to))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Case:
    """One opening as a sign sees it.

    Attributes:
        title: of the opening.
        text: its text and what it asks, as one.
        name: of the organisation.
        domain: that its record names; "" without one.
        page: whether the organisation proved its domain.
        proved: whether the poster proved an address at work there.
        since: when the poster joined; None where nobody is known.
        yearly: the top of the pay as euros a year, where that is known.
        usual: what others here pay for this title, likewise; None where too few do.
        resembled: the name of a proved organisation that this one could be taken for.
    """

    title: str = ""
    text: str = ""
    name: str = ""
    domain: str = ""
    page: bool = False
    proved: bool = False
    since: datetime | None = None
    yearly: int | None = None
    usual: int | None = None
    resembled: str = ""
    now: datetime = field(default_factory=clock.now)

    @cached_property
    def lower(self) -> str:
        """All that is written, for a quick look."""
        return f"{self.title}\n{self.text}".lower()

    @cached_property
    def claims(self) -> list[str]:
        """The sentences that say how something is, not how it is not."""
        return [each for each in _END.split(f"{self.title}\n{self.text}") if each and not _DENIES.search(each)]

    @cached_property
    def mails(self) -> list[str]:
        """The domains of the mail addresses in it."""
        return _domains(_MAIL.findall(self.text)) if "@" in self.text else []

    @cached_property
    def hosts(self) -> list[str]:
        """The hosts of the links in it."""
        if "/" not in self.text and "www." not in self.lower:
            return []
        return _domains(one or other for one, other in _HOST.findall(self.text))

    @property
    def new(self) -> bool:
        """Whether the poster joined lately."""
        return self.since is not None and self.now - self.since < NEW

    def says(self, hints: tuple[str, ...], pattern: re.Pattern[str]) -> bool:
        """Whether a sentence says this. The hints are looked for first: most texts have none of them."""
        return any(hint in self.lower for hint in hints) and any(pattern.search(each) for each in self.claims)


def _domains(found: Iterable[str]) -> list[str]:
    names = map(ascii_domain, found)
    return list(dict.fromkeys(name for name in names if name))
