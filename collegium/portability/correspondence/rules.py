"""May she? What is kept here is its owner's alone; to others it does not exist."""

from collegium.members.models import Member


def may_forget(by: Member) -> bool:
    """Members in good standing, whatever was true when the request began."""
    return Member.objects.active().filter(pk=by.pk).exists()
