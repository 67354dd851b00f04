"""What one fills in about organisations."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.lib import clock
from collegium.lib.fetch import RefusedError, place_of
from collegium.lib.fields import LineField, TextField, offer
from collegium.media.decode import MOST_BYTES, Crop, Shape, UnusableImage, process_image
from collegium.members.models import Member
from collegium.organizations import industries
from collegium.organizations.domains import domain_of
from collegium.organizations.models import MOST_PLACES, NAME_LIMIT, Organization
from collegium.organizations.naming import find
from collegium.pages.models import Claim, Part
from collegium.pages.models.claims import DOMAIN_LIMIT
from collegium.pages.models.disputes import WORDS_LIMIT
from collegium.pages.models.likenesses import WORDS_LIMIT as SAME_LIMIT

PLACE_LIMIT, ABOUT_LIMIT, WEBSITE_LIMIT = 100, 2600, 500
ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,image/avif"


class WebsiteField(LineField):
    """A web address; without its scheme it is https."""

    def to_python(self, value: Any) -> str:
        """The address, if one can be asked for."""
        typed = super().to_python(value)
        if not typed:
            return ""
        address = typed if "://" in typed else f"https://{typed}"
        try:
            place_of(address)
        except RefusedError:
            raise ValidationError(_("That is no web address, such as https://acme.example.")) from None
        return address


class EditForm(forms.Form):
    """What a page says of itself."""

    name = LineField(label=gettext_lazy("Name"), limit=NAME_LIMIT)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Organization.Kind.choices)
    about = TextField(label=gettext_lazy("About"), limit=ABOUT_LIMIT, required=False)
    industry = forms.ChoiceField(label=gettext_lazy("Industry"), required=False)
    size = forms.ChoiceField(label=gettext_lazy("Size"), required=False)
    founded = forms.IntegerField(
        label=gettext_lazy("Founded"), required=False, min_value=1, help_text=gettext_lazy("The year.")
    )
    place = LineField(label=gettext_lazy("Place"), limit=PLACE_LIMIT, required=False)
    places = TextField(
        label=gettext_lazy("Other places"),
        limit=MOST_PLACES * (PLACE_LIMIT + 1),
        required=False,
        help_text=gettext_lazy("One a line, at most twenty."),
    )
    website = WebsiteField(label=gettext_lazy("Website"), limit=WEBSITE_LIMIT, required=False)

    def __init__(self, data: Any = None, *, organization: Organization) -> None:
        """Take the record as it stands."""
        self.organization = organization
        initial = {name: getattr(organization, name) for name in self.base_fields} | {
            "places": "\n".join(organization.places)
        }
        super().__init__(data, initial=initial)
        own = organization.industry
        known = {word for word, _label in industries.SECTORS}
        offer(self, "industry", [("", _("Not said")), *([(own, own)] if own and own not in known else []), *_sectors()])
        offer(self, "size", [("", _("Not said")), *Organization.Size.choices])

    def clean_founded(self) -> int | None:
        """A year that has begun."""
        year: int | None = self.cleaned_data["founded"]
        if year is not None and year > clock.now().year:
            raise ValidationError(_("That year has not begun."))
        return year

    def clean_places(self) -> list[str]:
        """One a line, none twice."""
        lines = [line.strip() for line in self.cleaned_data["places"].splitlines()]
        places = list(dict.fromkeys(line for line in lines if line))
        if len(places) > MOST_PLACES or any(len(place) > PLACE_LIMIT for place in places):
            raise ValidationError(_("At most twenty places, each of at most a hundred characters."))
        return places

    def clean_website(self) -> str:
        """A page leads to its proved domain, or below it: addresses there prove workplaces."""
        website: str = self.cleaned_data["website"]
        if not website or not self.organization.is_page or website == self.organization.website:
            return website
        host = domain_of(website)
        proved = Claim.objects.proved().filter(organization=self.organization).values_list("domain", flat=True)
        if not any(host == domain or host.endswith(f".{domain}") for domain in proved):
            raise ValidationError(_("The website of a page lies at its proved domain."))
        return website


class DomainForm(forms.Form):
    """The domain somebody can prove."""

    domain = LineField(
        label=gettext_lazy("Domain"),
        limit=DOMAIN_LIMIT,
        help_text=gettext_lazy("Such as acme.example, as in its web address."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_domain(self) -> str:
        """In ASCII, without what stands around it in an address."""
        typed: str = self.cleaned_data["domain"]
        domain = domain_of(typed if "://" in typed else f"https://{typed}")
        if not domain:
            raise ValidationError(_("That is no domain of one organisation alone. An example is acme.example."))
        return domain


class PartForm(forms.Form):
    """Whom one asks to take which part."""

    person = LineField(
        label=gettext_lazy("Who"),
        limit=200,
        help_text=gettext_lazy("The name in her address, such as ada-lovelace, or the address of her page."),
    )
    part = forms.ChoiceField(label=gettext_lazy("Part"), choices=Part.choices, widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, viewer: Viewer, only: Part | None = None) -> None:
        """Take who asks; `only` is the one part there is to give."""
        super().__init__(data, initial={"part": only or Part.CONTENT})
        self.viewer = viewer
        if only is not None:
            offer(self, "part", [(only.value, only.label)])

    def clean_person(self) -> Member:
        """The member, by handle."""
        typed: str = self.cleaned_data["person"]
        found = re.search(r"(?:/in/|@|^)([a-z0-9][a-z0-9-]{0,39})/?\s*$", typed.strip().lower())
        member = people.visible_to(self.viewer).filter(handle=found[1]).first() if found else None
        if member is None:
            raise ValidationError(_("Nobody here has this address."))
        return member


class WordsForm(forms.Form):
    """Some words, which somebody else will read."""

    words = TextField(label=gettext_lazy("In your words"), limit=WORDS_LIMIT)


class DecideForm(forms.Form):
    """What an owner decides, and why."""

    upheld = forms.ChoiceField(
        label=gettext_lazy("Who is right"),
        widget=forms.RadioSelect,
        choices=[
            ("person", gettext_lazy("The person: the entry stays linked to the page")),
            ("page", gettext_lazy("The page: the entry is no longer linked to it for 180 days")),
        ],
    )
    words = TextField(label=gettext_lazy("Why"), limit=WORDS_LIMIT, required=False)


class SameForm(forms.Form):
    """Which other record is the same body."""

    other = LineField(
        label=gettext_lazy("The other record"),
        limit=300,
        help_text=gettext_lazy("Its address, or its name where only one has it."),
    )
    words = TextField(label=gettext_lazy("What tells you so"), limit=SAME_LIMIT, required=False)

    def clean_other(self) -> Organization:
        """By address or by name."""
        return record_of(self.cleaned_data["other"])


class MergeForm(forms.Form):
    """Which record goes."""

    other = LineField(
        label=gettext_lazy("The record that goes"),
        limit=300,
        help_text=gettext_lazy("Its address, or its name where only one has it."),
    )

    def clean_other(self) -> Organization:
        """By address or by name."""
        return record_of(self.cleaned_data["other"])


class PictureForm(forms.Form):
    """A file, and the frame around the part to show."""

    picture = forms.FileField(
        allow_empty_file=True,
        error_messages={
            "required": gettext_lazy("Please choose a picture first."),
            "missing": gettext_lazy("Please choose a picture first."),
        },
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=gettext_lazy("JPEG, PNG, WebP, GIF or AVIF, at most 10 MB."),
    )

    def __init__(self, *args: Any, shape: Shape, **kwargs: Any) -> None:
        """Take the shape: "photo" is the logo."""
        super().__init__(*args, **kwargs)
        self.shape = shape
        self.images: dict[int, bytes] = {}
        self.fields["picture"].label = _("Choose a logo") if shape == "photo" else _("Choose a cover")

    def clean_picture(self) -> UploadedFile:
        """Open the picture, elsewhere; what is wrong with it is said at its field."""
        upload: UploadedFile = self.cleaned_data["picture"]
        # One byte more than allowed is enough to be refused for its size.
        data = upload.read(MOST_BYTES + 1)
        try:
            self.images = process_image(data, self._crop(), self.shape)
        except UnusableImage as unusable:
            raise ValidationError(str(unusable), code=unusable.problem) from None
        return upload

    def _crop(self) -> Crop | None:
        """The frame that the browser sent; None without one, or with one that makes no sense."""
        try:
            return Crop(*(float(self.data[f"picture_{edge}"]) for edge in "xywh"))
        except (KeyError, ValueError):
            return None


def record_of(typed: str) -> Organization:
    """The record that an address or a name means.

    Raises:
        ValidationError: none, or more than one.
    """
    found = re.search(r"(?:/organizations/)([a-z0-9][a-z0-9-]{0,39})/?", typed.lower())
    rows = Organization.objects.filter(merged_into=None)
    row = rows.filter(handle=found[1] if found else typed.strip().lower()).first()
    if row is None and not found:
        row = find([typed]).get(typed)
    if row is None:
        raise ValidationError(_("No record has this address, or several have this name. Use the address of its page."))
    return row


def _sectors() -> list[tuple[str, Any]]:
    return sorted(industries.SECTORS, key=lambda each: str(each[1]).casefold())
