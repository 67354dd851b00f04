"""Text into clean values: the note of an invitation, the answer of a courteous no, what a list is searched for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.lib.fields import LineField, TextField
from collegium.ties.models import NOTE_LIMIT


class InviteForm(forms.Form):
    """What one says when one asks somebody to connect."""

    note = TextField(
        limit=NOTE_LIMIT,
        required=False,
        label=_("Your note"),
        help_text=_("It is read first. Say where you met, or why you write."),
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
    )


class ReplyForm(forms.Form):
    """A courteous no."""

    reply = TextField(
        limit=NOTE_LIMIT,
        label=_("Your answer"),
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
        error_messages={"required": _("Write an answer, or go back and decline without one.")},
    )


class ListForm(forms.Form):
    """How a list of people is searched and sorted; nonsense is taken as the default."""

    SORTS = [("recent", _("Newest first")), ("name", _("By name"))]

    q = LineField(limit=100, required=False, label=_("Search your connections"))
    sort = forms.ChoiceField(choices=SORTS, required=False, label=_("Order"))
