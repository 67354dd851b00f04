"""What an answer to a first message does; for the verbs, which hold the conversation."""

from collegium.journal.record import record
from collegium.lib import clock
from collegium.messaging import order
from collegium.messaging.models import Conversation, Participant, Request
from collegium.messaging.models.conversations import Box


def let_in(request: Request, conversation: Conversation) -> Request:
    """From now on both write as they like. What had been declined before is forgotten with it."""
    now = clock.now()
    request.state, request.ended_at = Request.State.ACCEPTED, now
    request.save(update_fields=["state", "ended_at"])
    Conversation.objects.filter(pk=conversation.pk).update(consented_at=now)
    Participant.objects.filter(conversation=conversation, member=request.recipient_id).update(
        box=Box.FOCUSED, why=[], declined_at=None
    )
    order.change(conversation.pk, head=True)
    record("messaging.accepted", actor=request.recipient_id, subject=request, sender=request.sender_id)
    return request
