"""allauth's forms in our words, with bounds on everything that is typed or sent."""

from typing import Any

from allauth.account import forms as account
from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from collegium.accounts.models import Community
from collegium.accounts.passwords import MOST, Strength
from collegium.lib.fields import LineField

LONGEST_CREDENTIAL = 20_000
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
            field.widget.attrs["maxlength"] = str(MOST)


def email_field(form: forms.BaseForm, name: str, label: Any, **attrs: str) -> None:
    """Dress an address field, bounded as in the database."""
    field = form.fields[name]
    field.label = label
    field.max_length = 254
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
        self.fields["password"].max_length = MOST


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
        self.fields["oldpassword"].label = _("Password at present")
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
        field.max_length = 20  # type: ignore[attr-defined]
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


class CredentialMixin:
    """What a browser's passkey function answered: only the parts that mean something, and no more of them than needed."""

    parts: tuple[str, ...] = ()
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages |= {
            "required": _("The passkey was not used. Please try again."),
            "invalid": _("The passkey’s answer could not be read. Please try again."),
        }
        self.fields["credential"].clean = self._trimmed(self.fields["credential"].clean)  # type: ignore[method-assign]

    def _trimmed(self, clean: Any) -> Any:
        def cleaned(value: Any) -> Any:
            if isinstance(value, str) and len(value) > LONGEST_CREDENTIAL:
                raise ValidationError(_("The passkey’s answer could not be read. Please try again."))
            return trim_credential(clean(value))

        return cleaned


def trim_credential(answer: Any) -> dict[str, Any]:
    """The known text parts of an answer, nothing else of it.

    Raises:
        ValidationError: it does not have the shape of one.
    """
    response = answer.get("response") if isinstance(answer, dict) else None
    known = ("clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle")
    if not isinstance(response, dict) or not all(isinstance(answer.get(key), str) for key in ("id", "rawId", "type")):
        raise ValidationError(_("The passkey’s answer could not be read. Please try again."))
    kept = {key: response[key] for key in known if isinstance(response.get(key), str) and response[key].isascii()}
    resident = _resident(answer)
    made: dict[str, Any] = {key: answer[key] for key in ("id", "rawId", "type")}
    if "\x00" in "".join([*made.values(), *kept.values()]):
        raise ValidationError(_("The passkey’s answer could not be read. Please try again."))
    made["response"] = kept
    made["clientExtensionResults"] = {} if resident is None else {"credProps": {"rk": resident}}
    return made


def _resident(answer: dict[str, Any]) -> bool | None:
    results = answer.get("clientExtensionResults")
    props = results.get("credProps") if isinstance(results, dict) else None
    kept = props.get("rk") if isinstance(props, dict) else None
    return kept if isinstance(kept, bool) else None


class _PasskeyName(CredentialMixin):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = LineField(
            limit=60,
            required=False,
            label=_("Name of this passkey"),
            help_text=_("For you alone, to tell several apart: the device or the program that keeps it."),
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )


class AddPasskeyForm(_PasskeyName, webauthn.AddWebAuthnForm):
    """One more passkey; always one that can sign in by itself."""

    passwordless = None

    def clean(self) -> dict[str, Any]:
        """The device must have checked that it is you: only then may the passkey stand for the password."""
        self.cleaned_data["passwordless"] = True
        cleaned: dict[str, Any] = super().clean()
        return cleaned


class FirstPasskeyForm(_PasskeyName, webauthn.SignupWebAuthnForm):
    """The passkey of a new account."""


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    name = LineField(limit=60, label=_("Name of this passkey"), widget=forms.TextInput(attrs={"autocomplete": "off"}))


class PasskeySignInForm(CredentialMixin, webauthn.LoginWebAuthnForm):
    """Signing in with nothing but a passkey."""


class PasskeyStepForm(CredentialMixin, webauthn.AuthenticateWebAuthnForm):
    """A passkey as the second step."""


class PasskeyAgainForm(CredentialMixin, webauthn.ReauthenticateWebAuthnForm):
    """A passkey before something important is changed."""


class CommunityForm(forms.ModelForm):
    """What the owner decides about the whole place."""

    name = LineField(limit=60, label=_("Name of this network"))
    about = LineField(
        limit=300, required=False, label=_("What it is for"), help_text=_("One sentence, shown to people who are asked in.")
    )

    class Meta:
        model = Community
        fields = ("name", "about", "sign_up")
        widgets = {"sign_up": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sign_up"].label = _("Who may join")


class InvitationForm(forms.Form):
    """To whom an invitation goes; without an address it is a link to hand over."""

    email = forms.EmailField(
        max_length=254,
        required=False,
        label=_("E-mail address"),
        help_text=_("Leave it empty to get a link that you hand over yourself."),
        widget=forms.TextInput(attrs=EMAIL_ATTRS | {"autocomplete": "off"}),
    )


class ClaimForm(forms.Form):
    """The password that opens an account for the first time."""

    password1 = forms.CharField(
        max_length=MOST,
        strip=False,
        label=_("New password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "maxlength": str(MOST)}),
    )

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password1"].help_text = Strength().get_help_text()

    def clean_password1(self) -> str:
        """Strong enough."""
        password: str = self.cleaned_data["password1"]
        Strength().validate(password, self.user)
        return password


SIGN_UP_EXPLAINED = {
    Community.SignUp.OPEN: _("Whoever comes may join once the e-mail address is confirmed."),
    Community.SignUp.INVITATION: _("Only with an invitation that an owner has made."),
    Community.SignUp.APPROVAL: _("Whoever comes may ask; an owner decides."),
}


def sign_up_choices() -> list[tuple[str, Any, Any]]:
    """The three policies with their explanation, as `ui.choice_cards` takes them."""
    return [(key.value, key.label, SIGN_UP_EXPLAINED[key]) for key in Community.SignUp]
