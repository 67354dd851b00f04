"""May she? About the records of organisations. The command line and the loader act as None, and may."""

from collegium.members import rules as members
from collegium.members.models import Member


def may_found(by: Member | None) -> bool:
    """Owners keep the register; everybody else names an organisation in her own words until it has a record."""
    return by is None or (by.is_active and members.is_owner(by.user))
