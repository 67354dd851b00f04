"""The forms of newsletters."""

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.lib.fields import LineField, TextField
from collegium.newsletters.models import ABOUT_LIMIT, NAME_LIMIT, RHYTHM_LIMIT


class NewsletterForm(forms.Form):
    """What it is called, what it is about, and how often it comes."""

    name = LineField(label=_("Name"), limit=NAME_LIMIT)
    about = TextField(
        label=_("What it is about"), limit=ABOUT_LIMIT, required=False, help_text=_("And for whom you write it.")
    )
    rhythm = LineField(
        label=_("How often it comes"),
        limit=RHYTHM_LIMIT,
        required=False,
        help_text=_("In your words, such as “every other Friday” or “when there is something to say”."),
    )


class SubscribeForm(forms.Form):
    """How one would like to be sent it."""

    by_mail = forms.BooleanField(label=_("Also by mail"), required=False)
    shares_address = forms.BooleanField(label=_("The author may know my mail address"), required=False)
