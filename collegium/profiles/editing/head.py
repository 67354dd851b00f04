"""The head of one's profile and the words about oneself, changed in place."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.members import actions
from collegium.profiles.editing import answers
from collegium.profiles.forms import AboutForm, HeadForm, ProfileForm
from collegium.ui.respond import tell

PAGE = "profiles/editing/head.html"
TITLES = {"head": gettext_lazy("Your name and headline"), "about": gettext_lazy("About")}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("profiles.edit", "60/h")
def head(request: Request) -> HttpResponse:
    """Name, pronouns, headline, place."""
    return _write(request, HeadForm, "head")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("profiles.edit", "60/h")
def about(request: Request) -> HttpResponse:
    """The words about oneself."""
    return _write(request, AboutForm, "about")


def _write(request: Request, kind: type[ProfileForm], part: str) -> HttpResponse:
    me = request.viewer.me
    form = kind(request.POST if request.method == "POST" else None, member=me)
    if not form.is_bound or not form.is_valid():
        context = {"form": form, "part": part, "title": TITLES[part]}
        return answers.form(request, PAGE, context, wrong=bool(form.errors))
    if changes := form.changes():
        actions.edit(me, **changes)
    tell(request, _("Saved."))
    return answers.part(request, part)
