"""Text into clean values: what the asker says to the one she asks, and what he says to those who hire."""

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.lib.fields import TextField
from collegium.referrals.models import NOTE_LIMIT, WORDS_LIMIT, Knows


class AskForm(forms.Form):
    """A note, for the one who is asked alone."""

    note = TextField(limit=NOTE_LIMIT, required=False, label=_("Your note"), widget=forms.Textarea(attrs={"rows": 5}))


class GiveForm(forms.Form):
    """A word, for those who hire."""

    knows = forms.ChoiceField(
        choices=Knows.choices,
        widget=forms.RadioSelect,
        label=_("How do you know each other?"),
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )
    words = TextField(
        limit=WORDS_LIMIT,
        label=_("Your words"),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Say something in your own words. Or decline, quietly.")},
    )
