"""What an archive says of others' words, as it is handed over."""

import hashlib
from typing import NamedTuple

from collegium.members.models import Member
from collegium.vouching.models import ForeignEndorsement, ForeignRecommendation
from collegium.vouching.models.foreign import NAME_LIMIT, SKILL_LIMIT, TEXT_LIMIT, TITLE_LIMIT, URL_LIMIT

# Of each kind and member.
MOST = 10_000
STATUS_LIMIT = 20


class ForeignWord(NamedTuple):
    """An endorsement: `direction` is "received" or "given", `said` a partial date, all else cleaned lines."""

    direction: str
    skill: str
    name: str
    url: str = ""
    status: str = ""
    said: str = ""

    def row(self, member: Member) -> ForeignEndorsement:
        """As it is kept."""
        return ForeignEndorsement(
            member=member,
            direction=self.direction,
            skill=self.skill[:SKILL_LIMIT],
            name=self.name[:NAME_LIMIT],
            url=self.url[:URL_LIMIT],
            status=self.status[:STATUS_LIMIT].upper(),
            said=self.said,
        )


class ForeignText(NamedTuple):
    """A recommendation: `direction` is "received" or "given", `said` a partial date, `text` cleaned."""

    direction: str
    name: str
    title: str
    company: str
    text: str
    status: str = ""
    said: str = ""

    def row(self, member: Member) -> ForeignRecommendation:
        """As it is kept."""
        whole = f"{self.name}\x1f{self.text}"
        return ForeignRecommendation(
            member=member,
            direction=self.direction,
            name=self.name[:NAME_LIMIT],
            title=self.title[:TITLE_LIMIT],
            company=self.company[:TITLE_LIMIT],
            text=self.text[:TEXT_LIMIT],
            status=self.status[:STATUS_LIMIT].upper(),
            said=self.said,
            fingerprint=hashlib.sha256(whole.encode()).hexdigest(),
        )
