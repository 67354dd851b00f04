"""What the three read above the first word of the conversation that a yes began: the letters that led to it.

Each reads her part, as she did before the yes: the introducer's own words are for the one who was met alone, and the
asker reads her letter as it was passed on. Of whom a block or a suspension takes away, the letter is not there either.
"""

from collections.abc import Collection

from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.introductions.consent import other_of
from collegium.introductions.models import Introduction
from collegium.members.models import Member
from collegium.messaging.reading.beginnings import Beginning
from collegium.ties.models import Connection

Letter = tuple[str, str]


def beginning(viewer: Viewer, conversation: int, met: Collection[int]) -> Beginning | None:
    """The letters this viewer may read; None where the conversation comes from no introduction that she had a part in.

    Args:
        viewer: who reads, somebody in the conversation.
        conversation: its key.
        met: keys of those whose words she reads there.
    """
    row = Introduction.objects.filter(conversation=conversation).with_people().first()
    if row is None or viewer.id not in row.people:
        return None
    written = [(row.introducer_id, _cover(viewer, row)), (row.asker_id, _letter(viewer, row))]
    letters = [letter for author, letter in written if author in met and letter is not None]
    return Beginning(letters, _in_touch(viewer, row, met))


def _cover(viewer: Viewer, row: Introduction) -> Letter | None:
    """The introducer's words to the one who was met."""
    if not row.cover or viewer.id == row.asker_id:
        return None
    if viewer.id == row.introducer_id:
        return _("What you wrote to %(name)s") % {"name": row.target.name}, row.cover
    return _("%(name)s wrote") % {"name": row.introducer.name}, row.cover


def _letter(viewer: Viewer, row: Introduction) -> Letter:
    """The asker's, as it was passed on."""
    if viewer.id != row.asker_id:
        return _("The letter of %(name)s") % {"name": row.asker.name}, row.passed_on
    return (_("Your letter, as it was passed on") if row.edited else _("Your letter")), row.passed_on


def _in_touch(viewer: Viewer, row: Introduction, met: Collection[int]) -> Member | None:
    """The other one of the two who met, while they are not connected."""
    key = other_of(row, viewer)
    if viewer.id == row.introducer_id or key not in met:
        return None
    tied = Connection.objects.filter(member=viewer.id, other=key).exists()
    return None if tied else (row.target if key == row.target_id else row.asker)
