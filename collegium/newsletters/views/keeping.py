"""What the owner of a newsletter does: begins it, changes it, ends it, and sees who reads it."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.lib.cells import table
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict
from collegium.newsletters import actions, reading
from collegium.newsletters.forms import NewsletterForm
from collegium.newsletters.models import Newsletter, Subscription
from collegium.newsletters.views.common import own
from collegium.ui.respond import respond, tell

FORM, READERS = "newsletters/form.html", "newsletters/subscribers.html"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("newsletters.keeping", "60/h")
def new(request: Request) -> HttpResponse:
    """Begin one."""
    form = NewsletterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and (row := _founded(request, form)) is not None:
        tell(request, _("It is begun. Choose it when you publish an article."))
        return respond(request, FORM, "main", {"form": form}, otherwise=row.path)
    return respond(request, FORM, "main", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("newsletters.keeping", "60/h")
def edit(request: Request, pk: int) -> HttpResponse:
    """Say otherwise what it is."""
    row = own(request, pk)
    initial = {"name": row.name, "about": row.about, "rhythm": row.rhythm}
    form = NewsletterForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid() and (kept := _kept(request, row, form)) is not None:
        tell(request, _("Changed."))
        return respond(request, FORM, "main", {"form": form, "newsletter": kept}, otherwise=kept.path)
    return respond(request, FORM, "main", {"form": form, "newsletter": row}, status=422 if form.errors else 200)


@require_POST
@signed_in
@limit("newsletters.keeping", "60/h")
def end(request: Request, pk: int) -> HttpResponse:
    """No more issues."""
    row = own(request, pk)
    actions.end(row, by=request.viewer.me)
    tell(request, _("“%(name)s” has ended. Its issues stay.") % {"name": row.name}, undo=f"{row.here}beginning/")
    return respond(request, FORM, "main", {"form": NewsletterForm(), "newsletter": row}, otherwise=row.path)


@require_POST
@signed_in
@limit("newsletters.keeping", "60/h")
def beginning(request: Request, pk: int) -> HttpResponse:
    """It goes on."""
    row = own(request, pk)
    actions.resume(row, by=request.viewer.me)
    tell(request, _("“%(name)s” goes on.") % {"name": row.name})
    return respond(request, FORM, "main", {"form": NewsletterForm(), "newsletter": row}, otherwise=row.path)


@require_safe
@signed_in
def subscribers(request: Request, pk: int) -> HttpResponse:
    """Who reads it."""
    row = own(request, pk)
    after = request.GET.get("after", "")
    context: dict[str, Any] = {"newsletter": row, "page": reading.subscribers(row, after), "first": not after}
    return respond(request, READERS, "stretch" if after else "main", context)


@require_safe
@never_cache
@signed_in
@limit("newsletters.export", "30/h", reads=True)
def export(request: Request, pk: int) -> HttpResponse:
    """The list of readers as a table file, to take along."""
    row = own(request, pk)
    heads = [_("Handle"), _("Name"), _("Since"), _("By mail"), _("E-mail address")]
    response = HttpResponse(table(heads, _cells(row)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="newsletter-{row.pk}-subscribers.csv"'
    return response


def _cells(row: Newsletter) -> Iterator[list[str]]:
    """One line a reader; an address only of those who said that the author may know it."""
    asked: Subscription
    for asked in reading.standing(row).iterator(chunk_size=1_000):
        mail = _("yes") if asked.by_mail else _("no")
        yield [asked.member.handle, asked.member.name, f"{asked.since:%Y-%m-%d}", mail, reading.address_of(asked)]


def _founded(request: Request, form: NewsletterForm) -> Newsletter | None:
    """The new one; None, and the sentence on the form, where it cannot be."""
    try:
        values = form.cleaned_data
        return actions.found(request.viewer.me, values["name"], about=values["about"], rhythm=values["rhythm"])
    except Conflict as conflict:
        form.add_error("name", conflict.reason)
        return None


def _kept(request: Request, row: Newsletter, form: NewsletterForm) -> Newsletter | None:
    values = form.cleaned_data
    try:
        return actions.edit(row, values["name"], about=values["about"], rhythm=values["rhythm"], by=request.viewer.me)
    except Conflict as conflict:
        form.add_error("name", conflict.reason)
        return None
