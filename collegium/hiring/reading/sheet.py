"""What the team reads of one application: what was sent, as far as it may be known, and what the team wrote."""

from dataclasses import dataclass

from collegium.applications import judging, snapshot
from collegium.applications.models import Application, Given, Sent, Step
from collegium.applications.models.applications import FIRST_END
from collegium.audience.viewer import Viewer
from collegium.career.document import Document
from collegium.hiring import blind
from collegium.hiring.blind import Veil
from collegium.hiring.models import Criterion, Note, Scorecard
from collegium.hiring.reading.asked import applications
from collegium.openings.models import Opening
from collegium.referrals.reading import Given as Referred
from collegium.referrals.reading import given_for


@dataclass(frozen=True)
class Answer:
    """An answer beside its question: the rule in a sentence, and whether it passes (None where nothing decides)."""

    words: str
    answer: str
    rule: str
    passed: bool | None


@dataclass(frozen=True)
class Told:
    """A step, with who did it; the words as the applicant reads them."""

    step: Step
    words: str


@dataclass(frozen=True)
class Sheet:
    """One application, for one viewer.

    Attributes:
        called: the name, or a number as long as nobody may know it.
        named: whether it is the name.
        document: the career that was sent; without the name, links and contacts where it is not `named`.
        others: cards of the rest of the team, once the viewer has written one herself; None until then.
        cards: how many cards there are besides the viewer's.
    """

    application: Application
    called: str
    named: bool
    sent: Sent
    document: Document
    headline: str
    letter: str
    answers: list[Answer]
    steps: list[Told]
    notes: list[Note]
    mine: Scorecard | None
    others: list[Scorecard] | None
    cards: int
    referred: list[Referred]

    @property
    def newest(self) -> int:
        """The key of the last step."""
        return self.steps[-1].step.pk if self.steps else 0


def find(viewer: Viewer, opening: Opening, key: int) -> Application | None:
    """One application to this opening, for somebody of its team."""
    rows = applications(viewer, opening).filter(pk=min(key, 2**63 - 1), sent__isnull=False)
    return rows.select_related("sent", "applicant", "card", "opening__organization").first()


def sheet(viewer: Viewer, row: Application) -> Sheet:
    """Everything of it that this viewer reads."""
    sent, named = row.sent, row.named  # type: ignore[attr-defined]
    veil = None if named else Veil.of(sent, row.applicant.handle if row.applicant else "")
    document = snapshot.read(sent)
    cards = list(Scorecard.objects.filter(application=row).select_related("author").prefetch_related("scores"))
    mine = next((card for card in cards if card.author_id == viewer.id), None)
    others = [card for card in cards if card.author_id != viewer.id]
    steps = Step.objects.filter(application=row).select_related("by").order_by("at", "pk")
    referred = _referred(row) if named else []
    return Sheet(
        row,
        sent.name if named else blind.called(blind.number_of(row)),
        named,
        sent,
        veil.document(document) if veil else document,
        veil.text(sent.headline) if veil else sent.headline,
        veil.text(sent.letter) if veil else sent.letter,
        _answers(row, veil),
        [Told(step, veil.text(step.words) if veil else step.words) for step in steps],
        list(Note.objects.filter(application=row).select_related("author").order_by("pk")),
        mine,
        others if mine else None,
        len(others),
        referred,
    )


def neighbours(viewer: Viewer, row: Application) -> tuple[str, str]:
    """The applications before and after this one, as addresses; "" at an end."""
    rows = applications(viewer, row.opening)
    rows = rows.filter(standing__gte=FIRST_END) if row.has_ended else rows.living()
    before = rows.filter(pk__lt=row.pk).order_by("-pk").values_list("pk", flat=True).first()
    after = rows.filter(pk__gt=row.pk).order_by("pk").values_list("pk", flat=True).first()
    root = f"{row.opening.path}hiring/"
    return (f"{root}{before}/" if before else "", f"{root}{after}/" if after else "")


def criteria(opening: Opening) -> list[Criterion]:
    """The lines of its scorecard."""
    return list(Criterion.objects.filter(opening=opening).order_by("place"))


def also(viewer: Viewer, row: Application) -> list[Application]:
    """Other applications of the same person, or of the same mailbox, to this organisation.

    Only those the viewer hires for herself; and neither end may be without a name, or one would give away the other.
    """
    sent = row.sent
    if not row.named or row.applicant_id is None:  # type: ignore[attr-defined]
        return []
    same = Application.objects.filter(organization=row.organization_id, erased_at=None, applicant__isnull=False)
    same = same.exclude(pk=row.pk).exclude(applicant=viewer.id)
    found = (
        same.filter(applicant=row.applicant_id)
        .values("pk")
        .union(same.filter(sent__email_mark=sent.email_mark).values("pk"))
    )
    keys = [each["pk"] for each in found]
    if not keys:
        return []
    hired = Opening.objects.hired_for_by(viewer).filter(applications__in=keys).values("pk")
    rows = Application.objects.filter(pk__in=keys, opening__in=hired).select_related("opening__organization", "sent")
    return [each for each in rows.order_by("-pk") if blind.is_named(each)]


def _answers(row: Application, veil: Veil | None) -> list[Answer]:
    made = []
    for given in Given.objects.filter(application=row).select_related("question").order_by("place"):
        question = given.question
        answer = judging.shown(question, given.answer) if question else given.answer
        rule = judging.rule_of(question) if question else ""
        made.append(Answer(given.words, veil.text(answer) if veil else answer, rule, given.passed))
    return made


def _referred(row: Application) -> list[Referred]:
    """What was said for her; those who said it name her, and are known to know her."""
    return given_for(row.opening, [row.applicant_id]).get(row.applicant_id, []) if row.applicant_id else []
