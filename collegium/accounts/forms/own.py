"""Our own forms about the community and about accounts that others made."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.accounts.forms.account import EMAIL_ATTRS
from collegium.accounts.models import Community
from collegium.accounts.passwords import MOST, Strength
from collegium.lib.fields import LineField


class CommunityForm(forms.ModelForm):
    """What the owner decides about the whole place."""

    name = LineField(limit=60, label=_("Name of this network"))
    about = LineField(
        limit=300,
        required=False,
        label=_("What it is for"),
        help_text=_("One sentence, shown to people who are asked in."),
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
