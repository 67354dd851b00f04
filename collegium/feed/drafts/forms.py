"""The form of the composer: a post, when it is to be posted, and when it deletes itself."""

from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.audience.rule import IN_PLACE
from collegium.feed.forms import AUDIENCES, IN_GROUP, PostForm
from collegium.feed.models import Post
from collegium.lib import clock
from collegium.lib.fields import offer
from collegium.ui.text import moment

AHEAD = timedelta(days=366)
LASTING = [
    ("", _("Stays until I delete it")),
    ("1", _("Deletes itself after 1 day")),
    ("7", _("Deletes itself after 7 days")),
    ("30", _("Deletes itself after 30 days")),
    ("365", _("Deletes itself after 1 year")),
]
# On a post that is edited: the hour it has already.
AS_IT_IS = "kept"


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def zone_of(name: str) -> tzinfo:
    """The time zone of that name; UTC where there is none."""
    return ZoneInfo(name) if name in _zones() else UTC


class ComposerForm(PostForm):
    """A post, with its hours.

    `zone` is named by the reader's browser, which alone knows it; without JavaScript times are UTC, as the page says.
    """

    zone = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    later = forms.DateTimeField(
        label=_("Post later"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        error_messages={"invalid": _("This is no date with a time.")},
    )
    lasting = forms.ChoiceField(label=_("How long it stays"), choices=LASTING, required=False)

    def __init__(self, *args: Any, post: Post | None = None, **kwargs: Any) -> None:
        """Take `post`, the post that is edited: it is posted already, and may end already."""
        super().__init__(*args, **kwargs)
        self.row = post
        if post is not None:
            for name in ("later", "zone", "group", "anyway", "speaker"):
                del self.fields[name]
            self._stay_in_place(post)
        if post is not None and post.ends_at is not None:
            words = _("Deletes itself on %(day)s") % {"day": moment(post.ends_at)}
            offer(self, "lasting", [(AS_IT_IS, words), *LASTING])
            self.fields["lasting"].initial = AS_IT_IS

    def _stay_in_place(self, post: Post) -> None:
        """What stands in a place stays there, and what does not is not taken into one."""
        if post.audience == IN_PLACE:
            self._leave_out_aims()
        else:
            offer(self, "audience", [choice for choice in AUDIENCES if choice[0] != IN_GROUP])

    def clean_later(self) -> datetime | None:
        """The instant, between now and a year ahead."""
        typed: datetime | None = self.cleaned_data["later"]
        now = clock.now()
        if typed is None:
            return None
        # Compared roughly first: years at the ends of the calendar bear no arithmetic.
        if abs(typed.year - now.year) > 2:
            raise forms.ValidationError(_("Choose a time in the next twelve months."))
        due = typed.replace(tzinfo=zone_of(self.cleaned_data.get("zone", ""))).astimezone(UTC)
        if due <= now:
            raise forms.ValidationError(
                _("This time is over already. Choose a later one, or leave it empty to post now.")
            )
        if due > now + AHEAD:
            raise forms.ValidationError(_("Choose a time in the next twelve months."))
        return due

    @property
    def ends_at(self) -> datetime | None:
        """When it deletes itself, counted from now; of a valid form."""
        chosen = self.cleaned_data.get("lasting", "")
        if self.row is not None and (chosen == AS_IT_IS or "lasting" not in self.data):
            return self.row.ends_at
        return clock.now() + timedelta(days=int(chosen)) if chosen.isdigit() else None
