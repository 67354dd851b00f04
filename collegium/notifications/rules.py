"""Who may say that something was read, who may choose how she is told, and who may be mailed."""

from collections.abc import Collection

from allauth.account.models import EmailAddress
from django.db.models import Exists, F, OuterRef, QuerySet

from collegium.members.models import Member
from collegium.notifications.models import Notification, Returned


def may_read(member: Member, told: Notification) -> bool:
    """Only the one who was told, while in good standing."""
    return member.is_active and told.recipient_id == member.id


def may_read_all(member: Member) -> bool:
    """Everybody in good standing, of her own."""
    return member.is_active


def may_choose(member: Member) -> bool:
    """Everybody in good standing, for herself."""
    return member.is_active


def may_be_tried(member: Member) -> bool:
    """A mail to try her address with: whoever has shown that it is hers, also after mails to it came back."""
    return member.is_active and _shown_hers().filter(user=member.user_id).exists()


def may_be_mailed(member: Member) -> bool:
    """In good standing, reads mail at the address of her account, as she has shown, and mails there do not come back.

    This holds for all mails that nobody is just waiting for; a code that somebody asked for is always tried.
    """
    return bool(mailable([member.pk]))


def mailable(keys: Collection[int]) -> set[int]:
    """Those of these members who may be mailed, in one query."""
    stopped = Returned.objects.filter(address=OuterRef("email"), stopped_at__isnull=False)
    shown = _shown_hers().filter(~Exists(stopped), user__member__in=list(keys))
    return set(shown.values_list("user__member", flat=True))


def _shown_hers() -> QuerySet[EmailAddress]:
    """Confirmed addresses that are those of their accounts, of people in good standing."""
    rows: QuerySet[EmailAddress] = EmailAddress.objects.filter(email=F("user__email"), verified=True)
    return rows.filter(user__is_active=True, user__member__standing=Member.Standing.ACTIVE)
