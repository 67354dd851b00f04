"""Text into clean values: what is to be quiet and for how long, which topic leads to which."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.feed.models import Topic
from collegium.feed.models.reading import WORD
from collegium.feed.reading import words
from collegium.lib.fields import LineField
from collegium.lib.text.tokens import topic_slug

FOR = [(1, _("for a day")), (7, _("for a week")), (30, _("for 30 days")), (0, _("for good"))]
TYPED = 60


def topic_named(typed: str) -> Topic | None:
    """The topic as somebody types it, with or without the sign."""
    slug = topic_slug(typed.strip().lstrip("#")[:80])
    return Topic.objects.select_related("same_as").filter(slug=slug).first() if slug else None


class LengthForm(forms.Form):
    """For how long."""

    days = forms.TypedChoiceField(choices=FOR, coerce=int, label=_("How long"), initial=7)


class QuietForm(LengthForm):
    """A word, some words in a row, or a topic; a topic begins with its sign."""

    field_order = ["word", "days"]
    word = LineField(
        limit=TYPED,
        label=_("Word, phrase or #topic"),
        help_text=_("Whole words only; capitals and accents do not matter. With a # in front it is a topic."),
    )

    topic: Topic | None = None

    def clean_word(self) -> str:
        """Folded; a topic is looked up instead."""
        typed = str(self.cleaned_data["word"])
        if typed.startswith("#") and " " not in typed:
            self.topic = topic_named(typed)
            if self.topic is None:
                raise forms.ValidationError(_("Nobody has written about this topic yet."))
            return typed
        folded = words.fold(typed)
        if not words.spaced(folded):
            raise forms.ValidationError(_("There is no letter or digit in it to look for."))
        if len(folded) > WORD:
            raise forms.ValidationError(_("This is too long to look for."))
        return folded


class TopicForm(forms.Form):
    """A topic that exists."""

    name = LineField(limit=81, label=_("Topic"))

    def clean_name(self) -> Topic:
        """The topic it names."""
        found = topic_named(str(self.cleaned_data["name"]))
        if found is None:
            raise forms.ValidationError(_("Nobody has written about this topic yet."))
        return found


class MergeForm(forms.Form):
    """Two topics that mean the same."""

    topic = LineField(limit=81, label=_("This topic"))
    into = LineField(limit=81, label=_("becomes part of"))

    def clean(self) -> dict[str, Any]:
        """Both as rows."""
        values: dict[str, Any] = super().clean() or {}
        for name in ("topic", "into"):
            if typed := values.get(name):
                values[name] = topic_named(str(typed))
                if values[name] is None:
                    self.add_error(name, _("Nobody has written about this topic yet."))
        return values
