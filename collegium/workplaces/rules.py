"""May she, and does the address prove anything?"""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from collegium.lib import clock
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.workplaces.domains import ascii_domain, domain_of_record, is_public, under
from collegium.workplaces.models import UNDO_WITHIN, Proof


def may_ask(member: Member) -> bool:
    """Every member in good standing, whatever was true when the request began."""
    return Member.objects.active().filter(pk=member.pk).exists()


def may_prove(member: Member) -> bool:
    """Who may ask may answer."""
    return may_ask(member)


def may_remove(by: Member, proof: Proof) -> bool:
    """Only whose it is."""
    return proof.member_id == by.pk and may_ask(by)


def may_restore(by: Member, proof: Proof) -> bool:
    """Only whose it is, within a day."""
    recent = proof.removed_at is not None and proof.removed_at + UNDO_WITHIN > clock.now()
    return may_remove(by, proof) and recent


def hindrance_to_address(domain: str, record: Organization | None) -> str:
    """Why an address at this domain proves nothing here, as a sentence; "" when it does prove something.

    Args:
        domain: as `ascii_domain` gives it.
        record: the organisation it should prove, where there is a record of it.
    """
    if is_public(domain):
        return _("Anybody can have an address at %(domain)s, so it proves no workplace.") % {"domain": domain}
    known = domain_of_record(record)
    if known and not under(domain, known):
        words = _("The page of %(name)s names the domain %(known)s; an address at %(domain)s does not belong to it.")
        return words % {"name": record.name if record else "", "known": known, "domain": domain}
    if not known and any(under(domain, own) for own in own_domains()):
        return _("Addresses at %(domain)s belong to this network itself, not to a workplace.") % {"domain": domain}
    return ""


def own_domains() -> set[str]:
    """Where this installation is at home and sends from; they prove a workplace only where a record says so."""
    sender = re.search(r"@([^@>\s]+)>?\s*$", settings.DEFAULT_FROM_EMAIL)
    hosts = [sender[1] if sender else "", urlsplit(settings.BASE_URL).hostname or ""]
    return {domain for host in hosts if (domain := ascii_domain(host))}
