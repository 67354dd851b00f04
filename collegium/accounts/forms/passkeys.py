"""allauth's forms about passkeys: what browsers, and strangers, send is cut to what means something."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from collegium.lib.fields import LineField

LONGEST_CREDENTIAL = 20_000
MOST_BRACKETS = 20
UNREADABLE = _("The passkey’s answer could not be read. Please try again.")


class CredentialMixin:
    """What a browser's passkey function answered: only the parts that mean something, and of bounded size."""

    parts: tuple[str, ...] = ()
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages |= {
            "required": _("The passkey was not used. Please try again."),
            "invalid": UNREADABLE,
        }
        self.fields["credential"].clean = self._trimmed(self.fields["credential"].clean)  # type: ignore[method-assign]

    def _trimmed(self, clean: Any) -> Any:
        def cleaned(value: Any) -> Any:
            text = value if isinstance(value, str) else ""
            if len(text) > LONGEST_CREDENTIAL or text.count("[") + text.count("{") > MOST_BRACKETS:
                raise ValidationError(UNREADABLE)
            return trim_credential(clean(value))

        return cleaned

    def clean_credential(self) -> Any:
        """Signing in: allauth checks the answer here."""
        check = getattr(super(), "clean_credential", None)
        return _guarded(check) if check else self.cleaned_data["credential"]  # type: ignore[attr-defined]

    def clean(self) -> Any:
        """Adding one: allauth checks the answer here."""
        return _guarded(super().clean)  # type: ignore[misc]


def _guarded(check: Callable[[], Any]) -> Any:
    """Run allauth's check. The parsers below it read bytes that strangers made, and may stumble in any way."""
    try:
        return check()
    except (ValidationError, DatabaseError):
        raise
    except Exception:  # noqa: BLE001 - see above
        raise ValidationError(UNREADABLE) from None


def trim_credential(answer: Any) -> dict[str, Any]:
    """The known text parts of an answer, nothing else of it.

    Raises:
        ValidationError: it does not have the shape of one.
    """
    response = answer.get("response") if isinstance(answer, dict) else None
    known = ("clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle")
    if not isinstance(response, dict) or not all(isinstance(answer.get(key), str) for key in ("id", "rawId", "type")):
        raise ValidationError(UNREADABLE)
    kept = {key: response[key] for key in known if isinstance(response.get(key), str)}
    resident = _resident(answer)
    made: dict[str, Any] = {key: answer[key] for key in ("id", "rawId", "type")}
    signs = "".join([*made.values(), *kept.values()])
    if "\x00" in signs or not signs.isascii():
        raise ValidationError(UNREADABLE)
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
