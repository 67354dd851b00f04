"""The weights of the formula, as they are typed."""

from typing import Any

from django import forms

from collegium.feed.ranking.terms import TERMS
from collegium.feed.ranking.weights import MOST, Weights


class WeightsForm(forms.Form):
    """A whole number from 0 to 10 for every term."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for term in TERMS:
            self.fields[term.name] = forms.IntegerField(
                label=term.label, help_text=term.about, min_value=0, max_value=MOST
            )

    @property
    def weights(self) -> Weights:
        """Of a valid form."""
        return {term.name: self.cleaned_data[term.name] for term in TERMS}
