"""What of a pipeline is asked for: words, answers, a rating."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Case, Exists, Func, OuterRef, Q, Subquery, TextField, Value, When
from django.http import QueryDict
from django.utils.http import urlencode

from collegium.applications import snapshot
from collegium.applications.models import Application, ApplicationQuerySet, Given, Sent
from collegium.audience.viewer import Viewer
from collegium.career.document import Document, texts
from collegium.hiring.blind import Veil, with_sight
from collegium.hiring.models import Scorecard
from collegium.hiring.reading.ratings import visible_mean
from collegium.members.models import Fold
from collegium.openings.models import Opening

WORDS_LIMIT, MOST_WORDS = 100, 6
MET, MISSED = "met", "missed"


@dataclass(frozen=True)
class Asked:
    """What somebody narrows a pipeline to.

    Attributes:
        words: all of them are somewhere in what was sent.
        answers: `MET` where no answer misses what was asked, `MISSED` where one does.
        rating: the least mean of the cards she may see.
    """

    words: str = ""
    answers: str = ""
    rating: int = 0

    def __bool__(self) -> bool:
        return bool(self.words or self.answers or self.rating)

    @property
    def query(self) -> str:
        """As an address says it; empty when nothing is asked."""
        given = {"q": self.words, "answers": self.answers, "rating": str(self.rating or "")}
        return urlencode({name: value for name, value in given.items() if value})


def read(given: QueryDict) -> Asked:
    """From an address; what makes no sense is nothing."""
    words = " ".join(given.get("q", "").replace("\0", " ").split())[:WORDS_LIMIT]
    answers, rating = given.get("answers", ""), given.get("rating", "")
    return Asked(words, answers if answers in (MET, MISSED) else "", int(rating) if rating in tuple("12345") else 0)


def applications(viewer: Viewer, opening: Opening, asked: Asked | None = None) -> ApplicationQuerySet:
    """Those to this opening that are not erased, each with whether it is `named`; never the viewer's own."""
    rows = Application.objects.filter(opening=opening, erased_at=None, applicant__isnull=False)
    rows = with_sight(rows.exclude(applicant=viewer.id), opening)
    return narrowed(rows, viewer, asked) if asked else rows


def narrowed(rows: ApplicationQuerySet, viewer: Viewer, asked: Asked) -> ApplicationQuerySet:
    """Those of them that are asked for."""
    if asked.answers:
        misses = Exists(Given.objects.filter(application=OuterRef("pk"), passed=False))
        rows = rows.filter(misses if asked.answers == MISSED else ~misses)
    if asked.rating:
        mine = Scorecard.objects.filter(application=OuterRef("pk"), author=viewer.id)
        rows = rows.filter(Exists(mine)).annotate(mean=visible_mean()).filter(mean__gte=asked.rating)
    return _with_words(rows, asked.words) if asked.words else rows


class _Joined(Func):
    """Texts with spaces between them."""

    template = "concat_ws(' ', %(expressions)s)"
    output_field = TextField()


class _Texts(Func):
    """Everything that is said in a JSON document, without its keys."""

    template = "jsonb_path_query_array(%(expressions)s, 'strict $.** ? (@.type() == \"string\")')::text"
    output_field = TextField()


def _with_words(rows: Any, words: str) -> ApplicationQuerySet:
    wanted = words.split()[:MOST_WORDS]
    answers = Given.objects.filter(application=OuterRef("pk")).order_by().values("application")
    joined = StringAgg("answer", Value(" "), output_field=TextField())
    said = Subquery(answers.annotate(said=joined).values("said"))
    name = Case(
        When(named=True, then=_Joined("sent__name", "sent__email")), default=Value(""), output_field=TextField()
    )
    parts = [name, "sent__headline", "sent__letter", _Texts("sent__profile"), said]
    rows = rows.annotate(hay=Fold(_Joined(*parts)))
    for word in wanted:
        rows = rows.filter(hay__contains=Fold(Value(word)))
    unnamed = list(rows.filter(named=False).values_list("pk", flat=True))
    if not unnamed:
        return rows
    return rows.filter(Q(named=True) | Q(pk__in=_still(unnamed, wanted)))


def _still(keys: list[int], wanted: list[str]) -> list[int]:
    """Those of the applications without a name in which the words stand once the name is taken out.

    Otherwise looking for a name would find its owner.
    """
    found, plain = [], [_plain(word) for word in wanted]
    said: dict[int, list[str]] = {}
    for key, answer in Given.objects.filter(application__in=keys).values_list("application", "answer"):
        said.setdefault(key, []).append(answer)
    for sent in Sent.objects.filter(application__in=keys).select_related("application__applicant"):
        applicant = sent.application.applicant
        veil = Veil.of(sent, applicant.handle if applicant else "")
        document = veil.document(snapshot.read(sent))
        told = [sent.headline, sent.letter, *said.get(sent.pk, ())]
        hay = _plain(" ".join([*map(veil.text, told), *_strings(document)]))
        if all(word in hay for word in plain):
            found.append(sent.pk)
    return found


def _strings(document: Document) -> list[str]:
    heads = [document.header.about, document.header.place, *document.skills]
    return heads + [text for item in document.items for text in (*texts(item).values(), *item.skills)]


def _plain(words: str) -> str:
    split = unicodedata.normalize("NFKD", words.lower())
    return "".join(letter for letter in split if not unicodedata.combining(letter))
