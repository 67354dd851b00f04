"""Examples for the style guide: people who do not exist, in every state a component has."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.messages import INFO
from django.contrib.messages.storage.base import Message
from django.utils import timezone


@dataclass(frozen=True)
class Someone:
    """Looks like a member to a template."""

    name: str
    handle: str
    headline: str = ""
    kind: str = "person"
    photo_url: str = ""

    @property
    def path(self) -> str:
        """Nobody lives here: the link leads back to the guide."""
        return "#main"


PEOPLE = [
    Someone("Ada Lindqvist", "ada-lindqvist", "Hydrologist. Rivers, dams, and the people between them"),
    Someone("Bo Okafor", "bo-okafor", "Plant engineer, Kainji Dam"),
    Someone("Mira Kask", "mira-kask", "Turbine designer"),
    Someone("Flo Reyes", "flo-reyes", "Flood insurance, Manila"),
    Someone("Cy Tanaka", "cy-tanaka", "Seals and bearings"),
    Someone("田中 花子", "hanako-tanaka", "水文学者"),
    Someone("ليلى حداد", "layla-haddad", "مهندسة مياه"),
    Someone("Олена Коваль", "olena-koval", "Гідротехнік"),
    Someone("Di Varga", "di-varga", "KTH 2011–14"),
]
PAGES = [
    Someone("Nordvatten AB", "nordvatten", "Water works, Luleå", "organization"),
    Someone("Delft Hydro", "delft-hydro", "", "organization"),
    Someone("River People", "river-people", "", "group"),
]


class ExampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="Name", max_length=100, help_text="As people say it.")
    email = forms.EmailField(label="E-mail")
    headline = forms.CharField(label="Headline", max_length=220, required=False)
    about = forms.CharField(label="About", max_length=2600, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    place = forms.ChoiceField(label="Country", choices=[("se", "Sweden"), ("ng", "Nigeria"), ("ph", "Philippines")])
    agree = forms.BooleanField(label="I have read the rules of this network")
    seen = forms.ChoiceField(label="Shown to", choices=[("0", "Everyone"), ("1", "Members")], widget=forms.RadioSelect)
    photo = forms.ImageField(label="Photo", required=False, help_text="JPEG, PNG or WebP, up to 10 MB.")


def faces() -> list[Someone]:
    """Forty-eight generated faces, to see them side by side."""
    letters = "AEILNORSTUKM"
    return [Someone(f"{letters[n % 12]}{n} {letters[(n * 5 + 3) % 12]}", f"face-{n}") for n in range(48)]


def everything() -> dict[str, Any]:
    """What the style guide's page shows."""
    now = timezone.now()
    wrong = ExampleForm({"name": "", "email": "ada@", "headline": "x", "seen": "7"}, prefix="wrong")
    wrong.is_valid()
    wrong.add_error(None, "The address and the password do not fit together.")
    return {
        "people": PEOPLE,
        "pages": PAGES,
        "faces": faces(),
        "form": ExampleForm(initial={"headline": "Hydrologist. " * 13}, prefix="fine"),
        "wrong": wrong,
        "instants": [
            now - timedelta(seconds=20),
            now - timedelta(hours=2),
            now - timedelta(days=3),
            now - timedelta(days=200),
        ],
        "note": (
            "We sat next to each other at the Delft workshop and argued about return periods. "
            "I would like to go on arguing."
        ),
        "toasts": [
            Message(INFO, "The invitation was withdrawn.", '{"tone": "done", "undo": "/_styleguide/"}'),
            Message(INFO, "Saved."),
        ],
        "sizes": ["xs", "sm", "md", "lg", "xl", "xxl"],
        "kinds": ["plain", "primary", "yes", "quiet", "danger"],
    }
