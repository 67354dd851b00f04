"""What becomes of wishes to join that nobody followed up."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef

from collegium.accounts.models import Pass, User
from collegium.lib import clock, ids
from collegium.members.models import Member

UNCONFIRMED_DAYS = 7
PASS_DAYS = 90


def sweep() -> int:
    """Free the names and addresses of those who never confirmed them; forget old links and notes about ended sessions.

    Nobody else ever saw such a person, so nothing is recorded. Returns how many accounts went.
    """
    since = ids.floor_at(clock.now() - timedelta(days=UNCONFIRMED_DAYS))
    confirmed = EmailAddress.objects.filter(user=OuterRef("user"), verified=True)
    asked = Member.objects.filter(~Exists(confirmed), standing=Member.Standing.AWAITING, id__lt=since)
    accounts = User.objects.filter(pk__in=asked.values("user"), last_login=None)
    count = accounts.count()
    accounts.delete()
    Pass.objects.filter(expires_at__lt=clock.now() - timedelta(days=PASS_DAYS)).delete()
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.filter(~Exists(alive)).delete()
    return count
