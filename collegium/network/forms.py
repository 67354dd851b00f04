"""Text into clean values: the note of an invitation, the answer of a courteous no, what a list is searched for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.lib.fields import LineField, TextField
from collegium.network.door import ADDRESS_LIMIT
from collegium.network.models import Door
from collegium.ties.models import NOTE_LIMIT


class InviteForm(forms.Form):
    """What one says when one asks somebody to connect."""

    address = LineField(
        limit=ADDRESS_LIMIT,
        label=_("An e-mail address of theirs"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type an e-mail address that you know.")},
    )
    note = TextField(
        limit=NOTE_LIMIT,
        required=False,
        label=_("Your note"),
        help_text=_("It is read first. Say where you met, or why you write."),
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
    )

    def __init__(self, data: Any = None, *, note_needed: str = "", asks_address: bool = False) -> None:
        """Take what was typed.

        Args:
            data: the request's values.
            note_needed: why a note has to be written; '' where none needs to.
            asks_address: only who knows an address of the other may ask.
        """
        super().__init__(data)
        if asks_address:
            self.fields["address"].widget.attrs["autofocus"] = True
            del self.fields["note"].widget.attrs["autofocus"]
        else:
            del self.fields["address"]
        if note_needed:
            note = self.fields["note"]
            note.required, note.help_text = True, note_needed
            note.error_messages["required"] = _("Write a line.")


class DoorForm(forms.Form):
    """Who may invite one."""

    CHOICES = [
        (Door.Who.ANYONE, _("Anyone"), _("Every member who sees you. With a note, or with something you share.")),
        (
            Door.Who.SHARED,
            _("People who share something with me"),
            _("A connection, an employer or a school in the same years, or an introduction. Both of you can see it."),
        ),
        (
            Door.Who.ADDRESS,
            _("People who know my e-mail address"),
            _("One that you confirmed here, or one among your ways to be reached. Five tries a day."),
        ),
        (
            Door.Who.NOBODY,
            _("Nobody"),
            _("You ask, and others answer. Who is introduced to you can still write."),
        ),
    ]

    who = forms.ChoiceField(choices=[(value, label) for value, label, _help in CHOICES], label=_("Who may invite you"))
    wants_note = forms.BooleanField(required=False, label=_("Only with a note"))


class ReplyForm(forms.Form):
    """A courteous no."""

    reply = TextField(
        limit=NOTE_LIMIT,
        label=_("Your answer"),
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
        error_messages={"required": _("Write an answer, or go back and decline without one.")},
    )


class RemovalForm(forms.Form):
    """What becomes of one's words about somebody, and of following, when one ends the connection."""

    withdraw_words = forms.ChoiceField(
        choices=[("", _("It stays")), ("1", _("Take it back"))],
        required=False,
        label=_("My endorsements and recommendations"),
    )
    unfollow = forms.BooleanField(required=False, label=_("Unfollow, too"))
    drop_followers = forms.BooleanField(required=False, label=_("End being followed, too"))

    def clean_withdraw_words(self) -> bool:
        """The choice as yes or no."""
        return bool(self.cleaned_data["withdraw_words"])
