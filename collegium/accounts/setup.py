"""The one-time link through which the first person becomes the owner."""

from django.db import transaction

from collegium.accounts import community
from collegium.accounts.models import Pass

DAYS = 30


@transaction.atomic
def setup_link(base_url: str) -> str | None:
    """A fresh link for the first owner; earlier ones that were not used stop working.

    Args:
        base_url: where this network is reached, such as `http://localhost:8000`.

    Returns:
        The address, to be shown to whoever started the server; None once there is an owner.
    """
    if community.has_owner():
        return None
    Pass.objects.filter(kind=Pass.Kind.SETUP, used_at=None).delete()
    _, token = Pass.make(Pass.Kind.SETUP, days=DAYS)
    return f"{base_url.rstrip('/')}/welcome/{token}/"
