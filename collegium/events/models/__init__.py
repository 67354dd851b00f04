"""The tables of events, a file for each noun."""

from collegium.events.models.attendances import Attendance, State
from collegium.events.models.events import Event, EventQuerySet, Form, ListFor
from collegium.events.models.feeds import CalendarFeed
from collegium.events.models.helpers import Helper
from collegium.events.models.occurrences import Occurrence
from collegium.events.models.people import Cohost, Invitation
from collegium.events.models.questions import Question
from collegium.events.models.reminders import Ahead, Reminded, ReminderWish

__all__ = [
    "Ahead",
    "Attendance",
    "CalendarFeed",
    "Cohost",
    "Event",
    "EventQuerySet",
    "Form",
    "Helper",
    "Invitation",
    "ListFor",
    "Occurrence",
    "Question",
    "Reminded",
    "ReminderWish",
    "State",
]
