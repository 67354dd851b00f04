"""Signing somebody in who has just proved who she is in a way of our own: the first owner's link."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from collegium.accounts.models import User


def trust_address(user: User) -> None:
    """Note that this address is hers, because whoever runs the machine says so."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).update(primary=False)
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


def enter(request: HttpRequest, user: User) -> None:
    """Sign in, note the session for the list of sessions, and spare her typing the password again at once."""
    get_adapter(request).login(request, user)
    UserSession.objects.create_from_request(request)
    record_authentication(request, user, method="password", reauthenticated=True)
