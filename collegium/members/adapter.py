"""allauth's hooks that concern the person: who may sign up, and what happens once an address is confirmed."""

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from collegium.accounts import community
from collegium.accounts.adapter import AccountAdapter
from collegium.accounts.models import Community
from collegium.journal.record import record
from collegium.members import joining
from collegium.members.models import Member
from collegium.ui.respond import tell


class Adapter(AccountAdapter):
    """The one named in the settings."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """By the policy of the community; with an invitation always; before there is an owner never."""
        here = community.now()
        if not here.founded:
            return False
        return here.sign_up != Community.SignUp.INVITATION or joining.invitation_of(request) is not None

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Mark the address as confirmed, and let the person in if nobody has to approve.

        Two accounts may try to confirm one address at the same moment; the database keeps it for the first.
        """
        try:
            with transaction.atomic():
                confirmed = super().confirm_email(request, email_address)
                if confirmed:
                    joining.confirmed(email_address.user)
                    member = _person_of(email_address)
                    record("members.address_confirmed", actor=member, subject=member)
        except IntegrityError:
            tell(request, _("This address was confirmed for another account a moment ago."), tone="danger")
            return False
        return bool(confirmed)

    def add_message(self, request: HttpRequest, level: int, *args: object, **kwargs: object) -> None:
        """Signing in and out show by themselves; only what one would not see is said."""
        template = args[0] if args else kwargs.get("message_template")
        if level == messages.SUCCESS and template == "account/messages/logged_in.txt":
            return
        super().add_message(request, level, *args, **kwargs)


def _person_of(address: EmailAddress) -> Member | None:
    """Whose address it is."""
    return Member.objects.filter(user=address.user_id).first()
