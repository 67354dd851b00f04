"""What is being written for an opening, kept while it is typed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from collegium.applications import rules
from collegium.applications.models import Begun
from collegium.applications.models.sent import LETTER_LIMIT
from collegium.audience.viewer import Viewer
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import require
from collegium.members.models import Member
from collegium.openings.models import Opening

# Agreement is given when it is sent, and a file goes with the form alone.
LEFT_OUT = frozenset({"csrfmiddlewaretoken", "say", "quiet", "consent", "anyway", "days", "upload", "form_key"})
MOST_FIELDS, MOST_VALUES = 40, 30


@transaction.atomic
def keep(opening: Opening, fields: Mapping[str, Sequence[str]], *, by: Member) -> Begun:
    """Keep what stands in the form; nothing is judged, so that what is half typed is kept too.

    Args:
        opening: for which it is written.
        fields: by name, every value.
        by: who writes.
    """
    require(rules.may_apply(by, opening))
    kept = {
        name[:40]: [value[:LETTER_LIMIT] for value in values[:MOST_VALUES]]
        for name, values in list(fields.items())[:MOST_FIELDS]
        if name not in LEFT_OUT and not name.endswith("-file")
    }
    row, fresh = Begun.objects.update_or_create(
        member=by, opening=opening, defaults={"fields": _without_nul(kept), "at": clock.now()}
    )
    if fresh:
        record("applications.begun", actor=by, subject=opening)
    return row


def _without_nul(kept: dict[str, list[str]]) -> dict[str, list[str]]:
    """The database keeps no text with a NUL, nor with half a surrogate pair."""

    def clean(text: str) -> str:
        return text.replace("\0", "").encode("utf-8", "ignore").decode()

    return {clean(name): [clean(value) for value in values] for name, values in kept.items()}


def of(opening: Opening, member: Member) -> dict[str, Any]:
    """What was kept, as a form takes it for its beginning; empty where there is nothing."""
    row = Begun.objects.filter(opening=opening, member=member).first()
    if row is None:
        return {}
    found: dict[str, Any] = {name: values[0] if values else "" for name, values in row.fields.items()}
    found["parts"] = row.fields.get("parts", [])
    found["photo"] = bool(row.fields.get("photo"))
    return found


def drop(opening: Opening, member: Member) -> None:
    """Forget it: it was sent, or she wants it gone."""
    Begun.objects.filter(opening=opening, member=member).delete()


def mine(viewer: Viewer) -> QuerySet[Begun]:
    """What she is writing, for openings that she still reads; the newest first."""
    seen = Opening.objects.visible_to(viewer).standing()
    rows = Begun.objects.filter(member=viewer.me, opening__in=seen).select_related("opening__organization")
    return rows.order_by("-at", "-pk")
