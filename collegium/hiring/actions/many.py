"""The same for many: each in a transaction of its own, each once, and whoever changed meanwhile is left as she is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Max

from collegium.applications.models import Application, Sent, Standing, Step
from collegium.hiring import replies
from collegium.hiring.actions import moving
from collegium.hiring.models import Stage
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.openings import rules
from collegium.openings.models import Opening

MOST = 200


class Act(StrEnum):
    """What is done with all of them."""

    MOVE = "move"
    ANSWER = "answer"
    DECLINE = "decline"


@dataclass(frozen=True)
class Chosen:
    """One application, and the newest step that was known when it was chosen."""

    key: int
    step: int


@dataclass(frozen=True)
class Outcome:
    """How many it was done with, and how many had changed meanwhile."""

    done: int
    left: int


def act(
    opening: Opening, chosen: Sequence[Chosen], what: Act, *, by: Member, stage: Stage | None = None, words: str = ""
) -> Outcome:
    """Do it with each.

    Sent twice, the second time finds everybody one step further and leaves them all: each is written to once. A move
    that tells an applicant nothing is no step; done twice it is the same.

    Args:
        opening: of all of them.
        chosen: at most `MOST`.
        what: is done.
        by: a recruiter or lead.
        stage: where to move.
        words: with `{name}`, `{title}`, `{organization}` to be filled in for each.
    """
    require(rules.may_change(by, opening) and len(chosen) <= MOST and (what != Act.MOVE or stage is not None))
    require(what != Act.ANSWER or bool(words.strip()))
    names = dict(Sent.objects.filter(application__in=[each.key for each in chosen]).values_list("application", "name"))
    rows = Application.objects.filter(opening=opening, pk__in=names).exclude(applicant=by).in_bulk()
    done = 0
    for each in chosen:
        if (row := rows.get(each.key)) is not None:
            said = replies.filled(words, name=names[each.key], opening=opening)
            done += _one(row, what, by=by, stage=stage, words=said, since=each.step)
    return Outcome(done, len(chosen) - done)


def _one(row: Application, what: Act, *, by: Member, stage: Stage | None, words: str, since: int) -> bool:
    try:
        if what == Act.ANSWER:
            moving.answer(row, words, by=by, since=since)
        elif what == Act.DECLINE:
            moving.end(row, Standing.DECLINED, by=by, words=words, since=since)
        elif stage is not None:
            moving.move(row, stage, by=by, words=words, since=since)
    except Conflict:
        return False
    return True


def newest(keys: Sequence[int]) -> dict[int, int]:
    """The key of the last step of each, as it is known when they are chosen."""
    rows = Step.objects.filter(application__in=list(keys)).order_by().values_list("application")
    return dict(rows.annotate(last=Max("pk")))
