"""Text into clean values: the address of what a post shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.audience.viewer import Viewer
from collegium.shares.things import things

ADDRESS_LIMIT = 300


class ShareForm(forms.Form):
    """An address in this network; empty for nothing. What the author may not know of is not found."""

    address = forms.CharField(
        max_length=ADDRESS_LIMIT, required=False, label=_("Address of a group, an event, a page or a job")
    )

    def __init__(self, *args: Any, viewer: Viewer | None = None, there: str = "", **kwargs: Any) -> None:
        """Take who types, and the address of what the post shows already."""
        super().__init__(*args, **kwargs)
        self.viewer, self.there = viewer, there
        self.found: tuple[str, int] | None = None
        if there:
            self.initial["address"] = there

    def clean_address(self) -> str:
        """Find what stands there."""
        address = str(self.cleaned_data["address"])
        if address and self.viewer is not None:
            self.found = things.at(self.viewer, address)
            if self.found is None:
                raise forms.ValidationError(
                    _("There is no group, event, page or job at this address. Copy it from the top of its page.")
                )
        return address

    @property
    def was_sent(self) -> bool:
        """Whether the field stood on the page that was sent; where it did not, nothing changes."""
        return self.is_bound and self.add_prefix("address") in self.data

    @property
    def is_begun(self) -> bool:
        """Whether there is an address, so that the part stays open."""
        return bool(self["address"].value()) or (self.is_bound and bool(self.errors))
