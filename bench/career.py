"""A full career in the synthetic network: 30 positions, 100 skills, 500 endorsements, on one profile."""

from typing import Any

from collegium.career import actions
from collegium.career.document import Draft
from collegium.career.models import Holding
from collegium.career.sections import Section
from collegium.lib import ids
from collegium.members.models import Member
from collegium.ties.models import Connection
from collegium.vouching.models import Endorsement

POSITIONS, SKILLS, ENDORSEMENTS = 30, 100, 500
TEXT = (
    "Led the team that moved the ledger from paper to a system of record.\n\n"
    "- cut the time to close the books from nine days to two\n- hired and taught seven people\n- wrote the manual"
)


def fullest() -> Member:
    """The member with the fullest career; filled the first time."""
    member = Member.objects.active().order_by("-connection_count", "pk").first()
    if member is None:
        raise SystemExit("There is nobody in this network.")
    missing = SKILLS - Holding.objects.kept().filter(member=member).count()
    if missing > 0:
        actions.take(member, _drafts(), skills=[f"Skill number {number}" for number in range(missing)])
        _endorse(member)
    return member


def _drafts() -> list[Draft]:
    positions = [
        Draft(
            Section.POSITIONS,
            title=f"Engineer of grade {number}",
            organization_name=f"Works number {number // 2}",
            place="Delft",
            started=f"{2025 - number}-03",
            ended="" if number < 2 else f"{2026 - number}-02",
            description=TEXT,
            skills=tuple(f"Skill number {number * 3 + each}" for each in range(3)),
        )
        for number in range(POSITIONS)
    ]
    studies = [
        Draft(Section.EDUCATION, title="MSc", organization_name=f"School {number}", started=f"{1990 + number}")
        for number in range(4)
    ]
    tongues = [Draft(Section.LANGUAGES, title=name, kind="full") for name in ("English", "Dutch", "German")]
    return [*positions, *studies, *tongues]


def _endorse(member: Member) -> None:
    """As many connections as there are say so of as many skills as it takes."""
    givers = list(Connection.objects.filter(member=member).values_list("other_id", flat=True)[:50])
    holdings = list(Holding.objects.kept().filter(member=member).in_order()[:SKILLS])
    pairs: list[tuple[Any, int]] = [(holding, giver) for giver in givers for holding in holdings][:ENDORSEMENTS]
    rows = [
        Endorsement(id=key, said=key, member=member, holding=holding, giver_id=giver)
        for key, (holding, giver) in zip(ids.fresh(len(pairs)), pairs, strict=True)
    ]
    Endorsement.objects.bulk_create(rows)
