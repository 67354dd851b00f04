"""Who may read a part of one's profile, chosen beside its heading."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from collegium.audience.door import Request, signed_in
from collegium.audience.level import Level
from collegium.career import actions
from collegium.career.sections import Part
from collegium.lib.limits import limit
from collegium.profiles.editing import answers
from collegium.profiles.editing.levels import CHOICES, Effects
from collegium.ui.respond import tell


class AudienceForm(forms.Form):
    """One level."""

    audience = forms.TypedChoiceField(coerce=int, choices=CHOICES)


@require_POST
@signed_in
@limit("career.audience", "300/h")
def audience(request: Request, part: Part) -> HttpResponse:
    """Choose; the answer says in words what that comes to."""
    me, form = request.viewer.me, AudienceForm(request.POST)
    if form.is_valid():
        level = Level(form.cleaned_data["audience"])
        actions.set_audience(me, part, level)
        tell(request, _("%(part)s: %(effect)s") % {"part": part.label, "effect": Effects(me).words(level)})
    else:
        tell(request, _("There is no such audience, so nothing has changed."), tone="warn")
    return answers.part(request, part)
