"""The part of the composer about passing on: what a new post passes on, or whether it may be passed on itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.audience.level import Level
from collegium.feed.models import Facet, Post
from collegium.feed.sides.speaking import said_from
from collegium.members.models import Member
from collegium.reposts import actions, rules

GREATEST = (1 << 63) - 1


class PassingForm(forms.Form):
    """A key that the page with the original put there, or a box to tick."""

    prefix = "reposts"

    of = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=GREATEST)
    forbid = forms.BooleanField(label=_("May not be reposted"), required=False)

    def __init__(self, *args: Any, me: Member | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.me = me
        self.original: Post | None = None

    def clean_of(self) -> int | None:
        """The key, where the post may be passed on by this member."""
        key: int | None = self.cleaned_data["of"]
        if key is None:
            return None
        found = actions.seen(self.me, key) if self.me is not None else None
        if found is None or not rules.may_repost(self.me, found):
            raise forms.ValidationError(actions.closed())
        self.original = found
        personal = found.facet == Facet.PERSONAL
        if personal and self.me is not None and said_from(self.me, self.data.get("facet", "")) != Facet.PERSONAL:
            raise forms.ValidationError(actions.personal())
        return key


class PlainForm(forms.Form):
    """For whom a plain repost is."""

    audience = forms.TypedChoiceField(
        choices=Level.choices, coerce=int, label=_("Who sees the repost"), initial=Level.CONNECTIONS.value
    )
