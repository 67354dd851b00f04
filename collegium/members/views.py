"""Joining: the first owner, an invitation, waiting for approval; and deciding about those who wait."""

from urllib.parse import urlencode

from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collegium.accounts import community
from collegium.accounts.entering import enter, trust_address
from collegium.accounts.forms.own import sign_up_choices
from collegium.accounts.models import Community, Pass, User
from collegium.accounts.owners import owners_only
from collegium.lib import mail
from collegium.lib.limits import by_address, limit
from collegium.members import actions, joining
from collegium.members.forms import WelcomeForm
from collegium.members.models import Member
from collegium.ui.respond import respond, tell


@require_http_methods(["GET", "HEAD", "POST"])
@limit("members.welcome", "30/10m", by=by_address, reads=True)
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """The first person names the network and becomes its owner. The link works once."""
    if community.has_owner() or not Pass.objects.by_token(Pass.Kind.SETUP, token).exists():
        raise Http404
    form = WelcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = _found(token, form)
        except IntegrityError:
            form.add_error("email", _("There is an account with this address already."))
        else:
            enter(request, user)
            tell(request, _("Welcome. This network is yours; the settings hold everything about it."))
            return HttpResponseRedirect("/")
    status = 422 if form.errors else 200
    return respond(request, "members/welcome.html", "main", {"form": form, "choices": sign_up_choices()}, status=status)


@transaction.atomic
def _found(token: str, form: WelcomeForm) -> User:
    """The network, its owner and her person in one go. Of two who come at once the second finds the link used."""
    key = get_object_or_404(Pass.objects.by_token(Pass.Kind.SETUP, token).select_for_update())
    if community.has_owner():
        raise Http404
    said = form.cleaned_data
    Community.objects.update_or_create(id=1, defaults={"name": said["network"], "sign_up": said["sign_up"]})
    user = User.objects.create_user(said["email"], said["password1"], role=User.Role.OWNER)
    trust_address(user)
    actions.join(user, said["name"])
    key.use(user)
    community.forget()
    return user


@require_GET
@limit("members.join", "60/10m", by=by_address, reads=True)
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody comes with an invitation: remember it and show the form."""
    row = Pass.objects.by_token(Pass.Kind.INVITATION, token).first()
    if row is None:
        return respond(request, "members/invitation_over.html", "main", status=404)
    if request.user.is_authenticated:
        return HttpResponseRedirect("/")
    joining.remember_invitation(request, token)
    query = f"?{urlencode({'email': row.email})}" if row.email else ""
    return HttpResponseRedirect(reverse("account_signup") + query)


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """For somebody whose wish to join has not been decided yet."""
    member = getattr(request.user, "member", None) if request.user.is_authenticated else None
    if member is None or member.standing != Member.Standing.AWAITING:
        return HttpResponseRedirect("/")
    return respond(request, "members/waiting.html", "main", {"person": member})


@require_GET
@owners_only
def people(request: HttpRequest) -> HttpResponse:
    """Who asks to join, and who is suspended."""
    suspended = (
        Member.objects.filter(standing=Member.Standing.SUSPENDED).select_related("user").order_by("sort_name", "id")
    )
    context = {"asking": joining.asking()[:200], "suspended": suspended[:200]}
    return respond(request, "members/people.html", "main", context)


def _me(request: HttpRequest) -> Member | None:
    """The owner as a person; one who is none acts like the operator."""
    return getattr(request.user, "member", None)


@require_POST
@owners_only
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody in."""
    member = get_object_or_404(joining.asking(), pk=pk)
    actions.approve(member, by=_me(request))
    context = {"name": member.name, "link": request.build_absolute_uri(reverse("account_login"))}
    mail.send("members/mails/approved", to=member.user.email, locale=member.user.locale, context=context)
    tell(request, _("%(name)s is a member now, and has been told by mail.") % {"name": member.name})
    return HttpResponseRedirect(reverse("members:people"))


@require_http_methods(["GET", "HEAD", "POST"])
@owners_only
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn somebody away: the page says what that means, its button does it."""
    member = get_object_or_404(joining.asking(), pk=pk)
    if request.method != "POST":
        return respond(request, "members/refusal.html", "main", {"person": member})
    email, locale = member.user.email, member.user.locale
    actions.refuse(member, by=_me(request))
    mail.send("members/mails/refused", to=email, locale=locale, context={"name": member.name})
    tell(request, _("%(name)s was told that it was not possible.") % {"name": member.name})
    return HttpResponseRedirect(reverse("members:people"))


@require_POST
@owners_only
def restoration(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody her standing back."""
    member = get_object_or_404(Member, pk=pk, standing=Member.Standing.SUSPENDED)
    actions.restore(member, by=_me(request))
    tell(request, _("%(name)s is a member again.") % {"name": member.name})
    return HttpResponseRedirect(reverse("members:people"))
