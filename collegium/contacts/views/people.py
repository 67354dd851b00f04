"""One's people: the list, its filters, what is kept of them, and the whole of it as a table file."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.audience.door import Request
from collegium.contacts import bulk, exporting, filters, phrases, reading
from collegium.contacts.actions import notes
from collegium.contacts.models import SavedFilter
from collegium.contacts.views.common import HERE, around, for_members, mine, settle
from collegium.lib.limits import limit
from collegium.ui.respond import respond


@require_safe
@for_members
def people(request: Request) -> HttpResponse:
    """The list, a page at a time; a change of the filter alone swaps the list."""
    own = filters.own(request.viewer.me)
    form = own.form(request.GET)
    asked = form.asked
    after = request.GET.get("after", "")
    stretch = bool(after and request.htmx)
    page = reading.page(request.viewer, asked, after, counted=not stretch)
    context = {
        "page": page,
        "asked": asked,
        "older": f"{HERE}?{asked.query}&{urlencode({'after': page.older})}" if page.older else "",
        "phrases": phrases,
    }
    if not stretch:
        context |= {
            "form": own.form(vars(asked)),
            "said": [
                (words, f"{HERE}?{filters.without(asked, name).query}") for name, words in phrases.said(asked, own)
            ],
            "own": own,
            "saved": SavedFilter.objects.filter(owner=request.viewer.id).order_by("name", "id"),
            **around(request),
            "ways": bulk.WAYS,
            "most": reading.MOST_CHANGED,
        }
    response = respond(request, "contacts/people.html", "stretch" if stretch else "list", context)
    if request.htmx and not stretch:
        response["HX-Push-Url"] = f"{HERE}?{asked.query}" if asked.query else HERE
    return response


@require_POST
@for_members
def keep_filter(request: Request) -> HttpResponse:
    """Keep the filter under a name."""
    form = filters.NameForm(request.POST)
    asked = filters.own(request.viewer.me).read(request.POST.get("query", ""))
    where = f"{HERE}?{asked.query}"
    if not form.is_valid():
        return settle(request, _("Give the filter a name."), where)
    row = notes.save_filter(request.viewer.me, form.cleaned_data["name"], asked.query)
    return settle(request, _("“%(name)s” is kept.") % {"name": row.name}, where)


@require_POST
@for_members
def drop_filter(request: Request, pk: int) -> HttpResponse:
    """Forget a kept filter."""
    row = mine(request, SavedFilter, pk)
    notes.drop_filter(row, by=request.viewer.me)
    return settle(request, _("“%(name)s” is no longer kept.") % {"name": row.name}, HERE)


@require_safe
@for_members
@limit("contacts.export", rate="20/h", reads=True)
def export(request: Request) -> HttpResponse:
    """Everybody the filter means, with one's own notes, as a file for a spreadsheet."""
    asked = filters.own(request.viewer.me).form(request.GET).asked
    response = HttpResponse(exporting.table(request.viewer, asked), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="people.csv"'
    response["Cache-Control"] = "private, no-store"
    return response
