"""What is wrong with an opening, in the words of whoever reports it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.lib.fields import TextField
from collegium.openings.models import Report
from collegium.openings.models.reports import WORDS_LIMIT


class ReportForm(forms.Form):
    """A reason, and words beside it."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it"), choices=Report.Reason.choices, widget=forms.RadioSelect
    )
    words = TextField(label=_("What you saw"), limit=WORDS_LIMIT, required=False)


class SettleForm(forms.Form):
    """What an owner decides."""

    outcome = forms.ChoiceField(choices=[(Report.State.CLOSED, ""), (Report.State.DISMISSED, "")])
