"""Ways to reach oneself: each with an audience of its own."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.career import actions
from collegium.career.actions.contacts import MOST_CONTACTS
from collegium.career.models import Contact
from collegium.lib import clock
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict
from collegium.profiles import birthdays
from collegium.profiles.editing import answers, arranging
from collegium.profiles.editing.contact_form import ABOUT, ContactForm
from collegium.profiles.editing.levels import Effects
from collegium.ui.respond import tell

PAGE, FORM = "profiles/editing/contacts.html", "profiles/editing/contact.html"
RATE = "300/h"
# What was taken off last waits here, not in an address that would stand in logs.
KEPT, KEPT_FOR = "contact_removed", 60 * 60


@require_safe
@signed_in
def contacts(request: Request) -> HttpResponse:
    """All of them, with who reads each."""
    return _list(request)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("career.write", RATE)
def new_contact(request: Request, kind: Contact.Kind) -> HttpResponse:
    """One more."""
    return _write(request, ContactForm(request.POST if request.method == "POST" else None, kind=kind))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("career.write", RATE)
def contact(request: Request, pk: int) -> HttpResponse:
    """Change one."""
    row = _mine(request, pk)
    posted = request.POST if request.method == "POST" else None
    return _write(request, ContactForm(posted, kind=Contact.Kind(row.kind), contact=row))


@require_POST
@signed_in
@limit("career.write", RATE)
def contact_removal(request: Request, pk: int) -> HttpResponse:
    """Take one off; the message offers to put it back."""
    row = _mine(request, pk)
    place = Contact.objects.of(request.viewer.me).filter(rank__lt=row.rank).count()
    kept = {"kind": row.kind, "value": row.value, "label": row.label, "audience": row.audience}
    request.session[KEPT] = {"values": kept, "place": place, "at": clock.now().timestamp()}
    actions.remove_contact(row, by=request.viewer.me)
    tell(request, _("Removed from your profile."), undo="/career/contacts/restoration/")
    return _list(request)


@require_POST
@signed_in
@limit("career.write", RATE)
def contact_restoration(request: Request) -> HttpResponse:
    """Put back what was taken off last, at its place."""
    me = request.viewer.me
    kept = request.session.pop(KEPT, None)
    if kept is None or clock.now().timestamp() - kept.get("at", 0) > KEPT_FOR:
        raise Http404
    row = actions.put_contact(me, **kept["values"])
    keys = list(Contact.objects.of(me).exclude(pk=row.pk).in_order().values_list("pk", flat=True))
    keys.insert(kept["place"], row.pk)
    actions.arrange_contacts(me, keys)
    tell(request, _("It is back."))
    return answers.part(request, "contacts")


@require_POST
@signed_in
@limit("career.arrange", arranging.RATE)
def contacts_order(request: Request) -> HttpResponse:
    """Keep the order that was sent."""
    actions.arrange_contacts(request.viewer.me, arranging.wanted(request))
    return arranging.done(request, "contacts", "/career/contacts/")


def shown(row: Contact) -> str:
    """The value as people read it."""
    if row.kind == Contact.Kind.BIRTHDAY:
        return birthdays.words(row.value)
    return row.value.removeprefix("https://").rstrip("/") if row.kind != Contact.Kind.ADDRESS else row.value


def _list(request: Request) -> HttpResponse:
    """The page of the list; after a change that came without htmx, the way back to it."""
    if request.method == "POST" and not request.htmx:
        return answers.redirect("/career/contacts/")
    me = request.viewer.me
    rows = list(Contact.objects.of(me).in_order())
    there = {row.kind for row in rows}
    effects = Effects(me)
    context: dict[str, Any] = {
        "rows": [(row, ABOUT[Contact.Kind(row.kind)], shown(row), effects.words(row.audience)) for row in rows],
        "kinds": [(kind, about) for kind, about in ABOUT.items() if kind != Contact.Kind.BIRTHDAY or kind not in there],
        "full": len(rows) >= MOST_CONTACTS,
        "most": MOST_CONTACTS,
    }
    return answers.form(request, PAGE, context)


def _write(request: Request, form: ContactForm) -> HttpResponse:
    """Show the form; keep what is sent with it."""
    if form.is_bound and form.is_valid() and _kept(request, form):
        tell(request, _("Saved."))
        return _list(request)
    row = form.contact
    action = f"/career/contacts/{row.pk}/" if row else f"/career/contacts/new/{form.kind}/"
    context = {"form": form, "about": form.about, "action": action, "contact": row}
    return answers.form(request, FORM, context, wrong=bool(form.errors))


def _kept(request: Request, form: ContactForm) -> bool:
    """Whether it could be kept; a full list, or the same twice, is said on top of the form."""
    me = request.viewer.me
    try:
        if form.contact is None:
            actions.put_contact(me, kind=form.kind, **form.values)
        else:
            actions.edit_contact(form.contact, by=me, **form.values)
    except Conflict as conflict:
        form.add_error(None, conflict.reason)
        return False
    return True


def _mine(request: Request, pk: int) -> Contact:
    """A contact of one's own.

    Raises:
        Http404: there is none, or it is somebody else's.
    """
    if pk >= 1 << 63:
        raise Http404
    return get_object_or_404(Contact.objects.of(request.viewer.me), pk=pk)
