"""Who signs in, and who a session belongs to."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from collegium.accounts.models import User
from collegium.lib.statement import Statement

ACCOUNT = Statement(
    lambda slot: User.objects.select_related("member").filter(pk=slot.int("pk"), is_active=True).order_by()
)


class AccountBackend(AuthenticationBackend):
    """allauth's backend, with the member fetched beside the account: every page needs both."""

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        """The account of a session, in one query; nobody once it is closed, so that suspending signs out everywhere."""
        return ACCOUNT.first(pk=int(user_id))

    def user_can_authenticate(self, user: Any) -> bool:
        """Closed accounts cannot sign in."""
        return bool(user.is_active)

    def _check_password(self, user: AbstractBaseUser | None, password: str) -> AbstractBaseUser | None:
        """As allauth does, but a closed account answers like a wrong password.

        What happened stays between the people it concerns. An account without password costs the time of one that has.
        """
        if user is not None and not user.has_usable_password():
            return None
        found = super()._check_password(user, password)
        self.unstash_authenticated_user()
        return found
