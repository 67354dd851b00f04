"""A member's applications and her CVs, to take along: for reading, since they went to employers who are here."""

from collections.abc import Iterator

from collegium.applications import reading
from collegium.applications.models import Application, Cv
from collegium.audience.viewer import Viewer
from collegium.portability.packing.cells import Row, Table

AT_ONCE = 200
SAID = ("address", "opening", "organization", "standing", "sent_at", "answered_at", "ended_at")
SENT = ("email", "phone", "letter", "answers", "cv")
STEP = ("address", "at", "standing", "words")


def tables(viewer: Viewer, public: str) -> list[Table]:
    """Both files; nothing of what those who hire noted, and nobody's name.

    Args:
        viewer: whose they are.
        public: the address of this community, in front of paths.
    """
    return [
        Table("applications", (*SAID, *SENT), _applications(viewer, public)),
        Table("application_steps", STEP, _steps(viewer, public)),
    ]


def files(viewer: Viewer) -> Iterator[tuple[str, str]]:
    """Her CVs: what each is called in the archive, and what `media.keeping` calls it."""
    for row in Cv.objects.filter(member=viewer.me).order_by("pk"):
        yield f"cvs/{row.name.replace('/', '_').replace(chr(92), '_')}", row.stored


def _some(viewer: Viewer) -> Iterator[list[Application]]:
    keys = list(reading.mine(viewer).values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        yield list(reading.mine(viewer).filter(pk__in=keys[start : start + AT_ONCE]))


def _applications(viewer: Viewer, public: str) -> Iterator[Row]:
    for rows in _some(viewer):
        for whole in reading.wholes(rows).values():
            row, sent = whole.row, whole.sent
            said = f"{public}{row.path}", row.opening.title, row.opening.organization.name, row.stands_as
            answers = "\n".join(f"{each.words} {reading.shown_answer(each)}" for each in whole.answers)
            went = (sent.email, sent.phone, sent.letter, answers, sent.cv_name) if sent is not None else ("",) * 5
            yield *said, row.sent_at, row.answered_at, row.ended_at, *went


def _steps(viewer: Viewer, public: str) -> Iterator[Row]:
    for rows in _some(viewer):
        for whole in reading.wholes(rows).values():
            for step in whole.steps:
                yield f"{public}{whole.row.path}", step.at, step.get_standing_display(), step.words
