"""May she? An import is its owner's alone; to others it does not exist."""

from collegium.members.models import Member
from collegium.portability.imports.models import Import


def may_import(by: Member) -> bool:
    """Members in good standing, whatever was true when the request began."""
    return Member.objects.active().filter(pk=by.pk).exists()


def may_settle(by: Member, row: Import) -> bool:
    """Only whose it is looks through it, confirms it, cancels it."""
    return row.member_id == by.pk and may_import(by)
