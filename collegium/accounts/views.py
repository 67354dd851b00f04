"""The account's own pages: what is set, where one is signed in, which language; and claiming an account."""

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import EmailAddress, Login
from allauth.core.internal.httpkit import authenticated_user
from allauth.mfa.models import Authenticator
from allauth.usersessions.internal import flows
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.accounts.adapter import remember_language
from collegium.accounts.entering import trust_address
from collegium.accounts.forms.own import ClaimForm
from collegium.accounts.models import Pass, User
from collegium.accounts.sessions import signed_out
from collegium.lib.limits import by_address, limit
from collegium.ui.respond import respond, tell


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Everything about one's own account, with what is set at present."""
    user = authenticated_user(request)
    steps = list(Authenticator.objects.filter(user=user.pk).values_list("type", flat=True))
    address = EmailAddress.objects.filter(user=user.pk).order_by("-primary", "-verified").first()
    context = {
        "address": address.email if address else user.get_username(),
        "passkeys": steps.count(Authenticator.Type.WEBAUTHN),
        "app": Authenticator.Type.TOTP in steps,
        "codes": Authenticator.Type.RECOVERY_CODES in steps,
        "sessions": len(UserSession.objects.purge_and_list(user)),
        "languages": settings.LANGUAGES,
        "language_now": translation.get_language(),
    }
    return respond(request, "accounts/settings.html", "main", context)


@require_POST
@login_required
def session_ending(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign one device out."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user.pk)
    flows.sessions.end_sessions(request, [session])
    tell(request, _("That device is signed out."))
    return HttpResponseRedirect("/" if not request.user.is_authenticated else "/accounts/sessions/")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose a language: in a cookie for this browser, and in the account for mails and other devices."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        raise Http404
    if request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(locale=chosen)
    response = HttpResponseRedirect("/settings/" if request.user.is_authenticated else "/")
    remember_language(response, chosen, secure=request.is_secure())
    return response


@limit("accounts.claim", "30/10m", by=by_address, reads=True)
def claim(request: HttpRequest, token: str) -> HttpResponse:
    """An account somebody made for you: choose a password, and it is yours. The link works once."""
    row = Pass.objects.by_token(Pass.Kind.CLAIM, token).select_related("user").first()
    if row is None or row.user is None or not row.user.is_active:
        raise Http404
    form = ClaimForm(request.POST or None, user=row.user)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return respond(request, "accounts/claim.html", "main", {"form": form, "owner": row.user}, status=status)
    user = _claimed(token, form.cleaned_data["password1"])
    if request.user.is_authenticated:
        request.session.flush()
    return perform_login(request, Login(user=user, email=user.email))


@transaction.atomic
def _claimed(token: str, password: str) -> User:
    """Use the link and set the password; whoever comes second finds nothing."""
    locked = get_object_or_404(Pass.objects.by_token(Pass.Kind.CLAIM, token).select_for_update())
    user = get_object_or_404(User, passes=locked)
    user.set_password(password)
    user.save(update_fields=["password"])
    trust_address(user)
    locked.use()
    signed_out(user)
    return user
