"""What somebody wants in a CV, read from an address. What makes no sense there is as if it had not been said."""

from dataclasses import dataclass
from typing import Literal

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from collegium.career.sections import Text
from collegium.resumes.pdf import Paper, Template
from collegium.resumes.printed import ORDER

TEMPLATES: tuple[tuple[Template, Text, Text], ...] = (
    ("letter", _("Letter"), _("One column, in the serif.")),
    ("ledger", _("Ledger"), _("Dates in the margin, a sans.")),
)
PAPERS: tuple[tuple[Paper, Text], ...] = (("a4", _("A4")), ("us-letter", _("US Letter")))


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of parts and looks. `parts` is None where none was made: then it is everything."""

    parts: tuple[str, ...] | None
    template: Template
    paper: Paper
    language: str
    eyes: Literal["", "public", "member"]


def choice(asked: QueryDict) -> Choice:
    """The choice in a query. `ticked` says that parts were chosen, even if none was."""
    wanted = set(asked.getlist("part"))
    template, paper, eyes = (asked.get(name, "") for name in ("template", "paper", "as"))
    return Choice(
        parts=tuple(part for part in map(str, ORDER) if part in wanted) if wanted or "ticked" in asked else None,
        template="ledger" if template == "ledger" else "letter",
        paper="us-letter" if paper == "us-letter" else "a4",
        language=asked.get("lang", "")[:12],
        eyes="public" if eyes == "public" else "member" if eyes == "member" else "",
    )
