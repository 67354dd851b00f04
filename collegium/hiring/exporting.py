"""The applications of an opening, to be taken along as a table or as JSON. What may not be known is not in the file."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from collegium.applications import snapshot
from collegium.applications.models import Given
from collegium.audience.viewer import Viewer
from collegium.career.document import texts
from collegium.hiring import blind
from collegium.hiring.reading.asked import Asked, applications
from collegium.hiring.reading.ratings import means
from collegium.hiring.stages import Columns
from collegium.openings.models import Opening, Question

MOST = 20_000


def entries(viewer: Viewer, opening: Opening, columns: Columns, asked: Asked) -> Iterator[dict[str, Any]]:
    """Each application as plain values, the oldest first; an applicant without a name has a number."""
    rows = applications(viewer, opening, asked).filter(sent__isnull=False).annotate(column=columns.column())
    rows = rows.select_related("sent", "applicant").order_by("pk")[:MOST]
    found = list(rows)
    keys = [row.pk for row in found]
    numbers, rated = blind.ordinals(opening), means(viewer, keys)
    said: dict[int, list[Given]] = {}
    for given in Given.objects.filter(application__in=keys).order_by("place"):
        said.setdefault(given.application_id, []).append(given)
    for row in found:
        stage = columns.named(row.column)
        mean = rated.get(row.pk)
        yield {
            "number": row.pk,
            **_person(row, numbers.get(row.pk, 0), said.get(row.pk, [])),
            "stage": stage.name if stage else "",
            "standing": str(row.get_standing_display()),
            "sent_at": f"{row.sent_at:%Y-%m-%dT%H:%M:%SZ}",
            "rating": round(mean[0], 2) if mean else None,
        }


def _person(row: Any, number: int, said: list[Given]) -> dict[str, Any]:
    sent, named = row.sent, row.named
    veil = None if named else blind.Veil.of(sent, row.applicant.handle if row.applicant else "")
    document = snapshot.read(sent)
    document = veil.document(document) if veil else document
    shown = veil.text if veil else str
    items = [
        {"section": str(item.section), **{key: value for key, value in texts(item).items() if value}}
        for item in document.items
    ]
    return {
        "name": sent.name if named else blind.called(number),
        "email": sent.email if named else "",
        "phone": sent.phone if named else "",
        "headline": shown(sent.headline),
        "letter": shown(sent.letter),
        "place": document.header.place,
        "skills": document.skills,
        "career": items,
        "answers": [{"question": each.words, "answer": shown(each.answer), "passed": each.passed} for each in said],
    }


def lines(opening: Opening, found: Iterator[dict[str, Any]]) -> tuple[list[str], Iterator[list[str]]]:
    """Heads and lines of the table: a column for each question."""
    questions = list(Question.objects.filter(opening=opening).order_by("place").values_list("words", flat=True))
    heads = [_("Name"), _("Email"), _("Phone"), _("Headline"), _("Stage"), _("Stands"), _("Sent"), _("Rating")]
    return [*heads, *questions], (_line(each, questions) for each in found)


def _line(each: dict[str, Any], questions: list[str]) -> list[str]:
    said = {given["question"]: given["answer"] for given in each["answers"]}
    plain = [each[name] for name in ("name", "email", "phone", "headline", "stage", "standing", "sent_at", "rating")]
    return ["" if value is None else str(value) for value in plain] + [said.get(words, "") for words in questions]
