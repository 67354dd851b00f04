"""Being open to work, and being so no longer.

What is recorded never says who is left out: those who run the place read the journal, and may be who is meant.
"""

from typing import Any

from django.db import transaction

from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import require
from collegium.members.models import Member
from collegium.openness import rules
from collegium.openness.models import LASTS, Exclusion, OpenToWork, Recruiter
from collegium.organizations import naming
from collegium.workplaces.domains import domain_of_record, is_public, native_domain


@transaction.atomic
def put(member: Member, **wishes: Any) -> OpenToWork:
    """Be open to work, or say it differently. Either counts as saying that it is so now.

    Args:
        member: who.
        wishes: cleaned columns of `OpenToWork`: audience, roles, places, ways, kinds, starts, note.
    """
    require(rules.may_open(member))
    _hold(member)
    now = clock.now()
    row = OpenToWork.objects.filter(member=member).first()
    fresh = row is None or not row.is_living
    fields = wishes | {"until": now + LASTS, "asked_at": None, "ended_at": None}
    if fresh:
        fields["since"] = now
    row, _new = OpenToWork.objects.update_or_create(member=member, defaults=fields)
    record("openness.opened" if fresh else "openness.changed", actor=member, subject=member)
    return row


@transaction.atomic
def keep(member: Member) -> None:
    """It is still so, for another ninety days. Saying it of what has ended changes nothing."""
    require(rules.may_open(member))
    fields = {"until": clock.now() + LASTS, "asked_at": None}
    if OpenToWork.objects.living().filter(member=member).update(**fields):
        record("openness.kept", actor=member, subject=member)


@transaction.atomic
def end(member: Member) -> None:
    """It is no longer so. The wishes stay for the next time, and those who are left out stay so."""
    require(rules.may_open(member))
    if OpenToWork.objects.living().filter(member=member).update(ended_at=clock.now()):
        record("openness.ended", actor=member, subject=member)


@transaction.atomic
def reopen(member: Member) -> None:
    """Take the end back, with everything as it was."""
    _hold(member)
    row = OpenToWork.objects.filter(member=member).first()
    if row is None or row.is_living:
        return
    require(rules.may_reopen(member, row))
    OpenToWork.objects.filter(member=member).update(ended_at=None)
    record("openness.opened", actor=member, subject=member)


@transaction.atomic
def exclude_person(member: Member, person: Member) -> Exclusion:
    """Somebody never learns of it.

    Raises:
        Conflict: the list is full.
    """
    require(rules.may_exclude(member, person))
    return _exclude(member, what=Exclusion.What.PERSON, person=person)


@transaction.atomic
def exclude_organization(member: Member, name: str) -> Exclusion:
    """Whoever works there never learns of it; nor does an address at its website's domain, where that is known.

    Raises:
        Conflict: the list is full.
    """
    require(rules.may_exclude(member))
    found = naming.find([name]).get(name)
    domain = domain_of_record(found)
    if is_public(domain):
        domain = ""
    return _exclude(
        member,
        what=Exclusion.What.ORGANIZATION,
        organization=found,
        name=name,
        domain=domain,
        native_domain=native_domain(domain) if domain else "",
    )


@transaction.atomic
def exclude_domain(member: Member, domain: str) -> Exclusion:
    """Whoever has an address there, or below, never learns of it.

    Args:
        member: who leaves out.
        domain: as `workplaces.domains.ascii_domain` gives it.

    Raises:
        Conflict: the list is full.
    """
    require(rules.may_exclude(member))
    return _exclude(member, what=Exclusion.What.DOMAIN, domain=domain, native_domain=native_domain(domain))


@transaction.atomic
def include(exclusion: Exclusion, *, by: Member) -> None:
    """Leave somebody out no longer."""
    require(rules.may_include(by, exclusion))
    if Exclusion.objects.filter(pk=exclusion.pk).delete()[0]:
        record("openness.changed", actor=by, subject=by)


@transaction.atomic
def hire(member: Member, hires: bool) -> None:
    """Say "I hire people", or no longer. Whether it is believed, the rule decides when it is read."""
    require(rules.may_open(member))
    if hires:
        _row, changed = Recruiter.objects.get_or_create(member=member)
    else:
        changed = bool(Recruiter.objects.filter(member=member).delete()[0])
    if changed:
        record("openness.hiring" if hires else "openness.hiring_ended", actor=member, subject=member)


def _exclude(member: Member, **fields: Any) -> Exclusion:
    """One row, however often it is asked for."""
    _hold(member)
    named = {key: fields[key] for key in ("what", "person", "organization", "name", "domain") if key in fields}
    if "name" in named:
        same = Exclusion.objects.filter(member=member, what=fields["what"], name__iexact=fields["name"]).first()
    else:
        same = Exclusion.objects.filter(member=member, **named).first()
    if same is not None:
        return same
    if hindrance := rules.hindrance_to_excluding(member):
        raise hindrance
    row = Exclusion.objects.create(member=member, **fields)
    record("openness.changed", actor=member, subject=member)
    return row


def _hold(member: Member) -> None:
    """One change at a time for each member."""
    Member.objects.select_for_update(of=("self",)).filter(pk=member.pk).values_list("pk").first()
