"""The tables of conversations, a file for each noun."""

from collegium.messaging.models.conversations import Conversation, Participant
from collegium.messaging.models.files import Attachment, GoneFile
from collegium.messaging.models.manners import Manners, Typing
from collegium.messaging.models.messages import Message, Reaction, Revision, Star
from collegium.messaging.models.requests import Report, Request

__all__ = [
    "Attachment",
    "Conversation",
    "GoneFile",
    "Manners",
    "Message",
    "Participant",
    "Reaction",
    "Report",
    "Request",
    "Revision",
    "Star",
    "Typing",
]
