"""The verbs on messages and invitations from elsewhere: one conversation forgotten, or all of it."""

from django.db import transaction

from collegium.journal.record import record
from collegium.lib.refusal import require
from collegium.members.models import Member
from collegium.portability.correspondence import rules
from collegium.portability.correspondence.models import Invited, Letter, Thread


@transaction.atomic
def forget(thread: Thread, *, by: Member) -> None:
    """Delete one conversation with all its messages."""
    require(rules.may_forget(by) and thread.member_id == by.pk)
    Letter.objects.filter(thread=thread).delete()
    Thread.objects.filter(pk=thread.pk).delete()
    record("portability.conversation_forgotten", actor=by, subject=by)


@transaction.atomic
def forget_all(*, by: Member) -> None:
    """Delete every message and every invitation."""
    require(rules.may_forget(by))
    Letter.objects.filter(member=by).delete()
    Thread.objects.filter(member=by).delete()
    Invited.objects.filter(member=by).delete()
    record("portability.correspondence_forgotten", actor=by, subject=by)
