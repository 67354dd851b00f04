"""What the operator's command line does with accounts; each function is whole by itself."""

from django.db import transaction

from collegium.accounts import community
from collegium.accounts.entering import trust_address
from collegium.accounts.models import Pass, User
from collegium.lib.refusal import Conflict
from collegium.members import actions
from collegium.members.models import Member

CLAIM_DAYS = 7


@transaction.atomic
def create(email: str, name: str, password: str | None = None, *, owner: bool = False) -> Member:
    """Make an account with its person; the address counts as confirmed, because the operator says so.

    Args:
        email: where she is reached.
        name: how she is called.
        password: without one, she gets in by `link`.
        owner: she runs the community.

    Raises:
        Conflict: there is an account with this address.
    """
    address = email.strip().lower()
    if User.objects.filter(email=address).exists():
        raise Conflict(f"There is an account with the address {address} already.")
    role = User.Role.OWNER if owner else User.Role.MEMBER
    user = User.objects.create_user(address, password, role=role)
    trust_address(user)
    community.forget()
    return actions.join(user, name)


@transaction.atomic
def link(email: str, base_url: str) -> str:
    """A link that works once within seven days: it sets a password and signs in. Earlier ones stop working.

    Raises:
        User.DoesNotExist: nobody has this address.
    """
    user = User.objects.get(email=email.strip().lower(), is_active=True)
    Pass.objects.filter(kind=Pass.Kind.CLAIM, user=user, used_at=None).delete()
    _, token = Pass.make(Pass.Kind.CLAIM, days=CLAIM_DAYS, user=user, email=user.email)
    return f"{base_url.rstrip('/')}/claim/{token}/"


def suspend(email: str) -> Member:
    """End someone's standing, as an owner would on the page of people.

    Raises:
        Member.DoesNotExist: nobody has this address.
        Conflict: she is suspended already.
    """
    member = Member.objects.select_related("user").get(user__email=email.strip().lower())
    actions.suspend(member, by=None)
    return member
