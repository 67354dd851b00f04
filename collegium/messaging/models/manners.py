"""What one shows of oneself while talking: each is given and taken together."""

from django.db import models

from collegium.lib import clock
from collegium.members.models import Member
from collegium.messaging.models.conversations import Conversation


class Manners(models.Model):
    """What she shows of herself; what she does not show she does not see of others either. No row: all of it."""

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="manners")
    receipts = models.BooleanField(default=True, help_text="Others see what she has read.")
    typing = models.BooleanField(default=True, help_text="Others see that she is typing.")
    presence = models.BooleanField(default=True, help_text="Others see that she is there.")

    def __str__(self) -> str:
        return f"of {self.member_id}"


class Typing(models.Model):
    """Somebody is typing until shortly after now. The table is unlogged: nobody misses it after a crash."""

    pk = models.CompositePrimaryKey("conversation_id", "member_id")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="typing", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    until = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.member_id} in {self.conversation_id}"
