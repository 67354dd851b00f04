"""What a person may say about herself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.career.models import ProfileText
from collegium.lib.fields import HandleField, LineField, TextField, offer
from collegium.members.models import Member
from collegium.profiles import tongues

VISIBILITIES = [
    (Member.Visibility.PUBLIC, _("Everyone"), _("Anyone on the internet can open it, and search engines may list it.")),
    (
        Member.Visibility.MEMBERS,
        _("Members"),
        _("Whoever has an account here. Others are told that the page does not exist."),
    ),
    (
        Member.Visibility.HIDDEN,
        _("Connections only"),
        _("You turn up in no search, no list and no suggestion. Whoever you invite sees your page until they answer."),
    ),
]
LIST_AUDIENCES = [
    (Member.ListAudience.MEMBERS, _("Members"), _("Everyone here who can open your profile.")),
    (Member.ListAudience.CONNECTIONS, _("Connections"), _("The people you are connected with.")),
    (
        Member.ListAudience.ONLY_ME,
        _("Only me"),
        _("Nobody else. People whom you and a reader both know are named only where their own list is open."),
    ),
]


def languages(member: Member) -> list[tuple[str, str]]:
    """What the profile can be written in: not what it is written in besides, and its own language in any case."""
    others = set(ProfileText.objects.filter(member=member).values_list("language", flat=True))
    offered = [(tag, name) for tag, name in tongues.offered() if tag not in others]
    own = (member.language, tongues.own_name(member.language))
    return offered if own in offered else [own, *offered]


def _choices(cards: list[tuple[Any, Any, Any]]) -> list[tuple[int, Any]]:
    return [(int(value), label) for value, label, _help in cards]


class ProfileForm(forms.Form):
    """The words of a profile, and who may read them."""

    name = LineField(label=_("Name"), limit=100, help_text=_("As you want to be called."))
    pronouns = LineField(label=_("Pronouns"), limit=40, required=False)
    pronunciation = LineField(
        label=_("How your name is said"),
        limit=100,
        required=False,
        help_text=_("Written as others would read it aloud: AY-da LIND-kvist."),
    )
    headline = LineField(
        label=_("Headline"),
        limit=220,
        required=False,
        help_text=_("What you do, in a sentence. It stands beside your name."),
    )
    about = TextField(label=_("About"), limit=2600, required=False)
    place = LineField(label=_("Place"), limit=100, required=False)
    handle = HandleField(
        label=_("Address"), help_text=_("Links to the old address stop working, and others may take it.")
    )
    language = forms.ChoiceField(
        label=_("Written in"),
        required=False,
        help_text=_("The language of these words. You can add your profile in others."),
    )
    indexed = forms.BooleanField(
        label=_("Search engines may list my profile"),
        required=False,
        help_text=_("Only what everyone may open is ever listed; without the tick, search engines are asked not to."),
    )
    visibility = forms.TypedChoiceField(
        label=_("Who can open your profile"), coerce=int, choices=_choices(VISIBILITIES)
    )
    connections_audience = forms.TypedChoiceField(
        label=_("Who can read the list of your connections"), coerce=int, choices=_choices(LIST_AUDIENCES)
    )

    def __init__(self, data: Any = None, *, member: Member) -> None:
        """Take what was sent, and the member whose profile it is; her words fill the fields."""
        self.member = member
        super().__init__(data, initial={name: getattr(member, name) for name in self.base_fields})
        if "language" in self.fields:
            offer(self, "language", languages(member))

    def clean_language(self) -> str:
        """A form that does not ask leaves the language as it is."""
        return self.cleaned_data["language"] or self.member.language

    def clean_handle(self) -> str:
        """Somebody else's handle is refused here; one taken a moment later, by the verb."""
        handle: str = self.cleaned_data["handle"]
        if Member.objects.filter(handle=handle).exclude(pk=self.member.pk).exists():
            raise forms.ValidationError(_("This handle is taken. Please choose another."), code="taken")
        return handle

    def changes(self) -> dict[str, Any]:
        """The fields whose value is another than before."""
        return {name: value for name, value in self.cleaned_data.items() if value != getattr(self.member, name)}


class HeadForm(ProfileForm):
    """What stands on top of a profile, for changing it in place."""

    about = handle = visibility = connections_audience = language = indexed = None  # type: ignore[assignment]


class AboutForm(ProfileForm):
    """The words about oneself, for changing them in place."""

    name = pronouns = pronunciation = headline = place = None  # type: ignore[assignment]
    handle = visibility = connections_audience = language = indexed = None  # type: ignore[assignment]
