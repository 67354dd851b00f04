"""Every setting of who may see what, on one page: with what it comes to today, and changeable there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from collegium.audience.door import Request, signed_in
from collegium.audience.level import Level
from collegium.career import actions
from collegium.career.models import DEFAULT_LEVEL, Contact, Holding, Item, PartAudience
from collegium.career.sections import Part
from collegium.lib.limits import limit
from collegium.members import actions as members
from collegium.members import findability
from collegium.members.models import Member
from collegium.openness import reading as openness
from collegium.profiles.editing.contact_form import ABOUT
from collegium.profiles.editing.contacts import shown
from collegium.profiles.editing.levels import CHOICES, Effects
from collegium.profiles.forms import LIST_AUDIENCES, VISIBILITIES
from collegium.profiles.models import Pin
from collegium.ui.respond import respond, tell
from collegium.visits import reading as visits
from collegium.vouching.models import Recommendation

PAGE = "profiles/editing/visibility.html"
Choices = list[tuple[int, str | Promise]]


@dataclass(frozen=True)
class Setting:
    """One thing with an audience.

    Attributes:
        name: of its field.
        value: what is chosen.
        effect: what it comes to today.
        href: where it is changed when that is not here.
    """

    name: str
    label: str | Promise
    value: int = 0
    effect: str = ""
    choices: Choices = field(default_factory=list)
    href: str = ""
    icon: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("profiles.visibility", "300/h")
def visibility(request: Request) -> HttpResponse:
    """The page; what was changed on it is kept, what others changed meanwhile stays theirs."""
    me = request.viewer.me
    if request.method == "POST":
        changed = _keep(me, request.POST)
        tell(request, _("Saved.") if changed else _("Nothing was changed."), tone="done" if changed else "info")
    context = {"groups": groups(me), "person": me}
    return respond(request, PAGE, "settings", context, otherwise="/settings/visibility/")


def groups(me: Member) -> list[tuple[str, str, list[Setting], bool]]:
    """All settings: title, a sentence, the settings, and whether they are folded away."""
    effects = Effects(me)
    filled = filled_parts(me)
    parts = list(_parts(me, effects))
    return [
        (_("Your page"), "", list(_page(me, effects)), False),
        (
            _("Parts of your page"),
            _("No part reaches further than the page itself."),
            [each for each in parts if each.name in filled],
            False,
        ),
        (
            _("Parts without anything in them yet"),
            _("What you choose here holds from the first thing you add."),
            [each for each in parts if each.name not in filled],
            True,
        ),
        (_("Ways to reach you"), "", list(_contacts(me, effects)), False),
        (_("What you do and look for"), "", list(_elsewhere(me)), False),
    ]


def filled_parts(me: Member) -> set[str]:
    """The names of the settings of those parts in which there is something."""
    there = set(Item.objects.of(me).kept().values_list("section", flat=True).distinct())
    others = {
        Part.ABOUT: bool(me.about),
        Part.SKILLS: Holding.objects.of(me).kept().exists(),
        Part.FEATURED: Pin.objects.filter(member=me).exists(),
        Part.RECOMMENDATIONS: Recommendation.objects.filter(recipient=me).exists(),
    }
    return {f"part-{part}" for part in Part if str(part) in there or others.get(part, False)}


def _page(me: Member, effects: Effects) -> Iterator[Setting]:
    """The page as a whole, search engines, the list of connections."""
    hidden = me.visibility == Member.Visibility.HIDDEN
    lead = {
        Member.Visibility.PUBLIC: _("Anyone on the internet can open your page."),
        Member.Visibility.HIDDEN: _("You turn up in no search, no list and no suggestion."),
    }.get(Member.Visibility(me.visibility), "")
    opened = lead if me.visibility == Member.Visibility.PUBLIC else f"{effects.words(me.visibility)} {lead}".strip()
    if hidden and effects.guests():
        opened = f"{opened} {effects.guests()}"
    yield Setting("profile", _("Your page"), me.visibility, opened, cards(VISIBILITIES), icon="user")
    yield Setting("indexed", _("Search engines"), int(me.indexed), _listing(me), _list_choices(), icon="search")
    listed = f"{effects.words(me.connections_audience)} {_through_you(me.connections_audience)}"
    yield Setting(
        "connections",
        _("The list of your connections"),
        me.connections_audience,
        listed,
        cards(LIST_AUDIENCES),
        icon="users",
    )


def _through_you(level: int) -> str:
    """What an open or a closed list does for others: ways in the network lead through lists that are read."""
    if level == Member.ListAudience.ONLY_ME:
        return _("Nobody finds a way through you, and “my network” of your connections does not lead over you.")
    if level == Member.ListAudience.CONNECTIONS:
        return _("Your connections find through you how they are connected, and nobody else does.")
    return _("Members find through you how they are connected. It is so from the start; close it whenever you like.")


def _list_choices() -> Choices:
    return [(1, _("May list my page")), (0, _("Asked not to list it"))]


def _listing(me: Member) -> str:
    if me.visibility != Member.Visibility.PUBLIC:
        return _("Your page is closed to them in any case.")
    if me.indexed:
        return _("They find what everyone can open, and may show it to anyone.")
    return _("They are asked not to list your page. Those that keep to the rules do not.")


def _parts(me: Member, effects: Effects) -> Iterator[Setting]:
    chosen = dict(PartAudience.objects.filter(member=me).values_list("part", "audience"))
    for part in Part:
        level = chosen.get(part, DEFAULT_LEVEL.value)
        yield Setting(f"part-{part}", part.label, level, effects.part(level), CHOICES)


def _contacts(me: Member, effects: Effects) -> Iterator[Setting]:
    for row in Contact.objects.of(me).in_order():
        about = ABOUT[Contact.Kind(row.kind)]
        yield Setting(
            f"contact-{row.pk}", shown(row), row.audience, effects.part(row.audience), CHOICES, icon=about.icon
        )


def _elsewhere(me: Member) -> Iterator[Setting]:
    """What is changed on pages of its own, with more to say than a level."""
    work = openness.effect(me)
    yield Setting("", _("Open to work"), effect=work.words, href="/settings/open-to-work/", icon="briefcase")
    asked = _("Anyone, people who share something with you, people who know your address, or nobody.")
    yield Setting("", _("Who may invite you"), effect=asked, href="/network/door/", icon="door-open")
    looks = visits.effect(me)
    yield Setting("", _("When you look at pages"), effect=looks.words, href=looks.href, icon="eye")
    found = findability.effect(me)
    yield Setting("", _("Being found by an address"), effect=found, href="/settings/findability/", icon="at-sign")
    posts = _("Each post has an audience of its own, chosen when you write it and changeable later.")
    yield Setting("", _("Your posts"), effect=posts, href=f"{me.path}posts/", icon="pen-line")


def cards(choices: list[tuple[Any, Any, Any]]) -> Choices:
    """Values and words of a list of choices with explanations."""
    return [(int(value), label) for value, label, _help in choices]


@transaction.atomic
def _keep(me: Member, posted: QueryDict) -> bool:
    """Keep what differs from what the page showed. Unknown names and levels are left out."""
    changed = {name: value for group in groups(me) for name, value in _changes(group[2], posted)}
    fields = {"profile": "visibility", "connections": "connections_audience", "indexed": "indexed"}
    edited = {
        fields[name]: bool(value) if name == "indexed" else value for name, value in changed.items() if name in fields
    }
    if edited:
        members.edit(me, **edited)
    contacts = {row.pk: row for row in Contact.objects.of(me)}
    for name, value in changed.items():
        kind, _dash, rest = name.partition("-")
        if kind == "part":
            actions.set_audience(me, Part(rest), Level(value))
        # It may have been removed since the page was drawn.
        elif kind == "contact" and (contact := contacts.get(int(rest))) is not None:
            actions.edit_contact(contact, by=me, audience=value)
    return bool(changed)


def _changes(settings: list[Setting], posted: QueryDict) -> Iterator[tuple[str, int]]:
    """The settings that were given another value than the one the page showed beside them."""
    for each in settings:
        allowed = {str(value): value for value, _words in each.choices}
        value, was = posted.get(each.name, ""), posted.get(f"was-{each.name}", "")
        if value in allowed and value != was and allowed[value] != each.value:
            yield each.name, allowed[value]
