"""May she? About what somebody says of her own work."""

from typing import Protocol

from collegium.members.models import Member


class Owned(Protocol):
    """A row that belongs to one member."""

    member_id: int


def may_write(by: Member) -> bool:
    """Members in good standing, whatever was true when the request began, write about themselves."""
    return Member.objects.active().filter(pk=by.pk).exists()


def may_edit(by: Member, row: Owned) -> bool:
    """Only the owner changes what is hers."""
    return row.member_id == by.pk and may_write(by)
