"""What one reads of applications: the applicant of hers, those who hire of those to their openings."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from collegium.applications import judging
from collegium.applications import snapshot as snapshots
from collegium.applications.models import Application, ApplicationQuerySet, Given, Sent, Standing, Step
from collegium.audience.viewer import Viewer
from collegium.career.document import Document
from collegium.career.models import Contact
from collegium.openings.models import Opening
from collegium.resumes import printed
from collegium.resumes.printed import Sheet


@dataclass(frozen=True)
class Whole:
    """An application with what was sent, exactly as it was sent. Three statements.

    Attributes:
        row: the application.
        sent: None once it was erased.
        answers: in the order of the questions.
        steps: from the first on.
    """

    row: Application
    sent: Sent | None
    answers: list[Given]
    steps: list[Step]

    @cached_property
    def document(self) -> Document:
        """The chosen parts of her profile."""
        return snapshots.read(self.sent) if self.sent is not None else Document()

    @cached_property
    def sheet(self) -> Sheet:
        """The same as it is set on a page: headings, entries, paragraphs."""
        return printed.sheet(self.document)

    @property
    def photo_path(self) -> str:
        """Where the picture lies that she sent; "" without one."""
        return f"/applications/{self.row.pk}/photo/" if self.sent is not None and self.sent.photo else ""

    @property
    def cv_path(self) -> str:
        """Where the CV lies that she sent; "" without one."""
        return f"/applications/{self.row.pk}/cv/" if self.sent is not None and self.sent.cv_stored else ""

    @property
    def unfit_by(self) -> Given | None:
        """The first answer that ended it, where one did."""
        return next((each for each in self.answers if each.passed is False and _must(each)), None)


def _must(given: Given) -> bool:
    return given.question is not None and given.question.must


def visible(viewer: Viewer, pk: int) -> Application | None:
    """One application that this viewer may read, with its opening and organisation; None for all others."""
    if not viewer or pk >= 1 << 63:
        return None
    rows = Application.objects.visible_to(viewer).filter(pk=pk)
    return rows.select_related("opening__organization").first()


def mine(viewer: Viewer) -> ApplicationQuerySet:
    """The viewer's own, the newest first."""
    return Application.objects.of(viewer.me).select_related("opening__organization").order_by("-pk")


def to(opening: Opening) -> QuerySet[Application]:
    """Those to an opening that are not erased, the newest first; for those who hire for it, who were judged."""
    return Application.objects.filter(opening=opening, erased_at=None, applicant__isnull=False).order_by("-pk")


def whole(row: Application) -> Whole:
    """An application with everything that was sent; whoever asks has been judged."""
    answers = Given.objects.filter(application=row).select_related("question").order_by("place")
    steps = Step.objects.filter(application=row).select_related("by").order_by("at", "pk")
    return Whole(row, Sent.objects.filter(application=row).first(), list(answers), list(steps))


def wholes(rows: Iterable[Application]) -> dict[int, Whole]:
    """The same for many, by key, in three statements."""
    known = {row.pk: row for row in rows}
    sent = {each.application_id: each for each in Sent.objects.filter(application__in=known)}
    answers: dict[int, list[Given]] = {}
    for given in Given.objects.filter(application__in=known).select_related("question").order_by("place"):
        answers.setdefault(given.application_id, []).append(given)
    steps: dict[int, list[Step]] = {}
    for step in Step.objects.filter(application__in=known).select_related("by").order_by("at", "pk"):
        steps.setdefault(step.application_id, []).append(step)
    return {key: Whole(row, sent.get(key), answers.get(key, []), steps.get(key, [])) for key, row in known.items()}


def same_mailbox(opening: Opening) -> dict[str, list[int]]:
    """Applications to one opening that give the same mailbox, by its mark; only marks that stand there twice."""
    found: dict[str, list[int]] = {}
    rows = Sent.objects.filter(application__opening=opening).order_by("application_id")
    for mark, key in rows.values_list("email_mark", "application_id"):
        found.setdefault(mark, []).append(key)
    return {mark: keys for mark, keys in found.items() if len(keys) > 1}


def shown_answer(given: Given) -> str:
    """An answer as people read it."""
    return judging.shown(given.question, given.answer) if given.question is not None else given.answer


def phones(viewer: Viewer) -> list[str]:
    """The numbers she gives as contacts, to choose one for this employer."""
    rows = Contact.objects.visible_to(viewer).filter(member=viewer.me, kind=Contact.Kind.PHONE).in_order()
    return [row.value for row in rows]


def counts(viewer: Viewer) -> dict[str, int]:
    """How many of hers live, and how many have ended."""
    rows = Application.objects.of(viewer.me)
    living = rows.living().count()
    return {"living": living, "ended": rows.count() - living}


LIVING = tuple(each for each in Standing if each < Standing.HIRED)
