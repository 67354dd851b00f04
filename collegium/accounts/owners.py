"""Pages of whoever runs the community: its name and policy, invitations, and the mails kept on this machine."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collegium.accounts import community
from collegium.accounts.forms.own import CommunityForm, InvitationForm, sign_up_choices
from collegium.accounts.models import Community, Pass, User
from collegium.lib import mail
from collegium.lib.limits import limit
from collegium.ui.respond import respond, tell

INVITATION_DAYS = 30
MAILS_A_PAGE = 50


def owners_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """To everybody else these pages do not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if not (isinstance(user, User) and user.is_active and user.is_owner):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@owners_only
def settings_of_community(request: HttpRequest) -> HttpResponse:
    """Name, purpose, who may join."""
    row = Community.objects.first() or Community(name=community.DEFAULT_NAME)
    form = CommunityForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        form.save()
        community.forget()
        tell(request, _("Saved."))
        return HttpResponseRedirect(reverse("accounts:community"))
    context = {"form": form, "choices": sign_up_choices()}
    status = 422 if form.errors else 200
    return respond(request, "accounts/community.html", "main", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@owners_only
@limit("accounts.invite", "60/h")
def invitations(request: HttpRequest) -> HttpResponse:
    """The invitations that are open, and a new one: mailed, or as a link to hand over, shown this once."""
    form = InvitationForm(request.POST or None)
    made = None
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].lower()
        _row, token = Pass.make(Pass.Kind.INVITATION, days=INVITATION_DAYS, email=email, made_by=request.user)
        link = request.build_absolute_uri(reverse("members:join", args=[token]))
        if email:
            context = {"link": link, "from_name": _name_of(request.user), "days": INVITATION_DAYS}
            mail.send("accounts/mails/invitation", to=email, context=context)
            tell(request, _("The invitation to %(email)s is on its way.") % {"email": email})
            return HttpResponseRedirect(reverse("accounts:invitations"))
        made, form = link, InvitationForm()
    rows = (
        Pass.objects.usable().filter(kind=Pass.Kind.INVITATION).select_related("made_by__member").order_by("-id")[:200]
    )
    status = 422 if form.errors else 200
    return respond(
        request, "accounts/invitations.html", "main", {"form": form, "made": made, "rows": rows}, status=status
    )


@require_POST
@owners_only
def invitation_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """The link stops working."""
    get_object_or_404(Pass.objects.usable(), pk=pk, kind=Pass.Kind.INVITATION).delete()
    tell(request, _("Withdrawn. The link no longer works."))
    return HttpResponseRedirect(reverse("accounts:invitations"))


@require_GET
@owners_only
def mails(request: HttpRequest) -> HttpResponse:
    """The mails kept here because there is no server to send them through."""
    before = request.GET.get("before", "")
    names = mail.names(MAILS_A_PAGE + 1, before if mail.NAME.fullmatch(before) else "")
    shown = [_summary(name) for name in names[:MAILS_A_PAGE]]
    older = names[MAILS_A_PAGE - 1] if len(names) > MAILS_A_PAGE else None
    return respond(request, "accounts/mails.html", "main", {"mails": [one for one in shown if one], "older": older})


@require_GET
@owners_only
def one_mail(request: HttpRequest, name: str) -> HttpResponse:
    """One of them, its text with links that can be followed."""
    found = _summary(name)
    if found is None:
        raise Http404
    return respond(request, "accounts/mail.html", "main", {"mail": found})


def _summary(name: str) -> dict[str, Any] | None:
    message = mail.read(name)
    if message is None:
        return None
    body = message.get_body(("plain",))
    text = str(body.get_content()) if body is not None else ""
    return {
        "name": name,
        "path": reverse("accounts:mail", args=[name]),
        "to": str(message["To"]),
        "subject": str(message["Subject"]),
        "at": mail.written_at(name),
        "parts": _linked(text),
    }


def _linked(text: str) -> list[tuple[str, bool]]:
    """The text cut at its addresses: (part, whether it is one)."""
    parts = re.split(r"(https?://[^\s<>\"']+)", text)
    return [(part, index % 2 == 1) for index, part in enumerate(parts) if part]


def _name_of(user: Any) -> str:
    member = getattr(user, "member", None)
    return member.name if member is not None else user.email
