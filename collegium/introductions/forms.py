"""Text into clean values: the letter of the asker, the words of the introducer, a courteous no."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.introductions.models import ANSWER_LIMIT, NOTE_LIMIT
from collegium.lib.fields import LineField, TextField


def _area(rows: int, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


class AskForm(forms.Form):
    """Whom to ask, and what to say to both."""

    through = LineField(limit=100, error_messages={"required": _("Choose who could introduce you.")})
    to_target = TextField(
        limit=NOTE_LIMIT,
        label=_("Your letter"),
        widget=_area(5),
        error_messages={"required": _("Say in a line or two why you would like to meet.")},
    )
    to_introducer = TextField(limit=NOTE_LIMIT, required=False, label=_("A word beside it"), widget=_area(2))

    def __init__(self, *args: Any, handles: Sequence[str], **kwargs: Any) -> None:
        """Take `handles`, of the people who can be asked; anybody else is nobody."""
        super().__init__(*args, **kwargs)
        self.handles = handles

    def clean_through(self) -> str:
        """One of them."""
        handle = str(self.cleaned_data["through"])
        if handle not in self.handles:
            raise forms.ValidationError(_("Choose who could introduce you."))
        return handle


class PassOnForm(forms.Form):
    """What the introducer sends on."""

    cover = TextField(limit=NOTE_LIMIT, required=False, label=_("Your words"), widget=_area(4))
    words = TextField(
        limit=NOTE_LIMIT,
        label=_("The letter you pass on"),
        widget=_area(5),
        error_messages={"required": _("Something must be passed on. Or decline, quietly.")},
    )


class AnswerForm(forms.Form):
    """A courteous no."""

    answer = TextField(
        limit=ANSWER_LIMIT,
        label=_("Your line"),
        widget=_area(3),
        error_messages={"required": _("Write a line, or go back and decline without one.")},
    )
