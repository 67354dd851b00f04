"""The messages somebody keeps for herself, as far as she reads them still."""

from collections.abc import Sequence
from dataclasses import dataclass

from collegium.audience.viewer import Viewer
from collegium.lib import cursor
from collegium.messaging.models import Conversation, Message, Star
from collegium.messaging.reading.dressing import Said, plain
from collegium.messaging.reading.faces import faces

LISTED = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One kept message, the conversation it is from, and what that is called."""

    said: Said
    conversation: Conversation
    title: str

    @property
    def message(self) -> Message:
        """The message itself."""
        return self.said.message


@dataclass(frozen=True, slots=True)
class Page:
    """A page of kept messages, the youngest first."""

    rows: list[Row]
    older: str


def page(viewer: Viewer, before: str = "") -> Page:
    """A page of what she keeps.

    Raises:
        Http404: that cursor is none.
    """
    kept = Star.objects.filter(member=viewer.id, message__in=Message.objects.visible_to(viewer))
    if before:
        kept = kept.filter(message__lt=cursor.unpack(before, 1)[0])
    keys = list(kept.order_by("-message").values_list("message_id", flat=True)[: LISTED + 1])
    older = cursor.pack(keys[LISTED - 1]) if len(keys) > LISTED else ""
    return Page(_rows(viewer, keys[:LISTED]), older)


def _rows(viewer: Viewer, keys: Sequence[int]) -> list[Row]:
    """Shown as one line each: the message without what hangs on it."""
    found = Message.objects.visible_to(viewer).filter(pk__in=keys).select_related("author", "conversation")
    messages = {each.pk: each for each in found}
    titles = faces(viewer, {each.conversation_id for each in messages.values()})
    said = {each.message.pk: each for each in plain(viewer.id, list(messages.values()))}
    rows = [said[key] for key in keys if key in said]
    return [
        Row(each, each.message.conversation, titles[each.message.conversation_id].title(each.message.conversation))
        for each in rows
    ]
