"""What is typed about a search one keeps."""

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.lib.fields import LineField
from collegium.search.models import NAME_LIMIT


class NameForm(forms.Form):
    """What to call it."""

    name = LineField(limit=NAME_LIMIT, label=_("Name"))
