"""What is said of an event, as the forms give it to the verbs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from collegium.events.models import Event, Form, ListFor, Question
from collegium.lib import text

# A change of one of these is told to those who answered, and makes calendars take the newer event.
WHERE = ("form", "place", "address", "link")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to those who come."""

    words: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Details:
    """Everything about an event but its hours.

    Attributes:
        title: what it is called.
        about: cleaned text.
        form: a `models.Form`.
        place: what the place is called.
        address: where that is.
        link: for whoever comes online.
        answer_until: so many minutes before the beginning one answers at the latest.
        capacity: seats, or None.
        waiting_list: whether one waits where all are taken.
        approving: whether a host says yes to each.
        guests_allowed: how many each may bring.
        list_for: a `models.ListFor`.
        attendees_invite: whether those who come may invite.
        questions: in their order.
    """

    title: str
    about: str = ""
    form: str = Form.PERSON
    place: str = ""
    address: str = ""
    link: str = ""
    answer_until: int = 0
    capacity: int | None = None
    waiting_list: bool = True
    approving: bool = False
    guests_allowed: int = 0
    list_for: str = ListFor.ATTENDEES
    attendees_invite: bool = False
    questions: tuple[Asked, ...] = field(default=())

    @property
    def columns(self) -> dict[str, Any]:
        """What the row says. What a form of taking part has no use for is left out."""
        names = [name for name in self.__dataclass_fields__ if name != "questions"]
        found = {name: getattr(self, name) for name in names}
        if self.form == Form.ONLINE:
            found |= {"place": "", "address": ""}
        if self.form == Form.PERSON:
            found |= {"link": ""}
        return found | {"html": str(text.render(self.about).html)}


def keep_questions(event: Event, asked: Iterable[Asked]) -> None:
    """Make the questions exactly these. One whose words stay keeps its key, and so its answers."""
    wanted = list(asked)
    known = {row.words: row for row in Question.objects.filter(event=event)}
    kept = {each.words for each in wanted} & known.keys()
    Question.objects.filter(event=event).exclude(words__in=kept).delete()
    # Two that change places would meet in between, so those that stay are moved out of the way first.
    staying = sorted((known[words] for words in kept), key=lambda row: row.place)
    places = {each.words: place for place, each in enumerate(wanted)}
    if any(places[row.words] != row.place for row in staying):
        Question.objects.filter(event=event).delete()
        known = {words: row for words, row in known.items() if words in kept}
        Question.objects.bulk_create(
            Question(pk=row.pk, event=event, place=places[words], words=words, required=row.required)
            for words, row in known.items()
        )
    for place, each in enumerate(wanted):
        if each.words in kept:
            Question.objects.filter(event=event, words=each.words).update(required=each.required)
        else:
            Question.objects.create(event=event, place=place, words=each.words, required=each.required)
