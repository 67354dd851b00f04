"""May she? About the pages of organisations. A part may what its name says and nothing more.

Whoever is out of standing may nothing, whatever parts she has; the parts of a page that fell back to a plain record are
kept for a while and mean nothing meanwhile.
"""

from collections.abc import Iterable

from django.db.models import QuerySet

from collegium.accounts.models import User
from collegium.members import rules as members
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.pages.models import Dispute, Part, Role

SPEAKING = frozenset({Part.SUPER, Part.CONTENT})
COUNTING = frozenset({Part.SUPER, Part.CONTENT, Part.ANALYST})


def parts(member: Member | None, organization: Organization) -> set[str]:
    """What she does on this page; of a page that stands, in good standing."""
    if member is None or not member.is_active or not organization.is_page:
        return set()
    return set(_standing().filter(member=member, organization=organization).values_list("part", flat=True))


def parts_on(member: Member | None, pages: Iterable[int]) -> dict[int, set[str]]:
    """What she does on each of these pages, by key; those where she does nothing are left out. One statement."""
    found: dict[int, set[str]] = {}
    if member is not None and member.is_active:
        rows = _standing().filter(member=member, organization__in=list(pages))
        for page, part in rows.values_list("organization_id", "part"):
            found.setdefault(page, set()).add(part)
    return found


def spoken_for(member: Member | None) -> list[Organization]:
    """The pages as which she may speak, by name."""
    if member is None or not member.is_active:
        return []
    mine = _standing().filter(member=member, part__in=SPEAKING).values("organization")
    return list(Organization.objects.filter(pk__in=mine).order_by("folded_name", "pk"))


def may_speak(member: Member | None, organization: Organization) -> bool:
    """Post, comment and change what the page says of itself."""
    return _has(member, organization, SPEAKING)


def may_manage(member: Member | None, organization: Organization) -> bool:
    """Give and take parts, contest positions, read the log."""
    return _has(member, organization, {Part.SUPER})


def may_count(member: Member | None, organization: Organization) -> bool:
    """Read the figures of the page."""
    return _has(member, organization, COUNTING)


def may_recruit(member: Member | None, organization: Organization) -> bool:
    """Be named on the page as somebody to ask about work there."""
    return _has(member, organization, {Part.RECRUITER})


def may_keep(member: Member | None) -> bool:
    """Owners of the community keep the register: they correct, merge, decide disputes, appoint where nobody is left."""
    return member is not None and member.is_active and members.is_owner(member.user)


def may_edit(member: Member | None, organization: Organization) -> bool:
    """A page is changed by those who speak for it; a plain record by the owners of the community alone."""
    return may_speak(member, organization) if organization.is_page else may_keep(member)


def may_claim(member: Member | None, organization: Organization) -> bool:
    """Everybody in good standing may prove a domain; whose it is, the proof decides."""
    return member is not None and member.is_active and organization.merged_into_id is None


def may_follow(member: Member | None, organization: Organization) -> bool:
    """Everybody in good standing, what is a page: a plain record never says anything."""
    return member is not None and member.is_active and organization.is_page


def may_unfollow(member: Member | None) -> bool:
    """Everybody what is her own, whatever became of the page."""
    return member is not None


def may_accept(member: Member | None, organization: Organization) -> bool:
    """Whoever is asked to take a part, of a page that stands, in good standing."""
    return member is not None and member.is_active and organization.is_page


def may_appoint(member: Member | None, organization: Organization, *, orphaned: bool) -> bool:
    """Administrators ask others to take a part; where none is left, the owners of the community name one."""
    return may_manage(member, organization) or (orphaned and organization.is_page and may_keep(member))


def may_answer(member: Member | None, dispute: Dispute) -> bool:
    """The person whose position it is."""
    return member is not None and member.is_active and member.pk == dispute.member_id


def may_decide(member: Member | None, dispute: Dispute) -> bool:
    """An owner of the community who is neither the person nor keeps the page, unless nobody else is there to decide."""
    if member is None or not may_keep(member) or member.pk == dispute.member_id:
        return False
    if not may_manage(member, dispute.organization):
        return True
    others = Member.objects.active().filter(user__role=User.Role.OWNER, user__is_active=True)
    return not others.exclude(pk__in=(member.pk, dispute.member_id)).exists()


def may_see_dispute(member: Member | None, dispute: Dispute) -> bool:
    """Those whom it concerns: the person, the administrators of the page, the owners once it is theirs to decide."""
    if member is None or not member.is_active:
        return False
    theirs = may_keep(member) and dispute.state != Dispute.State.OPEN
    return member.pk == dispute.member_id or theirs or may_manage(member, dispute.organization)


def may_merge(member: Member | None, one: Organization, other: Organization) -> bool:
    """Owners of the community, and whoever is administrator of both."""
    return may_keep(member) or (may_manage(member, one) and may_manage(member, other))


def _has(member: Member | None, organization: Organization, wanted: Iterable[str]) -> bool:
    return bool(parts(member, organization) & set(wanted))


def _standing() -> QuerySet[Role]:
    """Parts that were taken up, on pages that stand."""
    return Role.objects.filter(organization__page_since__isnull=False, organization__merged_into=None)
