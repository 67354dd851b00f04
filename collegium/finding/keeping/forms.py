"""What is typed about a search one keeps."""

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.finding.models.saved import NAME_LIMIT, Rhythm
from collegium.lib.fields import LineField


class SearchForm(forms.Form):
    """What to call it, and how often to be told."""

    name = LineField(limit=NAME_LIMIT, label=_("Name"))
    rhythm = forms.ChoiceField(choices=Rhythm, label=_("Mail me what is new"), initial=Rhythm.WEEKLY)
