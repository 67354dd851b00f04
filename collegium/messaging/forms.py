"""Text into clean values: what is said, whom it is said to, what is looked for."""

import re
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.audience import people as sight
from collegium.audience.viewer import Viewer
from collegium.lib.fields import LineField, TextField, offer
from collegium.members.models import Member
from collegium.messaging.models import Attachment, Report, Request
from collegium.messaging.models.conversations import DRAFT_LIMIT, NAME_LIMIT, Box
from collegium.messaging.models.messages import SIGNS, TEXT_LIMIT
from collegium.messaging.models.requests import FIRST_LIMIT, WORDS_LIMIT
from collegium.reach.purposes import Purpose

CODE_LIMIT = 200
GROUP_LIMIT = 60
SEARCH_LIMIT = 100
NAMED_LIMIT = 2_000
HIGHEST = (1 << 63) - 1


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class WriteForm(forms.Form):
    """Something said. The key was made where it was typed; sent again with it, it is still said once."""

    text = TextField(limit=TEXT_LIMIT, label=_("Your message"), widget=_area(1), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    reply_to = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=HIGHEST)

    def __init__(self, *args: Any, keys: Sequence[int] = (), **kwargs: Any) -> None:
        """Take `keys` of the files that go with it: with them nothing needs to be said."""
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4
        self.keys = list(keys)
        self.waiting: list[Attachment] = []  # the same as rows, for a page that shows the form again

    def clean_text(self) -> str:
        """Something, unless files say it."""
        text = str(self.cleaned_data["text"])
        if not text and not self.keys:
            raise forms.ValidationError(_("There is nothing to send yet: write something first."))
        return text


class EditForm(forms.Form):
    """Other words for a message."""

    text = TextField(
        limit=TEXT_LIMIT,
        label=_("Your message"),
        widget=_area(3),
        error_messages={"required": _("Write something, or take the message back instead.")},
    )


class FirstForm(forms.Form):
    """What one writes to somebody one is not connected with."""

    purpose = forms.ChoiceField(
        choices=Purpose.choices, error_messages={"required": _("Say what it is for: it is what people choose by.")}
    )
    text = TextField(
        limit=FIRST_LIMIT,
        label=_("Your message"),
        widget=_area(5),
        error_messages={"required": _("Write a few words: who you are, and what you would like.")},
    )
    code = LineField(limit=CODE_LIMIT, label=_("Contact key"), required=False)
    group = forms.SlugField(max_length=GROUP_LIMIT, widget=forms.HiddenInput, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4


class PeopleForm(forms.Form):
    """Whom to bring into a conversation: ticked in a list, or named by their @."""

    people = forms.MultipleChoiceField(required=False, label=_("People"))
    named = LineField(limit=NAMED_LIMIT, label=_("To"), required=False)

    def __init__(self, *args: Any, me: Member, offered: Sequence[Member] = (), **kwargs: Any) -> None:
        """Take `me`, who chooses, and `offered`, who stand in the list."""
        super().__init__(*args, **kwargs)
        self.me = me
        offer(self, "people", [(each.handle, each.name) for each in offered])
        self.offered = {each.handle: each for each in offered}

    def clean_named(self) -> list[Member]:
        """The people, as far as the one who names them sees them."""
        words = (word.lstrip("@").lower() for word in re.split(r"[\s,;]+", self.cleaned_data["named"]))
        handles = [word for word in dict.fromkeys(words) if word]
        seen = sight.visible_to(Viewer(self.me)).filter(handle__in=handles).exclude(pk=self.me.pk) if handles else ()
        found = {member.handle: member for member in seen}
        if missing := [handle for handle in handles if handle not in found]:
            words_missing = ", ".join(f"@{handle}" for handle in missing[:5])
            raise forms.ValidationError(
                _("Nobody here is called %(names)s. People are named by the @ of their profile.")
                % {"names": words_missing}
            )
        return [found[handle] for handle in handles]

    def clean(self) -> dict[str, Any]:
        """Everybody who was chosen, once."""
        values = super().clean() or {}
        ticked = [self.offered[handle] for handle in values.get("people", ())]
        values["members"] = list({each.pk: each for each in [*values.get("named", ()), *ticked]}.values())
        if not values["members"] and not self.errors:
            self.add_error("people", _("Choose at least one person."))
        return values


class NewForm(PeopleForm):
    """A conversation that begins: with whom, what it is called, what is said first."""

    text = TextField(limit=TEXT_LIMIT, label=_("First message"), widget=_area(3), required=False)
    name = LineField(limit=NAME_LIMIT, label=_("Name of the group"), required=False)


class NameForm(forms.Form):
    """What a group is called; nothing: the names of its people."""

    name = LineField(limit=NAME_LIMIT, label=_("Name of the group"), required=False)


class ReportForm(forms.Form):
    """What somebody says about a message that she reports."""

    words = TextField(limit=WORDS_LIMIT, label=_("What is wrong with it?"), widget=_area(3), required=False)


class ClosingForm(forms.Form):
    """What came of a report."""

    outcome = forms.ChoiceField(
        choices=[each for each in Report.Outcome.choices if each[0]],
        label=_("What came of it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came of it.")},
    )


class MannersForm(forms.Form):
    """What one shows of oneself while talking."""

    receipts = forms.BooleanField(required=False)
    typing = forms.BooleanField(required=False)
    presence = forms.BooleanField(required=False)


class PlaceForm(forms.Form):
    """How somebody keeps a conversation: one of a few things to do with it."""

    VERBS = ("read", "unread", "archive", "unarchive", "star", "unstar", "mute", "unmute", "put", "draft")

    do = forms.ChoiceField(choices=[(each, each) for each in VERBS])
    number = forms.IntegerField(required=False, min_value=0, max_value=HIGHEST)
    box = forms.ChoiceField(choices=Box.choices, required=False)
    text = TextField(limit=DRAFT_LIMIT, required=False)

    def clean(self) -> dict[str, Any]:
        """Moving a conversation wants a box to move it to."""
        values = super().clean() or {}
        if values.get("do") == "put" and not values.get("box"):
            self.add_error("box", _("Choose where it belongs."))
        return values


class SignForm(forms.Form):
    """One of the six signs, set or taken away."""

    sign = forms.ChoiceField(choices=[(sign, sign) for sign in SIGNS], required=False)
    remove = forms.ChoiceField(choices=[(sign, sign) for sign in SIGNS], required=False)

    def clean(self) -> dict[str, Any]:
        """Exactly one of both."""
        values = super().clean() or {}
        if not self.errors and bool(values.get("sign")) == bool(values.get("remove")):
            raise forms.ValidationError(_("Choose one of the signs."))
        return values


class VerdictForm(forms.Form):
    """What the one who was written to says of it; nothing is an answer too."""

    verdict = forms.ChoiceField(choices=[("", ""), *Request.Verdict.choices], required=False)
