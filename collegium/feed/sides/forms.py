"""Text into clean values: the name of a facet, and what one reads of somebody."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.feed.forms import FACETS
from collegium.feed.models import SIDE_NAME, Facet, Side
from collegium.feed.sides import actions
from collegium.feed.sides.reading import Chosen
from collegium.lib.fields import LineField
from collegium.members.models import Member

_WITH = {Facet.PROFESSIONAL: _("with Professional"), Facet.PERSONAL: _("with Personal")}


class NameForm(forms.Form):
    """What a facet is called."""

    name = LineField(limit=SIDE_NAME, label=_("Name"), help_text=_("Whoever sees a post sees which facet speaks."))

    def __init__(self, *args: Any, me: Member, side: Side | None = None, **kwargs: Any) -> None:
        """Take `side`, the facet that is called otherwise, where it is there already."""
        super().__init__(*args, **kwargs)
        self.me, self.row = me, side

    def clean_name(self) -> str:
        """A name of its own, and none of the two that are there for everybody."""
        name = str(self.cleaned_data["name"])
        if name.casefold() in {str(word).casefold() for pair in FACETS for word in pair}:
            raise forms.ValidationError(_("This is what one of the two sides is called already."))
        others = Side.objects.filter(owner=self.me, name__iexact=name)
        if others.exclude(pk=self.row.pk if self.row is not None else 0).exists():
            raise forms.ValidationError(actions.taken())
        return name


class SideForm(NameForm):
    """A new facet."""

    facet = forms.ChoiceField(choices=FACETS, label=_("Part of your"), initial=Facet.PROFESSIONAL)


class ChoiceForm(forms.Form):
    """What comes home of one person: the two sides, and the facets of the person's own that the reader sees."""

    WITH_ITS_SIDE, ALWAYS, NEVER = "", "always", "never"
    professional = forms.BooleanField(required=False)
    personal = forms.BooleanField(required=False)

    def __init__(self, *args: Any, sides: list[Side], chosen: Chosen, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sides = sides
        self.initial = {"professional": chosen.professional, "personal": chosen.personal}
        for side in sides:
            name = f"side-{side.pk}"
            ways = [
                (self.WITH_ITS_SIDE, _WITH[Facet(side.facet)]),
                (self.ALWAYS, _("always")),
                (self.NEVER, _("never")),
            ]
            self.fields[name] = forms.ChoiceField(choices=ways, required=False, label=side.name)
            kept = chosen.own.get(side.pk)
            self.initial[name] = self.WITH_ITS_SIDE if kept is None else self.ALWAYS if kept else self.NEVER

    @property
    def own(self) -> dict[Side, bool | None]:
        """What was chosen about each of the facets; None where it goes with its side."""
        said = {side: self.cleaned_data[f"side-{side.pk}"] for side in self.sides}
        return {side: None if way == self.WITH_ITS_SIDE else way == self.ALWAYS for side, way in said.items()}
