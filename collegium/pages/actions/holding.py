"""The row of an organisation held until the end of a transaction: what happens to a page happens in turn."""

from django.utils.translation import gettext as _

from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.pages.models import Part, Role


def hold(organization: Organization) -> Organization:
    """The row as it is now. Its key is left alone, so that careers may point at it meanwhile.

    Raises:
        Conflict: another record stands for it by now.
    """
    row = Organization.objects.select_for_update(of=("self",), no_key=True).filter(pk=organization.pk).first()
    if row is None or row.merged_into_id is not None:
        raise Conflict(_("This record was merged with another meanwhile."))
    return row


def administrators(organization: Organization) -> list[int]:
    """The keys of the administrators in good standing."""
    rows = Role.objects.filter(organization=organization, part=Part.SUPER, member__standing=Member.Standing.ACTIVE)
    return list(rows.order_by("since", "member_id").values_list("member_id", flat=True))


def is_orphaned(organization: Organization) -> bool:
    """A page on which no administrator in good standing is left."""
    return organization.is_page and not administrators(organization)
