"""The sheet on which an opening is written. A draft may lack anything; what is there has to be right."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.gazetteer import countries, money, places
from collegium.lib.fields import TextField, offer
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.openings.details import Details, html_of
from collegium.openings.forms import questions
from collegium.openings.forms.fields import AmountField, NamesField, NeededLine, YesNoField
from collegium.openings.models import Kind, Period, Seniority, Way
from collegium.openings.models.hidden import MOST
from collegium.openings.models.openings import (
    DAYS_LEAST,
    LONGEST,
    MACHINE_LIMIT,
    MOST_COUNTRIES,
    MOST_SKILLS,
    PLACE_LIMIT,
    TEXT_LIMIT,
    TITLE_LIMIT,
)
from collegium.openings.posting import WIDEST
from collegium.openness.naming import meant
from collegium.organizations.models import NAME_LIMIT
from collegium.skills.models import NAME_LIMIT as SKILL_LIMIT
from collegium.workplaces.domains import ascii_domain

KEPT = [
    (30, gettext_lazy("A month after it ended")),
    (90, gettext_lazy("Three months after it ended")),
    (180, gettext_lazy("Half a year after it ended")),
    (365, gettext_lazy("A year after it ended")),
    (730, gettext_lazy("Two years after it ended")),
]
OFTEN = ("EUR", "USD", "GBP", "CHF", "SEK", "PLN")


class SheetForm(forms.Form):
    """Everything about an opening but its questions, which are forms of their own (`rows`)."""

    # A draft may lack anything, and a browser would not let it go.
    use_required_attribute = False

    title = NeededLine(limit=TITLE_LIMIT, label=gettext_lazy("What the post is called"))
    source = TextField(limit=TEXT_LIMIT, required=False, label=gettext_lazy("The work"))
    way = forms.ChoiceField(choices=Way.choices, label=gettext_lazy("Where the work is done"), initial=Way.SITE)
    place = NeededLine(limit=PLACE_LIMIT, label=gettext_lazy("Town"))
    country = forms.ChoiceField(required=False, label=gettext_lazy("Country"))
    countries = NamesField(
        most=MOST_COUNTRIES,
        each=60,
        label=gettext_lazy("From which countries"),
        help_text=gettext_lazy("With commas between them. Empty: from anywhere."),
    )
    kind = forms.ChoiceField(choices=Kind.choices, label=gettext_lazy("Kind of work"), initial=Kind.FULL)
    seniority = forms.TypedChoiceField(
        choices=Seniority.choices, coerce=int, label=gettext_lazy("Experience"), initial=Seniority.MIDDLE
    )
    required = NamesField(
        most=MOST_SKILLS,
        each=SKILL_LIMIT,
        label=gettext_lazy("Skills that are needed"),
        help_text=gettext_lazy("Only what somebody cannot do the work without."),
    )
    nice = NamesField(most=MOST_SKILLS, each=SKILL_LIMIT, label=gettext_lazy("Skills that would be nice"))
    pay_low = AmountField(label=gettext_lazy("At least"))
    pay_high = AmountField(label=gettext_lazy("At most"))
    currency = forms.ChoiceField(required=False, label=gettext_lazy("Currency"))
    period = forms.ChoiceField(choices=Period.choices, label=gettext_lazy("For"), initial=Period.YEAR)
    vacancy = YesNoField(
        label=gettext_lazy("Is this post free now?"),
        yes=gettext_lazy("Yes: somebody begins once found"),
        no=gettext_lazy("No: we gather people for later, and readers are told so"),
    )
    machine = YesNoField(
        label=gettext_lazy("Does a machine sort, rate or choose applicants?"),
        yes=gettext_lazy("Yes"),
        no=gettext_lazy("No, people read every application"),
    )
    machine_words = TextField(
        limit=MACHINE_LIMIT,
        required=False,
        label=gettext_lazy("What the machine does, and what a person does after it"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    people = NamesField(
        most=MOST,
        each=100,
        label=gettext_lazy("People"),
        help_text=gettext_lazy("By name, or by the name in the address of their page, such as @ada-lovelace."),
    )
    organizations = NamesField(
        most=MOST, each=NAME_LIMIT, label=gettext_lazy("Everybody who works at these organisations")
    )
    domains = NamesField(
        most=MOST,
        each=253,
        label=gettext_lazy("Everybody with a mail address at these domains"),
        help_text=gettext_lazy("Such as acme.example; what lies below is meant too."),
    )
    members_only = forms.BooleanField(required=False, label=gettext_lazy("Only members read it"))
    blind = forms.BooleanField(required=False, label=gettext_lazy("Review without names and pictures"))
    kept_days = forms.TypedChoiceField(
        choices=KEPT, coerce=int, initial=180, label=gettext_lazy("Applications are erased")
    )
    days = forms.IntegerField(
        min_value=DAYS_LEAST,
        max_value=LONGEST.days,
        initial=60,
        label=gettext_lazy("How many days it stands"),
        help_text=gettext_lazy(
            "At most 60. It closes earlier when nobody has looked at its applications for three weeks."
        ),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, viewer: Viewer, said: Details | None = None, fixed: bool = False) -> None:
        """Take what was sent, who types, and what is said already.

        Args:
            data: what was sent.
            viewer: who types.
            said: what is said already.
            fixed: somebody answered the questions, so they are not asked for here.
        """
        said = said or Details()
        self.viewer, self.said, self.fixed = viewer, said, fixed
        self.seen = {each.pk: each for each in people.visible_to(viewer).filter(pk__in=said.people)}
        super().__init__(data, initial=self._initial())
        self.fields["form_key"].initial = uuid.uuid4
        offer(self, "country", [("", _("Choose")), *countries.countries()])
        offer(self, "currency", [("", _("Choose")), *_currencies()])
        kept = dict(KEPT)
        if said.kept_days not in kept:
            offer(self, "kept_days", [*KEPT, (said.kept_days, _("%(n)s days after it ended") % {"n": said.kept_days})])
        self.asks = [] if fixed else questions.rows(data, said.questions)

    def _initial(self) -> dict[str, Any]:
        said = self.said
        names = [name for name in self.base_fields if name in Details.__dataclass_fields__]
        return {name: getattr(said, name) for name in names} | {
            "source": said.text,
            "countries": [countries.country_name(code) for code in said.countries],
            "people": [f"@{each.handle}" for each in self.seen.values()],
        }

    def is_valid(self) -> bool:
        """The sheet and every question on it."""
        judged = [super().is_valid(), *(each.is_valid() for each in self.asks)]
        return all(judged)

    def clean_source(self) -> str:
        """A text that a page can bear."""
        text: str = self.cleaned_data["source"]
        try:
            html_of(text)
        except Conflict as conflict:
            raise ValidationError(conflict.reason) from None
        return text

    def clean_countries(self) -> tuple[str, ...]:
        """Codes, for names in the language of the page or in English, and for codes."""
        known = {name.casefold(): code for code, name in countries.countries()}
        found = []
        for typed in self.cleaned_data["countries"]:
            code = typed.upper() if countries.is_country(typed.upper()) else known.get(typed.casefold(), "")
            if not code:
                raise ValidationError(_("No country is called %(name)s.") % {"name": typed})
            found.append(code)
        return tuple(dict.fromkeys(found))

    def clean_domains(self) -> tuple[str, ...]:
        """Domains in ASCII."""
        found = []
        for typed in self.cleaned_data["domains"]:
            domain = ascii_domain(typed.rpartition("@")[2])
            if not domain:
                raise ValidationError(_("%(domain)s is not a domain such as acme.example.") % {"domain": typed})
            found.append(domain)
        return tuple(dict.fromkeys(found))

    def clean_people(self) -> tuple[int, ...]:
        """Keys; those whom this viewer does not see stay as somebody else of the team put them."""
        unseen = [key for key in self.said.people if key not in self.seen]
        found = [*unseen]
        for typed in self.cleaned_data["people"]:
            named: list[Member] = meant(self.viewer, typed)
            if not named:
                raise ValidationError(_("Nobody you can see is called %(name)s.") % {"name": typed})
            if len(named) > 1:
                those = ", ".join(f"@{each.handle}" for each in named)
                words = _("Several people are called %(name)s: write one of %(those)s.")
                raise ValidationError(words % {"name": typed, "those": those})
            found.append(named[0].pk)
        return tuple(dict.fromkeys(found))

    def clean(self) -> dict[str, Any]:
        """What is plainly wrong is told at once, on a draft too."""
        values = super().clean() or {}
        low, high = values.get("pay_low"), values.get("pay_high")
        if low is not None and high is not None and high < low:
            self.add_error("pay_high", _("The most is less than the least."))
        elif low and high and high > low * WIDEST:
            words = _("The range is too wide to tell anybody anything: the most can be one and a half times the least.")
            self.add_error("pay_high", words)
        if len(values.get("required") or ()) + len(values.get("nice") or ()) > MOST_SKILLS:
            words = _("At most %(most)s skills in all: name those that matter.")
            self.add_error("nice", words % {"most": MOST_SKILLS})
        return values

    @property
    def details(self) -> Details:
        """What a valid form holds."""
        values = {name: value for name, value in self.cleaned_data.items() if name in Details.__dataclass_fields__}
        values |= {"text": self.cleaned_data["source"], "machine_words": self.cleaned_data["machine_words"]}
        values |= self._where(values["way"], values["place"], values["country"])
        asked = [each.asked for each in self.asks] if not self.fixed else [*self.said.questions]
        return Details(**values, questions=tuple(each for each in asked if each is not None))

    def _where(self, way: str, place: str, country: str) -> dict[str, Any]:
        """The town that is meant, where one is: the largest of its name, in that country where one is chosen."""
        if way == Way.REMOTE or not place:
            return {"town": None, "place": place if way != Way.REMOTE else "", "country": country}
        found = places.find(place, country)
        if not found:
            return {"town": None}
        return {"town": found[0], "place": place.partition(",")[0].strip(), "country": found[0].country}

    @property
    def asked(self) -> int:
        """How many questions stand in the form."""
        return sum(1 for each in self.asks if each["words"].value() or each.errors)


def _currencies() -> list[tuple[str, str]]:
    """Those that are written most often first."""
    named = dict(money.currencies())
    shown = [(code, f"{code} · {named[code]}") for code in OFTEN if code in named]
    return [*shown, *((code, f"{code} · {name}") for code, name in named.items() if code not in OFTEN)]
