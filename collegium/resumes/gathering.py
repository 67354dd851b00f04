"""What goes into a CV: the career as one viewer sees it, with the recommendations she may read."""

from collegium.audience.viewer import Viewer
from collegium.career import reading
from collegium.career.document import Document, Reference
from collegium.career.reading import Career
from collegium.career.sections import Part
from collegium.members.models import Member
from collegium.vouching import phrases
from collegium.vouching.models import ForeignRecommendation, Recommendation

MOST_REFERENCES = 50


def gathered(viewer: Viewer, member: Member, language: str = "") -> tuple[Career, Document]:
    """Everything of somebody's career that this viewer sees.

    Args:
        viewer: for whom the CV is made.
        member: whose it is.
        language: which of the profile's, its own by default.
    """
    career = reading.read(viewer, member, language=language)
    document = reading.document(career)
    if Part.RECOMMENDATIONS in career.parts:
        document.references = _references(viewer, member)
    return career, document


def _references(viewer: Viewer, member: Member) -> list[Reference]:
    """The newest first; those brought from elsewhere stand last, as on the page."""
    here = Recommendation.objects.on_profile(viewer).filter(recipient=member).select_related("author").order_by("-pk")
    there = ForeignRecommendation.objects.on_profile(viewer).filter(member=member).order_by("-said", "-pk")
    found = [
        Reference(
            name=row.author.name,
            text=row.body,
            relation=phrases.told(row.relationship, row.author.name, member.name),
            headline=row.author.headline,
            written=f"{row.created_at:%Y-%m-%d}",
        )
        for row in here[:MOST_REFERENCES]
    ]
    found += [
        Reference(row.name, row.text, headline=", ".join(filter(None, (row.title, row.company))), written=row.said)
        for row in there[:MOST_REFERENCES]
    ]
    return found[:MOST_REFERENCES]
