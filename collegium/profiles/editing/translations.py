"""One's profile in more languages: each text beside the original; what is left empty reads as there."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from collegium.audience.door import Request, signed_in
from collegium.career import actions
from collegium.career.actions.languages import MOST_LANGUAGES
from collegium.career.models import Item, ItemText, ProfileText
from collegium.career.sections import DESCRIPTION_LIMIT, PLACE_LIMIT, SPECS, TITLE_LIMIT, Section
from collegium.lib.fields import LineField, TextField, offer
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.profiles import tongues
from collegium.profiles.editing import answers
from collegium.profiles.editing.items import mine
from collegium.ui.respond import tell

PAGE = "profiles/editing/translations.html"
LANGUAGE = "profiles/editing/translation.html"
ITEM = "profiles/editing/item_translation.html"
REMOVAL = "profiles/editing/translation_removal.html"
RATE = "600/h"
HEAD = ("name", "headline", "place", "about")
LIMITS = {
    "title": TITLE_LIMIT,
    "organization_name": TITLE_LIMIT,
    "place": PLACE_LIMIT,
    "detail": TITLE_LIMIT,
    "description": DESCRIPTION_LIMIT,
}


class LanguageForm(forms.Form):
    """Which language."""

    language = forms.ChoiceField(label=gettext_lazy("Add a language"))

    def __init__(self, data: Any, *, member: Member, there: set[str]) -> None:
        super().__init__(data)
        free = [pair for pair in tongues.offered() if pair[0] not in there | {member.language}]
        offer(self, "language", free)


class HeadTextForm(forms.Form):
    """The head of the profile in another language."""

    name = LineField(limit=100, required=False, label=gettext_lazy("Name"))
    headline = LineField(limit=220, required=False, label=gettext_lazy("Headline"))
    place = LineField(limit=PLACE_LIMIT, required=False, label=gettext_lazy("Place"))
    about = TextField(limit=2600, required=False, label=gettext_lazy("About"))


class ItemTextForm(forms.Form):
    """One item in another language: those of its texts that say something in the original."""

    def __init__(self, data: Any, *, item: Item, text: ItemText | None) -> None:
        names = [column.name for column in item.spec.columns if column.name in LIMITS and getattr(item, column.name)]
        super().__init__(data, initial={name: getattr(text, name) for name in names} if text else {})
        for name in names:
            made = TextField if name == "description" else LineField
            label = item.spec.column(name).label
            self.fields[name] = made(limit=LIMITS[name], required=False, label=label)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("career.write", RATE)
def translations(request: Request) -> HttpResponse:
    """The languages there are, and one more."""
    me = request.viewer.me
    there = list(ProfileText.objects.filter(member=me).order_by("language").values_list("language", flat=True))
    form = LanguageForm(request.POST if request.method == "POST" else None, member=me, there=set(there))
    if form.is_bound and form.is_valid():
        tag = form.cleaned_data["language"]
        try:
            actions.put_profile_text(me, tag)
        except Conflict as conflict:
            form.add_error("language", conflict.reason)
        else:
            tell(
                request, _("You can now write your profile in %(language)s too.") % {"language": tongues.own_name(tag)}
            )
            return answers.redirect(f"/career/translations/{tag}/")
    context = {
        "form": form,
        "own": (me.language, tongues.own_name(me.language)),
        "languages": [(tag, tongues.own_name(tag), _done(me, tag)) for tag in there],
        "full": len(there) >= MOST_LANGUAGES,
    }
    return answers.form(request, PAGE, context, wrong=bool(form.errors))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("career.write", RATE)
def translation(request: Request, tag: str) -> HttpResponse:
    """The head in one language, and the way to each item."""
    me, text = request.viewer.me, _text(request, tag)
    held = {name: getattr(text, name) for name in HEAD}
    form = HeadTextForm(request.POST if request.method == "POST" else None, initial=held)
    if form.is_bound and form.is_valid():
        actions.put_profile_text(me, tag, **form.cleaned_data)
        tell(request, _("Saved."))
        return answers.redirect(f"/career/translations/{tag}/")
    said = set(ItemText.objects.filter(item__member=me, language=tag).values_list("item_id", flat=True))
    items = list(Item.objects.of(me).kept().in_order())
    context = _around(me, tag) | {
        "form": form,
        "pairs": [(form[name], getattr(me, name)) for name in HEAD if getattr(me, name) or getattr(text, name)],
        "groups": [
            (SPECS[section], [(item, item.pk in said) for item in items if item.section == section])
            for section in Section
            if any(item.section == section for item in items)
        ],
    }
    return answers.form(request, LANGUAGE, context, wrong=bool(form.errors))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("career.write", RATE)
def item_translation(request: Request, tag: str, pk: int) -> HttpResponse:
    """One item in one language."""
    me, row = request.viewer.me, mine(request, pk)
    _text(request, tag)
    text = ItemText.objects.filter(item=row, language=tag).first()
    form = ItemTextForm(request.POST if request.method == "POST" else None, item=row, text=text)
    if form.is_bound and form.is_valid():
        actions.put_item_text(row, tag, by=me, **form.cleaned_data)
        tell(request, _("Saved."))
        return answers.redirect(f"/career/translations/{tag}/#item-{row.pk}")
    context = _around(me, tag) | {
        "form": form,
        "item": row,
        "pairs": [(form[name], getattr(row, name)) for name in form.fields],
    }
    return answers.form(request, ITEM, context, wrong=bool(form.errors))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("career.write", RATE)
def translation_removal(request: Request, tag: str) -> HttpResponse:
    """Take a language off, once it is said what goes with it."""
    me = request.viewer.me
    _text(request, tag)
    if request.method != "POST":
        count = ItemText.objects.filter(item__member=me, language=tag).count()
        return answers.form(request, REMOVAL, _around(me, tag) | {"count": count})
    actions.drop_language(me, tag)
    tell(request, _("Your profile is no longer written in %(language)s.") % {"language": tongues.own_name(tag)})
    return answers.redirect("/career/translations/")


def _around(me: Member, tag: str) -> dict[str, Any]:
    """The two languages, and how each is written."""
    return {
        "tag": tag,
        "language_name": tongues.own_name(tag),
        "direction_of": tongues.direction(tag),
        "own": me.language,
        "own_name": tongues.own_name(me.language),
        "own_direction": tongues.direction(me.language),
    }


def _done(me: Member, tag: str) -> tuple[int, int]:
    """How many of the items say something in this language, and how many there are."""
    items = Item.objects.of(me).kept()
    return items.filter(texts__language=tag).count(), items.count()


def _text(request: Request, tag: str) -> ProfileText:
    """The head in this language.

    Raises:
        Http404: the profile does not have it.
    """
    if len(tag) > 12:
        raise Http404
    return get_object_or_404(ProfileText, member=request.viewer.me, language=tag)
