"""What a restricted person says to it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.conduct.models import WORDS_LIMIT
from collegium.lib.fields import TextField


class AppealForm(forms.Form):
    """An appeal, once."""

    words = TextField(
        limit=WORDS_LIMIT,
        label=_("Your appeal"),
        help_text=_("Say what was different, or what you will do differently. Whoever runs this network reads it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what you want to be read.")},
    )
