"""What runs by the clock. Each can run twice, or late, and nobody sees a difference."""

from datetime import timedelta
from itertools import groupby

from django.db import connection
from procrastinate.contrib.django import app

from collegium.lib import clock, ids
from collegium.messaging.models import Attachment, Request, Typing
from collegium.messaging.news import tell
from collegium.messaging.stored import clear, forget

UNSENT = timedelta(days=1)
AT_ONCE = 500
PATIENCE, LOOKS_BACK = timedelta(minutes=1), timedelta(minutes=5)

# Keys are moments, so what was said lately is a short range of them; the first unread message of each stretch tells.
WAITING = """
SELECT DISTINCT ON (place.conversation_id, place.member_id) place.conversation_id, said.author_id, place.read,
    place.member_id
FROM messaging_message said
JOIN messaging_participant place ON place.conversation_id = said.conversation_id AND place.member_id <> said.author_id
WHERE said.id >= %(from)s AND said.id < %(until)s AND said.kind = 'words' AND said.deleted_at IS NULL
    AND place.left_at IS NULL AND place.unread AND NOT place.muted AND place.box = 'focused'
    AND said.number > greatest(place.read, place.after)
ORDER BY place.conversation_id, place.member_id, said.number
"""


@app.task(name="messaging.sweep", queue="chores")
def sweep(timestamp: int = 0) -> None:
    """Forget who typed, and files that were never sent; what nobody answered in time is over.

    Requests count as over from the moment they are: those that were silently declined like those that were not.
    """
    now = clock.now()
    Typing.objects.filter(until__lt=now).delete()
    Request.objects.overdue().update(state=Request.State.OVER, ended_at=now)
    old = Attachment.objects.filter(message=None, pk__lt=ids.floor_at(now - UNSENT)).values("pk")[:AT_ONCE]
    while forget(Attachment.objects.filter(pk__in=list(old.values_list("pk", flat=True)))):
        pass
    clear()


@app.task(name="messaging.remind", queue="chores")
def remind(timestamp: int = 0) -> None:
    """Tell those who had a page open when something was said and have not read it since.

    It looks further back than it runs, and each stretch is told once, so one run that is left out is made up for.
    """
    now = clock.now()
    given = {"from": ids.floor_at(now - LOOKS_BACK), "until": ids.floor_at(now - PATIENCE)}
    with connection.cursor() as cursor:
        cursor.execute(WAITING, given)
        rows = cursor.fetchall()
    for (talk, author), group in groupby(rows, key=lambda row: row[:2]):
        tell(talk, author, [row[2:] for row in group])
