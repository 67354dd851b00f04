"""What changes the register of organisations."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from collegium.journal.record import record
from collegium.lib.handles import handle_candidates
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.organizations import rules
from collegium.organizations.founding import FALLBACK
from collegium.organizations.models import Organization


@transaction.atomic
def found(
    name: str, kind: str = "", website: str = "", place: str = "", about: str = "", *, by: Member | None
) -> Organization:
    """Give an organisation its record.

    Args:
        name: cleaned; need not be unique, since two bodies may bear one name.
        kind: of `Organization.Kind`; nothing means "other".
        website: an address that begins with http:// or https://, or nothing.
        place: cleaned.
        about: cleaned.
        by: an owner; None is the command line.

    Raises:
        Conflict: no address for it could be found.
        Refusal: she does not keep the register.
    """
    require(rules.may_found(by))
    said = {"name": name, "kind": kind or Organization.Kind.OTHER, "website": website, "place": place, "about": about}
    for handle in handle_candidates(name, FALLBACK):
        if (made := _claim(handle, said)) is not None:
            record("organizations.founded", actor=by, subject=made)
            return made
    raise Conflict(_("No address could be found for this name. Please try again."))


def _claim(handle: str, said: dict[str, str]) -> Organization | None:
    """The new record, or nothing when another has the handle; the database decides, not a look before."""
    if Organization.objects.filter(handle=handle).exists():
        return None
    made = Organization(handle=handle, **said)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as problem:
        if "handle" in str(problem) and "form" not in str(problem):
            return None
        raise
    return made
