"""The visits of the last seconds, kept in memory and written together: opening a profile writes nothing.

What is not written yet when a process is killed is lost, ten seconds of it at most: nobody was told of it.
"""

import atexit
import logging
import threading
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import Error, close_old_connections, connection

from collegium.audience.viewer import Viewer
from collegium.lib import clock
from collegium.members.models import Member
from collegium.visits.models import DEFAULT, Mode

EVERY_SECONDS = 10.0
MOST_WAITING = 20_000
log = logging.getLogger(__name__)

_waiting: dict[tuple[int, int, date], datetime] = {}
_lock = threading.Lock()
_writer: threading.Thread | None = None

# The mode is looked up here and not at the visit: one statement for all of them instead of one a page. Of somebody
# who chose between the visit and this moment, the mode that shows less counts, whichever it was.
WRITE = """
INSERT INTO visits_visit (owner_id, visitor_id, day, mode, at)
SELECT owner.id, visitor.id, seen.day, seen.mode, seen.at
FROM (
    SELECT given.owner, given.visitor, given.day, given.at,
           coalesce(CASE WHEN given.at >= chosen.since THEN chosen.mode
                    ELSE least(chosen.mode, chosen.previous) END, %(default)s) AS mode
    FROM unnest(%(owners)s::bigint[], %(visitors)s::bigint[], %(days)s::date[], %(ats)s::timestamptz[])
         AS given (owner, visitor, day, at)
    LEFT JOIN visits_showing chosen ON chosen.member_id = given.visitor
) AS seen
JOIN members_member owner ON owner.id = seen.owner
JOIN members_member visitor ON visitor.id = seen.visitor
WHERE seen.mode > %(private)s
ON CONFLICT (owner_id, visitor_id, day, mode) DO UPDATE SET at = greatest(visits_visit.at, excluded.at)
"""


def saw(viewer: Viewer, owner: Member) -> None:
    """Note that somebody opened somebody's profile; one's own and those of the signed out are not noted.

    Args:
        viewer: who looked.
        owner: whose profile, which the viewer may see.
    """
    if viewer.member is None or viewer.id == owner.pk:
        return
    now = clock.now()
    with _lock:
        # Somebody who opens more profiles than this within seconds is no visitor; the oldest notes make room.
        if len(_waiting) >= MOST_WAITING:
            _waiting.pop(next(iter(_waiting)))
        _waiting[owner.pk, viewer.id, now.date()] = now
    if settings.VISITS_WRITER:
        _start()


def write() -> int:
    """Write what waits, in one statement. Returns how many visits that were."""
    with _lock:
        seen = dict(_waiting)
        _waiting.clear()
    if not seen:
        return 0
    values: dict[str, Any] = {
        "owners": [owner for owner, _visitor, _day in seen],
        "visitors": [visitor for _owner, visitor, _day in seen],
        "days": [day for _owner, _visitor, day in seen],
        "ats": list(seen.values()),
        "default": DEFAULT.value,
        "private": Mode.PRIVATE.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(WRITE, values)
        return int(cursor.rowcount)


def _start() -> None:
    """The thread that writes; started with the first visit, because threads do not outlive a fork."""
    global _writer  # noqa: PLW0603 - one a process
    if _writer is not None and _writer.is_alive():
        return
    with _lock:
        if _writer is not None and _writer.is_alive():
            return
        _writer = threading.Thread(target=_write_on, name="visits", daemon=True)
        _writer.start()
        atexit.register(_write_safely)


def _write_on() -> None:
    pause = threading.Event()
    while not pause.wait(EVERY_SECONDS):
        _write_safely()


def _write_safely() -> None:
    """A database that is away takes the visits of these seconds with it, not the process."""
    try:
        write()
    except Error as error:
        log.warning("visits were not written: %s", error)
    finally:
        close_old_connections()
