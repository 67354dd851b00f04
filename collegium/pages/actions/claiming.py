"""Saying that a domain is an organisation's, showing it, and what follows when it shows no longer."""

import secrets

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.organizations.domains import domain_of
from collegium.organizations.models import Organization
from collegium.pages import rules
from collegium.pages.actions.holding import administrators, hold
from collegium.pages.models import Claim, Part, Role

MOST_WAITING = 5


def hindrance(organization: Organization, domain: str) -> str:
    """Why a proof of this domain would change nothing here; empty when it would.

    Args:
        organization: a record that stands.
        domain: as `organizations.domains.domain_of` gives it; "" for none that can be proved.
    """
    if not domain:
        return _("This is no domain of one organisation alone. Write it as it stands in its web address.")
    own = domain_of(organization.website)
    proved = Claim.objects.proved().filter(organization=organization)
    if organization.is_page and administrators(organization):
        return _("Somebody has proved this page already. Ask its administrators for a part in it.")
    if organization.is_page and not proved.filter(domain=domain).exists():
        return _("This page was made by proving another domain. Prove that one to become its administrator.")
    if own and own != domain and not organization.is_page:
        return _("The record names the website %(domain)s; that is the domain to prove.") % {"domain": own}
    if Claim.objects.proved().filter(domain=domain).exclude(organization=organization).exists():
        return _("This domain is proved for another page already.")
    return ""


@transaction.atomic
def claim(organization: Organization, domain: str, *, by: Member) -> Claim:
    """Say that this domain is the organisation's, and get the token to show it with. Said twice is one.

    Raises:
        Conflict: a proof of it would change nothing, or too many wait.
    """
    row = hold(organization)
    require(rules.may_claim(by, row))
    if problem := hindrance(row, domain):
        raise Conflict(problem)
    waiting = Claim.objects.waiting().filter(member=by)
    if (earlier := waiting.filter(organization=row, domain=domain).first()) is not None:
        return earlier
    # Held, so that two forms at once do not make a sixth.
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)
    if waiting.count() >= MOST_WAITING:
        raise Conflict(_("You have five claims that wait for their proof. Take one back first."))
    made = Claim.objects.create(organization=row, member=by, domain=domain, token=secrets.token_hex(16))
    record("pages.claimed", actor=by, subject=row, domain=domain)
    return made


@transaction.atomic
def withdraw(claim: Claim, *, by: Member) -> None:
    """Take back a claim that waits; one that was proved goes by its domain."""
    require(by.is_active and claim.member_id == by.pk)
    if Claim.objects.waiting().filter(pk=claim.pk).update(ended_at=clock.now()):
        record("pages.claim_ended", actor=by, subject=claim.organization_id, domain=claim.domain)


@transaction.atomic
def prove(claim: Claim, way: str, *, by: Member) -> bool:
    """The token was found: the first proof makes the page, and its prover the administrator.

    Args:
        claim: which; it may have been looked at a while ago.
        way: by which it was found, of `Claim.Way`.
        by: whose claim it is.

    Returns:
        False when it had been proved before.

    Raises:
        Conflict: somebody was faster.
    """
    organization = hold(claim.organization)
    require(rules.may_claim(by, organization) and claim.member_id == by.pk)
    row = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    if row.proved_at is not None and row.ended_at is None:
        return False
    if row.ended_at is not None:
        raise Conflict(_("This claim has ended. Begin another."))
    if problem := hindrance(organization, row.domain):
        raise Conflict(problem)
    first = not organization.is_page
    _settle(row, organization, way)
    if first and not Role.objects.filter(organization=organization, member=by, part=Part.SUPER).exists():
        # The parts of a page that fell back are kept for those who had them, not for whoever has the domain now.
        Role.objects.filter(organization=organization).delete()
    Role.objects.get_or_create(member=by, organization=organization, part=Part.SUPER)
    record("pages.proved", actor=by, subject=organization, domain=row.domain, way=way, first=first)
    return True


def _settle(row: Claim, organization: Organization, way: str) -> None:
    """Write the proof; an older one of the same domain, whose prover is gone, ends with it."""
    now = clock.now()
    Claim.objects.proved().filter(organization=organization, domain=row.domain).update(ended_at=now)
    row.proved_at = row.checked_at = now
    row.way, row.missed, row.warned_at = way, 0, None
    try:
        with transaction.atomic():
            row.save(update_fields=["proved_at", "checked_at", "way", "missed", "warned_at"])
    except IntegrityError:
        raise Conflict(_("This domain is proved for another page already.")) from None
    if organization.page_since is None:
        organization.page_since = now
    organization.website = organization.website or f"https://{row.domain}"
    organization.save(update_fields=["page_since", "website"])


@transaction.atomic
def close(organization: Organization, words: str, *, by: Member) -> None:
    """An owner of the community ends what should never have been a page: it falls back to a plain record at once."""
    row = hold(organization)
    require(rules.may_keep(by))
    if not row.is_page:
        raise Conflict(_("This is a plain record already."))
    now = clock.now()
    Claim.objects.filter(organization=row, ended_at=None).update(ended_at=now)
    told = administrators(row)
    Role.objects.filter(organization=row).delete()
    Organization.objects.filter(pk=row.pk).update(page_since=None)
    record("pages.closed", actor=by, subject=row, words=words, told=told)
