"""What those who keep a group type about its posts, as clean values."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.feed.models.places import MOST_TOPICS, WORDS_LIMIT
from collegium.groups.models import Group
from collegium.lib.fields import LineField, TextField
from collegium.lib.text.tokens import LONGEST_TOPIC, topic_slug


class WordsForm(forms.Form):
    """What an author is told."""

    words = TextField(
        limit=WORDS_LIMIT,
        label=_("What you tell the author"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class SearchForm(forms.Form):
    """Words on a wall."""

    q = LineField(limit=100, label=_("Search in this group"), required=False)


class TopicsForm(forms.Form):
    """What a group is about, and whether posts about something else are asked back."""

    topics = LineField(
        limit=1_000,
        label=_("Topics"),
        required=False,
        help_text=_("With or without #, separated by spaces. Topics that were merged count as one."),
    )
    on_topic = forms.BooleanField(label=_("Posts about none of them are asked back, and wait"), required=False)

    def clean_topics(self) -> list[str]:
        """Their slugs, once each."""
        typed = [word.strip("#") for word in self.cleaned_data["topics"].replace(",", " ").split()]
        slugs = list(dict.fromkeys(topic_slug(word) for word in typed if word))
        if len(slugs) > MOST_TOPICS:
            raise forms.ValidationError(_("A group names at most %(most)s topics.") % {"most": MOST_TOPICS})
        if long := [slug for slug in slugs if len(slug) > LONGEST_TOPIC]:
            raise forms.ValidationError(_("This is too long for a topic: %(topic)s") % {"topic": long[0][:60]})
        return slugs

    def clean(self) -> dict[str, Any]:
        """Without topics there is nothing to ask back for."""
        values = super().clean() or {}
        if values.get("on_topic") and not values.get("topics") and not self.errors:
            self.add_error("topics", _("Name at least one topic, or let posts be about anything."))
        return values


def of_group(group: Group, names: list[str]) -> dict[str, Any]:
    """What stands in the form."""
    return {"topics": " ".join(f"#{name}" for name in names), "on_topic": group.on_topic}
