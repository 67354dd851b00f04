"""The way from "I would like to" to being a person here: invitation, confirmation, approval."""

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.accounts import community
from collegium.accounts.models import Community, Pass, User
from collegium.lib import mail
from collegium.lib.refusal import Conflict
from collegium.members import actions
from collegium.members.models import Member, MemberQuerySet

SESSION_KEY = "invitation"


def remember_invitation(request: HttpRequest, token: str) -> None:
    """Keep the invitation while the form is filled in."""
    request.session[SESSION_KEY] = token


def invitation_of(request: HttpRequest) -> Pass | None:
    """The usable invitation this visitor came with."""
    token = request.session.get(SESSION_KEY)
    if not isinstance(token, str):
        return None
    return Pass.objects.by_token(Pass.Kind.INVITATION, token).select_related("made_by__member").first()


@transaction.atomic
def spend_invitation(request: HttpRequest, user: User) -> None:
    """Use the invitation up for this account, once.

    Raises:
        Conflict: there was one, and somebody else used it a moment ago.
    """
    token = request.session.get(SESSION_KEY)
    needed = community.now().sign_up == Community.SignUp.INVITATION
    found = Pass.objects.by_token(Pass.Kind.INVITATION, str(token or "")).select_for_update().first()
    if found is not None:
        found.use(user)
    elif needed:
        raise Conflict(_("This invitation has been used or has expired. Please ask for a new one."))


def confirmed(user: User) -> None:
    """Somebody proved that the address is hers: let her in, or tell the owners that she asks."""
    member = Member.objects.filter(user=user, standing=Member.Standing.AWAITING).first()
    if member is None:
        return
    invited = Pass.objects.filter(kind=Pass.Kind.INVITATION, user=user).exists()
    if invited or community.now().sign_up != Community.SignUp.APPROVAL:
        actions.approve(member, by=None)
    else:
        transaction.on_commit(lambda: _tell_owners(member))


def asking() -> MemberQuerySet:
    """Those who await a decision: people whose address is theirs for sure."""
    return (
        Member.objects.filter(standing=Member.Standing.AWAITING, user__emailaddress__verified=True)
        .select_related("user")
        .order_by("id")
    )


def _tell_owners(member: Member) -> None:
    for owner in User.objects.filter(role=User.Role.OWNER, is_active=True):
        context = {"name": member.name, "email": member.user.email, "path": reverse("members:people")}
        mail.send("members/mails/asked", to=owner.email, locale=owner.locale, context=context)
