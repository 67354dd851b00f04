"""Proving a workplace: a code is asked for, comes back, and the proof stands until it is taken away or runs out."""

import hmac
import secrets
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from collegium.career.models import Item
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.organizations import naming
from collegium.organizations.models import Organization
from collegium.workplaces import rules
from collegium.workplaces.addresses import Address, keyed
from collegium.workplaces.models import CODE_LASTS, PROOF_LASTS, Code, Proof, employer

DIGITS = 6


@dataclass(frozen=True, slots=True)
class Workplace:
    """What is to be proved: a present position, or an organisation that one writes."""

    name: str
    organization: Organization | None = None
    of_position: bool = False

    @classmethod
    def at(cls, position: Item) -> "Workplace":
        """The place of a position, exactly as the position names it."""
        return cls(position.organization_name, position.organization, of_position=True)

    @classmethod
    def called(cls, name: str) -> "Workplace":
        """The organisation of this name, with its record where the name means exactly one."""
        return cls(name, naming.find([name]).get(name))

    @property
    def record(self) -> Organization | None:
        """The record whose domain counts, also for a position that only names it."""
        return self.organization or naming.find([self.name]).get(self.name)


@transaction.atomic
def ask(member: Member, address: Address, workplace: Workplace) -> str:
    """Have a code for this address; one asked for before is void.

    Returns:
        the digits, which are kept nowhere: mail them once this has committed.

    Raises:
        Conflict: an address there proves nothing.
    """
    require(rules.may_ask(member))
    if hindrance := rules.hindrance_to_address(address.domain, workplace.record):
        raise Conflict(hindrance)
    digits, salt = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}", secrets.token_urlsafe(16)
    fields = {
        "organization": workplace.organization,
        "organization_name": workplace.name,
        "of_position": workplace.of_position,
        "address": str(address),
        "domain": address.domain,
        "address_hash": address.mark,
        "code_hash": _hashed(member, salt, digits),
        "salt": salt,
        "tries": 0,
        "expires_at": clock.now() + CODE_LASTS,
    }
    Code.objects.update_or_create(member=member, defaults=fields)
    record("workplaces.asked", actor=member)
    return digits


@transaction.atomic
def prove(member: Member, digits: str) -> Proof | Code:
    """Bring the code back.

    Returns:
        the proof, the same one when the form was sent twice; or the code with one try less, when it was another.

    Raises:
        Conflict: no code waits any more, or the address proves somebody else's workplace.
    """
    require(rules.may_prove(member))
    code = Code.objects.select_for_update().filter(member=member).first()
    if code is None or code.is_over:
        raise Conflict(_("No code waits for you any more: it was used, or its time or tries ran out. Ask for another."))
    if not hmac.compare_digest(code.code_hash, _hashed(member, code.salt, digits)):
        code.tries += 1
        code.save(update_fields=["tries"])
        return code
    if code.used:
        return _made_before(code)
    proof = _settle(code)
    code.address = ""
    code.save(update_fields=["address"])
    record("workplaces.proved", actor=member, subject=proof)
    return proof


@transaction.atomic
def remove(proof: Proof, *, by: Member) -> None:
    """Show it no more; it can be put back for a day."""
    require(rules.may_remove(by, proof))
    if Proof.objects.filter(pk=proof.pk, removed_at=None).update(removed_at=clock.now()):
        record("workplaces.removed", actor=by, subject=proof)


@transaction.atomic
def restore(proof: Proof, *, by: Member) -> None:
    """Take the removal back."""
    current = Proof.objects.select_for_update().filter(pk=proof.pk).first()
    if current is None or current.removed_at is None:
        return
    require(rules.may_restore(by, current))
    current.removed_at = None
    current.save(update_fields=["removed_at"])
    record("workplaces.restored", actor=by, subject=current)


def _hashed(member: Member, salt: str, digits: str) -> str:
    return keyed("code", f"{member.pk}:{salt}:{digits}")


def _made_before(code: Code) -> Proof:
    made = Proof.objects.lasting().filter(member=code.member_id, address_hash=code.address_hash).first()
    if made is None:
        raise Conflict(_("This code was used already. Ask for another."))
    return made


def _settle(code: Code) -> Proof:
    """Write the proof, in the place of what the address or the member proved of this workplace before."""
    # Two who bring codes to one address go one after the other: the second must see what the first has proved.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [code.address_hash])
    held = Proof.objects.filter(address_hash=code.address_hash)
    if held.living().exclude(member=code.member_id).exists():
        raise Conflict(_taken())
    held.delete()
    now = clock.now()
    try:
        with transaction.atomic():
            proof = Proof.objects.create(
                member_id=code.member_id,
                organization=code.organization,
                organization_name=code.organization_name,
                of_position=code.of_position,
                domain=code.domain,
                address_hash=code.address_hash,
                proved_at=now,
                expires_at=now + PROOF_LASTS,
            )
    except IntegrityError:
        raise Conflict(_taken()) from None
    here = Proof.objects.filter(pk=proof.pk).annotate(employer=employer()).values_list("employer", flat=True)[0]
    Proof.objects.filter(member=code.member_id).exclude(pk=proof.pk).alias(employer=employer()).filter(
        employer=here
    ).delete()
    return proof


def _taken() -> str:
    return _(
        "This address proves the workplace of another member already. It can prove yours when theirs has ended or was"
        " removed."
    )
