"""Joining: the forms through which somebody becomes a person here."""

from typing import Any

from allauth.account.forms import SignupForm
from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from collegium.accounts.forms.account import EMAIL_ATTRS, bare, email_field, new_password_field
from collegium.accounts.models import Community, User
from collegium.accounts.passwords import MOST, Strength
from collegium.lib.fields import LineField
from collegium.lib.refusal import Conflict
from collegium.members import actions, joining
from collegium.members.models import Member


def name_field() -> LineField:
    """The name, as one wants to be called."""
    return LineField(
        limit=100,
        label=_("Your name"),
        help_text=_("As people here should read it. It can be changed later."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class SignUpForm(SignupForm):
    """Name, address, password (or, by passkey, none). The answer never tells whether the address was known."""

    name = name_field()
    field_order = ("name", "email", "password1")
    account_already_exists: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bare(self)
        email_field(self, "email", _("E-mail address"))
        if "password1" in self.fields:
            new_password_field(self, _("Password"))

    def clean(self) -> dict[str, Any]:
        """The password may not be made of the name either, which allauth does not know."""
        cleaned: dict[str, Any] = super().clean()
        password = cleaned.get("password1")
        if password and not self.errors.get("password1"):
            asked = User(email=cleaned.get("email") or "")
            asked.proposed_name = cleaned.get("name") or ""  # type: ignore[attr-defined]
            try:
                Strength().validate(password, asked)
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Make the account and the person, or act as if.

        Somebody else may claim the address between the look and the write: the database decides, and the loser is
        treated like anybody who types an address that is known.
        """
        if not self.account_already_exists:
            try:
                with transaction.atomic():
                    return self.save(request), None
            except IntegrityError:
                self.account_already_exists = True
            except Conflict as conflict:
                self.add_error(None, conflict.reason)
                return None, _again(request, self)
        elif password := self.cleaned_data.get("password1"):
            get_user_model()().set_password(password)  # It takes the time that a new account would.
        result: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return result

    def save(self, request: HttpRequest) -> User:
        """The account, the person (whom nobody sees before the address is confirmed), and the invitation used up."""
        user: User = super().save(request)
        actions.join(user, self.cleaned_data["name"], standing=Member.Standing.AWAITING)
        joining.spend_invitation(request, user)
        return user


def _again(request: HttpRequest, form: SignUpForm) -> HttpResponse:
    """The same page once more with what went wrong; allauth looks for errors only before it saves."""
    from allauth.account.views import SignupByPasskeyView, SignupView  # noqa: PLC0415 - they import the forms

    view = (SignupByPasskeyView if form.by_passkey else SignupView)()
    view.setup(request)
    response = view.form_invalid(form)
    response.render()
    return response


class WelcomeForm(forms.Form):
    """The first person: names the network, says who may join, and becomes its owner."""

    network = LineField(
        limit=60, label=_("Name of this network"), help_text=_("An association, a town, a company, a circle.")
    )
    sign_up = forms.ChoiceField(
        choices=Community.SignUp.choices,
        initial=Community.SignUp.OPEN,
        widget=forms.RadioSelect,
        label=_("Who may join"),
    )
    name = name_field()
    email = forms.EmailField(max_length=254, label=_("E-mail address"), widget=forms.TextInput(attrs=EMAIL_ATTRS))
    password1 = forms.CharField(
        max_length=MOST,
        strip=False,
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "maxlength": str(MOST)}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = Strength().get_help_text()

    def clean_email(self) -> str:
        """Addresses are kept in lower case."""
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        """The password may not be made of name or address."""
        cleaned: dict[str, Any] = super().clean() or {}
        if password := cleaned.get("password1"):
            asked = User(email=cleaned.get("email") or "")
            asked.proposed_name = cleaned.get("name") or ""  # type: ignore[attr-defined]
            try:
                Strength().validate(password, asked)
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned
