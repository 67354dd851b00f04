"""What a viewer may know of somebody's proved workplaces."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import DateTimeField, Value
from django.db.models.functions import Cast

from collegium.audience.viewer import Viewer
from collegium.career.models import Item
from collegium.lib import clock
from collegium.lib.statement import Statement
from collegium.members.models import Member
from collegium.workplaces.models import Code, Proof


@dataclass(frozen=True, slots=True)
class Standing:
    """One's own proof, and whether it holds: `items` are the present positions it stands with."""

    proof: Proof
    holds: bool


def proofs(viewer: Viewer, member: Member) -> dict[int, Proof]:
    """The proof of each present position that the viewer may see, by the key of the position; one statement.

    Of several proofs of one place the newest is shown.
    """
    rows = Proof.objects.shown_to(viewer).filter(member_id=member.pk).order_by("proved_at", "pk")
    return {item: proof for proof in rows for item in proof.items}


LASTING = Statement(
    lambda slot: (
        Proof.objects.lasting(Cast(Value(slot.text("now")), DateTimeField()))
        .filter(member_id=slot.int("member"))
        .order_by("proved_at", "id")
    )
)


def beside(member: Member, positions: Iterable[Item]) -> dict[int, Proof]:
    """What `proofs` tells, of positions that were read already; one statement, written out beforehand.

    Args:
        member: whose they are.
        positions: those the viewer sees; former ones are passed over.
    """
    present = [item for item in positions if not item.ended]
    if not present:
        return {}
    rows = LASTING.rows(member=member.pk, now=clock.now().isoformat())
    proved = {_employer(proof): proof for proof in rows}
    return {item.pk: proved[_employer(item)] for item in present if _employer(item) in proved}


def _employer(row: Item | Proof) -> tuple[int, str]:
    """The record, or the name where there is none; what `models.employer` says in SQL."""
    return (row.organization_id, "") if row.organization_id is not None else (0, row.folded_organization)


def standings(member: Member) -> list[Standing]:
    """One's own proofs, newest first, those that run out or whose position ended among them."""
    rows = Proof.objects.filter(member=member, removed_at=None).order_by("-proved_at", "-pk")
    living = set(rows.living().values_list("pk", flat=True))
    return [Standing(proof, proof.pk in living) for proof in rows]


def waiting(member: Member) -> Code | None:
    """The code that is on its way to this member, while it can be typed."""
    code = Code.objects.filter(member=member, expires_at__gt=clock.now()).exclude(address="").first()
    return None if code is None or code.is_over else code
