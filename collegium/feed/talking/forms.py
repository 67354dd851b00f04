"""How a conversation goes: text into clean values."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.feed import rules
from collegium.feed.models import Commenting, Post
from collegium.lib import clock
from collegium.lib.fields import LineField, offer
from collegium.members.models import Member

WHO = [
    (Commenting.ANYONE, _("Everyone who sees the post")),
    (Commenting.CONNECTIONS, _("Your connections")),
    (Commenting.MENTIONED, _("People the post mentions")),
    (Commenting.NOBODY, _("Nobody")),
]
SLOW = [
    (0, pgettext_lazy("pace of comments", "As they like")),
    (60, _("One comment a minute each")),
    (600, _("One comment in 10 minutes each")),
    (3600, _("One comment an hour each")),
    (86_400, _("One comment a day each")),
]
KEEP, NOW, NEVER = "keep", "now", "never"
CLOSING = [
    (NEVER, _("Open, without an end")),
    (NOW, _("Closed")),
    ("1", _("Open for 1 day from now")),
    ("7", _("Open for 7 days from now")),
    ("30", _("Open for 30 days from now")),
]


class ArrangingForm(forms.Form):
    """Who may comment and how; the author's alone."""

    commenting = forms.ChoiceField(choices=WHO, label=_("Who may comment"))
    approving = forms.BooleanField(label=_("I let comments in one by one"), required=False)
    slow_seconds = forms.TypedChoiceField(choices=SLOW, coerce=int, label=_("How often"))


class ClosingForm(forms.Form):
    """Until when comments are taken."""

    closing = forms.ChoiceField(choices=CLOSING, label=_("Until when"))

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"closing": _now(post)})
        super().__init__(*args, **kwargs)
        self.post = post
        if post.closes_at is not None and not rules.is_closed(post):
            offer(self, "closing", [(KEEP, _("Open until the time that is set")), *CLOSING])

    def closes_at(self) -> datetime | None:
        """When, by what was chosen; what is closed already stays closed since then."""
        match self.cleaned_data["closing"]:
            case "never":
                return None
            case "keep":
                return self.post.closes_at
            case "now":
                return self.post.closes_at if rules.is_closed(self.post) else clock.now()
            case days:
                return clock.now() + timedelta(days=int(days))


def _now(post: Post) -> str:
    if post.closes_at is None:
        return NEVER
    return NOW if rules.is_closed(post) else KEEP


class HostForm(forms.Form):
    """Somebody to keep the conversation with the author, by name."""

    handle = LineField(limit=80, label=_("A connection of yours who sees the post"))

    def __init__(self, *args: Any, post: Post, me: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post, self.me = post, me

    def clean_handle(self) -> Member:
        """The person, when she can be asked."""
        handle = self.cleaned_data["handle"].strip().lstrip("@").lower()
        found = people.visible_to(Viewer(self.me)).filter(handle=handle).exclude(pk=self.me.pk).first()
        if found is None:
            raise forms.ValidationError(_("You find nobody called @%(name)s here.") % {"name": handle})
        if not rules.may_host(self.me, found, self.post):
            words = _("%(name)s is not connected with you, or does not see this post.")
            raise forms.ValidationError(words % {"name": found.name})
        return found
