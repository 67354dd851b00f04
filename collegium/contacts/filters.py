"""Which of one's people, in which order: read off an address, written back as one."""

from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from collegium.contacts.models import ADDRESS_LIMIT, FILTER_NAME, Tag
from collegium.lib.fields import LineField, offer
from collegium.members.models import Member
from collegium.ties.models import Circle

WORDS_LIMIT = 100
NAME, NEWEST, LONGEST = "name", "newest", "longest"
SORTS = [(NAME, _("By name")), (NEWEST, _("Newest first")), (LONGEST, _("Longest without contact"))]
MONTH, YEAR = timedelta(days=30.4375), timedelta(days=365.25)
NEVER = "never"
LAST = {
    "in-1m": (_("In the last month"), MONTH),
    "in-6m": (_("In the last six months"), YEAR / 2),
    "in-1y": (_("In the last year"), YEAR),
    "not-6m": (_("Not for six months"), YEAR / 2),
    "not-1y": (_("Not for a year"), YEAR),
    "not-18m": (_("Not for 18 months"), YEAR * 1.5),
    "not-3y": (_("Not for three years"), YEAR * 3),
    NEVER: (_("Never since you connected"), timedelta()),
}
OFTEN = {
    "none": (_("Not once"), 0, 0),
    "few": (_("Once or twice"), 1, 2),
    "some": (_("Now and then (3 to 11 times)"), 3, 11),
    "many": (_("Often (12 times or more)"), 12, 2**31 - 1),
}
TIED = {
    "in-1m": (_("In the last month"), MONTH),
    "in-1y": (_("In the last year"), YEAR),
    "not-1y": (_("More than a year ago"), YEAR),
    "not-5y": (_("More than five years ago"), YEAR * 5),
}
RUNGS = [
    ("any", _("At any distance")),
    ("0", _("Near")),
    ("1", _("Muted")),
    ("2", _("Work only")),
    ("3", _("Restricted")),
]


@dataclass(frozen=True)
class Filter:
    """What is asked for; an empty value asks for nothing."""

    q: str = ""
    last: str = ""
    often: str = ""
    company: str = ""
    place: str = ""
    tag: str = ""
    circle: str = ""
    rung: str = ""
    tied: str = ""
    sort: str = NAME

    @property
    def query(self) -> str:
        """What stands behind the question mark, the same for the same filter."""
        default = Filter()
        said = {each.name: getattr(self, each.name) for each in fields(self)}
        return urlencode({name: value for name, value in said.items() if value != getattr(default, name)})

    @property
    def narrow(self) -> bool:
        """Whether it leaves anybody out."""
        return replace(self, sort=NAME) != Filter()

    @property
    def asks_contact(self) -> bool:
        """Whether last contacts have a say in who stands where."""
        return bool(self.last or self.often or self.sort == LONGEST)


def _choices(known: dict[str, Any], none: Any) -> list[tuple[str, Any]]:
    return [("", none), *((key, about[0]) for key, about in known.items())]


class FilterForm(forms.Form):
    """The fields at the side. What makes no sense counts as not asked."""

    q = LineField(limit=WORDS_LIMIT, required=False, label=_("Words"), widget=forms.TextInput(attrs={"type": "search"}))
    last = forms.ChoiceField(choices=_choices(LAST, _("Whenever")), required=False, label=_("Last contact"))
    often = forms.ChoiceField(choices=_choices(OFTEN, _("However often")), required=False, label=_("In the last year"))
    company = LineField(limit=WORDS_LIMIT, required=False, label=_("Works at"))
    place = LineField(limit=WORDS_LIMIT, required=False, label=_("Place"))
    tag = forms.ChoiceField(required=False, label=_("Tag"))
    circle = forms.ChoiceField(required=False, label=_("Circle"))
    rung = forms.ChoiceField(
        choices=[("", _("Whatever the distance")), *RUNGS[1:]], required=False, label=_("Distance")
    )
    tied = forms.ChoiceField(choices=_choices(TIED, _("Whenever")), required=False, label=_("Connected"))
    sort = forms.ChoiceField(choices=SORTS, required=False, label=_("Order"))

    def __init__(self, data: Any, *, tags: list[Tag], circles: list[Circle]) -> None:
        """Take what the owner has."""
        super().__init__(data, auto_id="filter_%s")
        own: dict[str, tuple[list[Any], Any]] = {
            "tag": (tags, _("Any tag or none")),
            "circle": (circles, _("Any circle or none")),
        }
        for name, (shelves, none) in own.items():
            choices = [("", none), *((str(each.pk), each.name) for each in shelves)]
            offer(self, name, choices)

    @property
    def asked(self) -> Filter:
        """The filter, without what makes no sense."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        return Filter(**said)


class NameForm(forms.Form):
    """Under which name a filter is kept."""

    name = LineField(limit=FILTER_NAME, label=_("Name of this filter"))
    query = forms.CharField(max_length=ADDRESS_LIMIT, required=False, widget=forms.HiddenInput)


@dataclass(frozen=True)
class Own:
    """The tags and circles of one member, for forms and rows."""

    tags: list[Tag] = field(default_factory=list)
    circles: list[Circle] = field(default_factory=list)

    def form(self, data: Any) -> FilterForm:
        """The filter's form over them."""
        return FilterForm(data, tags=self.tags, circles=self.circles)

    def read(self, query: str) -> Filter:
        """The filter behind an address."""
        return self.form(QueryDict(query[:ADDRESS_LIMIT])).asked


def own(member: Member) -> Own:
    """What the member has."""
    return Own(list(Tag.objects.filter(owner=member).order_by("name", "id")), list(circles_of(member)))


def circles_of(member: Member) -> Any:
    """The member's circles by name."""
    return Circle.objects.filter(owner=member).order_by("name", "id")


def without(asked: Filter, name: str) -> Filter:
    """The same filter, without what one of its fields asks."""
    return replace(asked, **{name: getattr(Filter(), name)})
