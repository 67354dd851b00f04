"""One's own skills: listed, put in order, taken off, shown with the work they were used in."""

from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience.door import Request, signed_in
from collegium.career import actions
from collegium.career.actions.skills import MOST_SKILLS
from collegium.career.models import Holding, Item, SkillUse
from collegium.career.sections import Section
from collegium.lib.fields import offer
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.profiles.editing import answers, arranging
from collegium.profiles.editing.item_form import SKILLED
from collegium.profiles.editing.words import NamesField
from collegium.skills.naming import fold, known
from collegium.ui.respond import tell

PAGE, USES = "profiles/editing/skills.html", "profiles/editing/skill.html"
RATE = "600/h"
# How many new skills are named in the message.
NAMED = 4


class SkillsForm(forms.Form):
    """Some more skills."""

    skills = NamesField(
        label=gettext_lazy("Add skills"),
        help_text=gettext_lazy("Several at once, with commas between them."),
        error_messages={"required": gettext_lazy("Please write at least one skill.")},
    )


class UsesForm(forms.Form):
    """Where one skill was used."""

    items = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any, *, items: list[Item], used: set[int]) -> None:
        super().__init__(data, initial={"items": [str(key) for key in used]})
        offer(self, "items", [(str(item.pk), str(item)) for item in items])
        self.fields["items"].label = _("Used in")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("career.write", RATE)
def skills(request: Request) -> HttpResponse:
    """The list, and a field for more."""
    me = request.viewer.me
    form = SkillsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _added(request, form, me):
        return _list(request, SkillsForm())
    return _list(request, form)


@require_POST
@signed_in
@limit("career.arrange", arranging.RATE)
def skills_order(request: Request) -> HttpResponse:
    """Keep the order that was sent."""
    actions.arrange_skills(request.viewer.me, arranging.wanted(request))
    return arranging.done(request, "skills", "/career/skills/")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("career.write", RATE)
def skill(request: Request, pk: int) -> HttpResponse:
    """Where one skill was used."""
    me, row = request.viewer.me, _mine(request, pk)
    items = list(Item.objects.of(me).kept().filter(section__in=SKILLED).in_order())
    used = set(SkillUse.objects.filter(holding=row).values_list("item_id", flat=True))
    form = UsesForm(request.POST if request.method == "POST" else None, items=items, used=used)
    if form.is_bound and form.is_valid():
        _attach(row, items, used, {int(key) for key in form.cleaned_data["items"]}, me)
        tell(request, _("Saved."))
        return _list(request, SkillsForm())
    grouped = [(section.label, [item for item in items if item.section == section]) for section in Section]
    context = {"form": form, "holding": row, "used_in": [pair for pair in grouped if pair[1]]}
    return answers.form(request, USES, context, wrong=bool(form.errors))


@require_POST
@signed_in
@limit("career.write", RATE)
def skill_removal(request: Request, pk: int) -> HttpResponse:
    """Take a skill off; the message offers to put it back as it was."""
    row = _mine(request, pk)
    actions.remove_skill(row, by=request.viewer.me)
    tell(request, _("“%(name)s” is removed.") % {"name": row.skill.name}, undo=f"/career/skills/{row.pk}/restoration/")
    return _list(request, SkillsForm())


@require_POST
@signed_in
@limit("career.write", RATE)
def skill_restoration(request: Request, pk: int) -> HttpResponse:
    """Put a skill back: at its place, with the work it was shown with and what others say of it."""
    row = _mine(request, pk, removed=True)
    actions.restore_skill(row, by=request.viewer.me)
    tell(request, _("“%(name)s” is back.") % {"name": row.skill.name})
    return answers.part(request, "skills")


def _list(request: Request, form: SkillsForm) -> HttpResponse:
    """The page of the list; after a change that came without htmx, the way back to it."""
    if request.method == "POST" and not form.errors and not request.htmx:
        return answers.redirect("/career/skills/")
    holdings = list(_ordered(request.viewer.me))
    context = {"form": form, "holdings": holdings, "most": MOST_SKILLS}
    return answers.form(request, PAGE, context, wrong=bool(form.errors))


def _ordered(me: Member) -> Any:
    times = Count("uses", filter=Q(uses__item__removed_at=None))
    return Holding.objects.of(me).kept().select_related("skill").annotate(times=times).in_order()


def _added(request: Request, form: SkillsForm, me: Member) -> bool:
    """List what was typed, and say how it is written here where that is another way."""
    names = form.cleaned_data["skills"]
    before = set(Holding.objects.of(me).kept().values_list("pk", flat=True))
    try:
        rows = actions.add_skills(me, names)
    except Conflict as conflict:
        form.add_error("skills", conflict.reason)
        return False
    added = [row.skill.name for row in rows if row.pk not in before]
    tell(request, _at_the_end(added) if added else _("You have listed this already."))
    tell_of_spellings(request, names)
    return True


def _at_the_end(names: list[str]) -> str:
    """Where the new ones stand: a long list shows its beginning."""
    if len(names) <= NAMED:
        return _("Added at the end: %(names)s.") % {"names": ", ".join(names)}
    return ngettext("%(num)s skill is added at the end.", "%(num)s skills are added at the end.", len(names)) % {
        "num": len(names)
    }


def tell_of_spellings(request: Request, names: list[str]) -> None:
    """Say which words came out as another name, five of them at most: not a matter of capitals or accents."""
    meant = known(names) if names else {}
    folded = fold([*names, *(skill.name for skill in meant.values())])
    other = [(name, skill.name) for name, skill in meant.items() if folded[name] != folded[skill.name]]
    sentence = _("%(typed)s is written %(written)s here.")
    if said := [sentence % {"typed": typed, "written": written} for typed, written in other[:5]]:
        tell(request, " ".join(said), tone="info")


def _attach(row: Holding, items: list[Item], used: set[int], wanted: set[int], me: Member) -> None:
    """Show the skill with exactly the wanted items, through the verb that changes an item."""
    changed = [item for item in items if (item.pk in used) != (item.pk in wanted)]
    with transaction.atomic():
        for item in changed:
            shown = SkillUse.objects.filter(item=item, holding__removed_at=None)
            names = set(shown.values_list("holding__skill__name", flat=True))
            actions.edit(item, by=me, skills=sorted(names ^ {row.skill.name}))


def _mine(request: Request, pk: int, *, removed: bool = False) -> Holding:
    """A skill of one's own list.

    Args:
        request: who asks.
        pk: the key from the address.
        removed: whether one that was taken off will do.

    Raises:
        Http404: there is none, or it is somebody else's.
    """
    if pk >= 1 << 63:
        raise Http404
    rows = Holding.objects.of(request.viewer.me).select_related("skill")
    return get_object_or_404(rows if removed else rows.kept(), pk=pk)
