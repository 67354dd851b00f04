"""A pipeline: how many stand in each column, and the cards that are shown, in a constant number of statements."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Max, Q, Window
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import RowNumber

from collegium.applications.models import Application, ApplicationQuerySet, Given, Standing, Step
from collegium.applications.models.applications import FIRST_END
from collegium.audience.viewer import Viewer
from collegium.hiring import blind
from collegium.hiring.models import Stage
from collegium.hiring.reading.asked import Asked, applications
from collegium.hiring.reading.ratings import means
from collegium.hiring.stages import ENDED, Columns
from collegium.lib import clock, cursor
from collegium.openings.models import Opening, OpeningSkill
from collegium.referrals.reading import given_for

PER_COLUMN = 12


@dataclass(frozen=True)
class Line:
    """One application as a card.

    Attributes:
        called: the name, or a number as long as nobody may know it.
        waits: whole days since she last heard anything.
        mean: of the scorecards, where the viewer has written one.
        must, nice: how many questions were passed, of how many with a rule.
        needed, liked: how many of the skills of the opening she names, of how many.
    """

    pk: int
    path: str
    called: str
    headline: str
    has_cv: bool
    has_letter: bool
    standing: Standing
    waits: int
    mean: tuple[float, int] | None = None
    referred: int = 0
    must: tuple[int, int] = (0, 0)
    nice: tuple[int, int] = (0, 0)
    needed: tuple[int, int] = (0, 0)
    liked: tuple[int, int] = (0, 0)

    @property
    def has_ended(self) -> bool:
        """Nothing more will happen with it."""
        return self.standing >= FIRST_END


@dataclass(frozen=True)
class Shown:
    """One column: its stage (none for what has ended), how many stand in it, some cards, where it goes on."""

    stage: Stage | None
    total: int = 0
    lines: list[Line] = field(default_factory=list)
    after: str = ""

    @property
    def key(self) -> int:
        """As addresses call it."""
        return self.stage.pk if self.stage else ENDED


def pipeline(viewer: Viewer, opening: Opening, columns: Columns, asked: Asked) -> list[Shown]:
    """All columns with their first cards: one statement counts and chooses, and the rest only dress what is shown."""
    rows = applications(viewer, opening, asked).annotate(column=columns.column())
    ranked = rows.annotate(
        place=Window(RowNumber(), partition_by=[F("column")], order_by=columns.order()),
        total=Window(Count("*"), partition_by=[F("column")]),
    )
    totals: dict[int, int] = {}
    keys: dict[int, list[int]] = {}
    found = ranked.filter(place__lte=PER_COLUMN).order_by("column", "place").values_list("pk", "column", "total")
    for key, column, total in found:
        totals[column] = total
        keys.setdefault(column, []).append(key)
    made = lines(viewer, opening, [key for each in keys.values() for key in each])
    shown = []
    for stage in (*columns.stages, None):
        place = stage.pk if stage else ENDED
        here, total = keys.get(place, []), totals.get(place, 0)
        cards = [made[key] for key in here if key in made]
        after = cursor.pack(here[-1]) if total > len(here) else ""
        shown.append(Shown(stage, total, cards, after))
    return shown


def stretch(viewer: Viewer, opening: Opening, columns: Columns, asked: Asked, key: int, *, after: str) -> Shown:
    """One column from a cursor on."""
    rows = applications(viewer, opening, asked).annotate(column=columns.column()).filter(column=key)
    if after:
        (last,) = cursor.unpack(after, 1)
        rows = rows.filter(pk__lt=last) if key == ENDED else rows.filter(pk__gt=last)
    keys = list(rows.order_by("-pk" if key == ENDED else "pk").values_list("pk", flat=True)[: PER_COLUMN + 1])
    made = lines(viewer, opening, keys[:PER_COLUMN])
    on = cursor.pack(keys[PER_COLUMN - 1]) if len(keys) > PER_COLUMN else ""
    return Shown(columns.named(key), 0, [made[each] for each in keys[:PER_COLUMN] if each in made], on)


def lines(viewer: Viewer, opening: Opening, keys: Collection[int]) -> dict[int, Line]:
    """The cards of these applications."""
    rows = _rows(blind.with_sight(Application.objects.filter(pk__in=list(keys)), opening))
    heard = dict(Step.objects.filter(application__in=list(keys)).values_list("application").annotate(Max("at")))
    rated, passed, numbers = means(viewer, keys), _answers(keys), blind.ordinals(opening)
    referred = given_for(opening, [row["applicant"] for row in rows if row["applicant"]])
    wanted, now = _wanted(opening), clock.now()
    made = {}
    for row in rows:
        key, headline, named = row["pk"], row["sent__headline"] or "", row["named"]
        must, nice = passed.get(key, ((0, 0), (0, 0)))
        needed, liked = _matches(wanted, row["skills"])
        made[key] = Line(
            pk=key,
            path=f"{opening.path}hiring/{key}/",
            called=(row["sent__name"] or "") if named else blind.called(numbers.get(key, 0)),
            headline=headline if named else _veil(row).text(headline),
            has_cv=bool(row["has_cv"]),
            has_letter=bool(row["has_letter"]),
            standing=Standing(row["standing"]),
            waits=max(0, (now - (heard.get(key) or row["sent_at"])).days),
            mean=rated.get(key),
            referred=len(referred.get(row["applicant"], ())),
            must=must,
            nice=nice,
            needed=needed,
            liked=liked,
        )
    return made


def _rows(rows: ApplicationQuerySet) -> list[dict[str, Any]]:
    there = rows.annotate(
        has_cv=ExpressionWrapper(Q(sent__cv_stored__gt=""), BooleanField()),
        has_letter=ExpressionWrapper(Q(sent__letter__gt=""), BooleanField()),
        skills=KeyTransform("skills", "sent__profile"),
    )
    names = ("sent__name", "sent__headline", "sent__email", "sent__cv_name", "applicant__handle")
    return list(
        there.values("pk", "applicant", "standing", "sent_at", "named", "has_cv", "has_letter", "skills", *names)
    )


def _veil(row: dict[str, Any]) -> blind.Veil:
    file = (row["sent__cv_name"] or "").rpartition(".")[0]
    mailbox = (row["sent__email"] or "").partition("@")[0]
    return blind.Veil((row["sent__name"] or "", row["applicant__handle"] or "", mailbox, file))


def _answers(keys: Collection[int]) -> dict[int, tuple[tuple[int, int], tuple[int, int]]]:
    """Of each application: the must-haves passed and asked, and the rest that has a rule."""
    must, passed = Q(question__must=True), Q(passed=True)
    rows = Given.objects.filter(application__in=list(keys), passed__isnull=False).order_by().values_list("application")
    counted = rows.annotate(
        a=Count("pk", filter=must & passed), b=Count("pk", filter=must), c=Count("pk", filter=passed), d=Count("pk")
    )
    return {key: ((a, b), (c - a, d - b)) for key, a, b, c, d in counted}


def _wanted(opening: Opening) -> tuple[set[str], set[str]]:
    """The skills that are needed and those that would be nice, folded."""
    rows = OpeningSkill.objects.filter(opening=opening).values_list("skill__name", "required")
    needed: set[str] = set()
    liked: set[str] = set()
    for name, required in rows:
        (needed if required else liked).add(name.casefold())
    return needed, liked


def _matches(wanted: tuple[set[str], set[str]], named: object) -> tuple[tuple[int, int], tuple[int, int]]:
    """How many of the wanted skills she names."""
    has = {str(each).casefold() for each in named} if isinstance(named, list) else set()
    needed, liked = wanted
    return (len(needed & has), len(needed)), (len(liked & has), len(liked))
