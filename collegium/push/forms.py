"""What a browser says of itself when it is allowed to tell."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from collegium.lib.fetch import RefusedError, place_of
from collegium.push.models import ENDPOINT_LIMIT
from collegium.push.sealing import point, secret


class EnrolForm(forms.Form):
    """A subscription as `PushSubscription.toJSON()` gives it."""

    endpoint = forms.CharField(max_length=ENDPOINT_LIMIT)
    p256dh = forms.CharField(max_length=100)
    auth = forms.CharField(max_length=32)
    asked = forms.BooleanField(required=False)

    def clean_endpoint(self) -> str:
        """An address of the public web, under TLS; it is reached through `lib.fetch` alone."""
        text = str(self.cleaned_data["endpoint"])
        try:
            place = place_of(text)
        except RefusedError:
            raise forms.ValidationError(_("This is not the address of a push service.")) from None
        if place.scheme != "https":
            raise forms.ValidationError(_("This is not the address of a push service."))
        return place.url

    def clean(self) -> dict[str, Any]:
        """Both keys are what they should be."""
        values: dict[str, Any] = super().clean() or {}
        try:
            point(values.get("p256dh", ""))
            secret(values.get("auth", ""))
        except ValueError:
            raise forms.ValidationError(_("These are not the keys of a browser.")) from None
        return values
