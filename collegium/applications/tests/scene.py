"""What tests of applications stand on: somebody applies."""

from collegium.applications import actions, consenting, snapshot
from collegium.applications.models import Application, Cv
from collegium.media import keeping
from collegium.members.models import Member
from collegium.openings.models import Opening, Question

ALL = snapshot.PARTS


def application(opening: Opening, by: Member, **changes: object) -> Application:
    """Apply with everything of the profile; `changes` are arguments of `send`."""
    given: dict[str, object] = {
        "snapshot": snapshot.of(by, ALL),
        "consent": consenting.of(opening),
        "letter": "I would like to do this.",
    }
    return actions.send(opening, by=by, **(given | changes))  # type: ignore[arg-type]


def question(opening: Opening, words: str = "Do you speak Dutch?", **values: object) -> Question:
    """A question that must be answered with yes."""
    given: dict[str, object] = {"answer": "yes-no", "must": True, "passing": ["yes"]}
    place = Question.objects.filter(opening=opening).count()
    return Question.objects.create(opening=opening, words=words, place=place, **(given | values))


def cv(member: Member, name: str = "CV.pdf", body: bytes = b"%PDF-1.7 of hers") -> Cv:
    """A stored CV."""
    kept = keeping.keep(body, ".bin")
    return Cv.objects.create(member=member, name=name, stored=kept, content_type="application/pdf", size=len(body))
