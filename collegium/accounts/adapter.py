"""How allauth speaks and acts here: our mails, our client address, sign-out as news."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from collegium.accounts import sessions
from collegium.accounts.models import User
from collegium.lib import mail
from collegium.lib.limits import client_address

YEAR = 365 * 24 * 3600


def display_name(user: User) -> str:
    """The person's name where there is one; for the device that keeps a passkey."""
    member = getattr(user, "member", None)
    return member.name if member is not None else user.email


def remember_language(response: HttpResponse, chosen: str, *, secure: bool) -> None:
    """Keep the language in this browser for a year."""
    name = settings.LANGUAGE_COOKIE_NAME
    response.set_cookie(name, chosen, max_age=YEAR, secure=secure, samesite="Lax", httponly=True)


class AccountAdapter(DefaultAccountAdapter):
    """Everything of it that needs no more than the account."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This address and this password do not belong together. Please check both."),
        "too_many_login_attempts": _("That was tried too often. Please wait five minutes before the next try."),
        "incorrect_code": _("That is not the code from the newest mail. Please look once more."),
        "incorrect_password": _("That is not your password. Please try again."),
        "enter_current_password": _("That is not your current password. Please try again."),
        "duplicate_email": _("This is your address already."),
        "email_taken": _("This address cannot be used here."),
        "rate_limited": _("One mail after another, please: the next can be sent in a moment."),
        "same_as_current": _("This is your address already."),
    }

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """One mail out of our three templates, in the language of the one who gets it."""
        to = email if isinstance(email, str) else email[0]
        extra = {key: context[key] for key in context if key not in {"request", "user", "current_site"}}
        return mail.compose(template_prefix, to=to, context=extra, headers=headers)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Without the site framework's name, which is only a host."""
        self.render_mail(template_prefix, email, {"email": email, **context}).send()

    def get_client_ip(self, request: HttpRequest) -> str:
        """Only proxies that the operator named may say where a request came from."""
        address = client_address(request).partition("/")[0]
        return address if address != "unknown" else "0.0.0.0"  # noqa: S104 - an address to count by, not to listen on

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """The language she once chose comes with her to a new device."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        locale = getattr(user, "locale", "")
        if locale and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            remember_language(response, locale, secure=request.is_secure())
        return response

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """A new password ends all other sessions (Django's, by the hash in them), and their streams."""
        super().set_password(user, password)
        sessions.signed_out(user)

    def logout(self, request: HttpRequest) -> None:
        """The streams of this session close with it."""
        user = request.user
        key = request.session.session_key
        super().logout(request)
        sessions.forget(key)
        sessions.signed_out(user)
