"""allauth's forms about addresses, passwords and codes, in our words, with bounds on everything that is typed."""

from typing import Any

from allauth.account import forms as account
from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from collegium.accounts.passwords import MOST, Strength

EMAIL_ATTRS = {
    "type": "email",
    "inputmode": "email",
    "autocomplete": "email",
    "autocapitalize": "none",
    "spellcheck": "false",
    "maxlength": "254",
}
CODE_ATTRS = {
    "inputmode": "numeric",
    "autocomplete": "one-time-code",
    "autocapitalize": "none",
    "spellcheck": "false",
    "maxlength": "20",
    "class": "code-input",
}


def bare(form: forms.BaseForm) -> None:
    """Labels stand above the fields; a placeholder would only repeat them and vanish while one types."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
        if isinstance(field.widget, forms.PasswordInput):
            bound(field, MOST)


def bound(field: forms.Field, most: int) -> None:
    """No longer than that, also for those who do not ask their browser."""
    field.validators.append(MaxLengthValidator(most, _("At most %(limit_value)d characters fit here.")))
    field.widget.attrs["maxlength"] = str(most)


def email_field(form: forms.BaseForm, name: str, label: Any, **attrs: str) -> None:
    """Dress an address field, bounded as in the database."""
    field = form.fields[name]
    field.label = label
    bound(field, 254)
    field.widget.attrs.update(EMAIL_ATTRS | attrs)
    field.error_messages["invalid"] = _("This does not look like an e-mail address. Please check it.")


def new_password_field(form: forms.BaseForm, label: Any) -> None:
    """Dress the field for a new password; one, with a way to look at it, instead of two to be typed blindly."""
    field = form.fields["password1"]
    field.label = label
    field.help_text = Strength().get_help_text()
    field.widget.attrs["autocomplete"] = "new-password"
    form.fields.pop("password2", None)


class SignInForm(account.LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bare(self)
        email_field(self, "login", _("E-mail address"), autocomplete="username webauthn")
        self.fields["password"].help_text = ""


class ResetForm(account.ResetPasswordForm):
    """Whom to send a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bare(self)
        email_field(self, "email", _("E-mail address"))

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Accounts that were loaded, not signed up, have no address row yet which the code could confirm."""
        for user in self.users:
            sync_user_email_address(user)
        return str(super().save(request, **kwargs))


class NewPasswordForm(account.ResetPasswordKeyForm):
    """A new password after the code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bare(self)
        new_password_field(self, _("New password"))


class ChangePasswordForm(account.ChangePasswordForm):
    """The old and the new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bare(self)
        self.fields["oldpassword"].label = _("Current password")
        self.fields["oldpassword"].help_text = ""
        new_password_field(self, _("New password"))


class SetPasswordForm(account.SetPasswordForm):
    """The first password of an account that had none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bare(self)
        new_password_field(self, _("New password"))


class ChangeEmailForm(account.AddEmailForm):
    """The new address; it counts once it is confirmed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bare(self)
        email_field(self, "email", _("New e-mail address"))


class ReauthenticateForm(account.ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bare(self)
        self.fields["password"].help_text = ""


class CodeMixin:
    """A field for digits that a phone fills in by itself."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bare(self)  # type: ignore[arg-type]
        field = self.fields["code"]
        field.label = _("Code")
        bound(field, 20)
        field.widget.attrs |= CODE_ATTRS


class ConfirmEmailForm(CodeMixin, account.ConfirmEmailVerificationCodeForm):
    """The code from the mail to a new address."""


class ConfirmResetForm(CodeMixin, account.ConfirmPasswordResetCodeForm):
    """The code from the mail about a forgotten password."""


class SecondStepForm(CodeMixin, mfa.AuthenticateForm):
    """The code of the app, or one kept for emergencies."""


class SecondStepAgainForm(CodeMixin, mfa.ReauthenticateForm):
    """The same, before something important is changed."""


class ActivateAppForm(CodeMixin, totp.ActivateTOTPForm):
    """The first code of a new app."""
