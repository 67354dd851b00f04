"""One's own list as a table file: what the list shows, and what one noted oneself."""

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.contacts import phrases, reading
from collegium.contacts.filters import Filter
from collegium.contacts.models import PersonNote
from collegium.lib.cells import safe

MOST = 30_000
AT_ONCE = 1_000


def table(viewer: Viewer, asked: Filter) -> str:
    """A heading, and a line for everybody whom the filter means; the mark in front tells spreadsheets the encoding."""
    file = io.StringIO()
    file.write("\ufeff")
    writer = csv.writer(file)
    writer.writerow(_heads())
    keys = reading.keys(viewer, asked, MOST)
    notes = dict(PersonNote.objects.filter(owner=viewer.id).values_list("person", "body"))
    for start in range(0, len(keys), AT_ONCE):
        batch = keys[start : start + AT_ONCE]
        lines = {line.person.pk: line for line in reading.lines_of(viewer, batch)}
        for key in batch:
            if (line := lines.get(key)) is not None:
                writer.writerow(safe(_cells(line, notes.get(key, ""))))
    return file.getvalue()


def _heads() -> list[str]:
    """What stands over the columns."""
    return [
        _("Name"),
        _("Handle"),
        _("Headline"),
        _("Does now"),
        _("Place"),
        _("Connected on"),
        _("Last contact"),
        _("What it was"),
        _("Contacts in the last year"),
        _("Tags"),
        _("Circles"),
        _("Distance"),
        _("Your note"),
    ]


def _cells(line: reading.Line, note: str) -> Iterable[str]:
    person, contact = line.person, line.contact
    yield from (person.name, person.handle, person.headline, line.role, person.place)
    yield f"{line.since:%Y-%m-%d}"
    yield f"{contact.at:%Y-%m-%d}" if contact.at else ""
    yield str(phrases.SHORT[contact.what])
    yield str(contact.year)
    yield ", ".join(tag.name for tag in line.tags)
    yield ", ".join(circle.name for circle in line.circles)
    yield str(phrases.RUNG[line.rung])
    yield note
