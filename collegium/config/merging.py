"""Who moves what when two records of organisations become one; a test holds that every column has its party."""

from collegium.career.merging import PARTIES as CAREER
from collegium.feed.pages.merging import PARTIES as FEED
from collegium.openings.merging import PARTIES as OPENINGS
from collegium.organizations.merging import Party, redirect_rows, take_over
from collegium.pages.figures.merging import PARTIES as FIGURES
from collegium.pages.merging import PARTIES as PAGES
from collegium.workplaces.records import PARTY as WORKPLACES

# Columns that stand in no unique key and that nobody counts.
PLAIN = (
    "openness.Exclusion.organization",
    "vouching.Confirmation.organization",
    "occasions.Occasion.organization",
    "applications.Application.organization",
)

PARTIES = [
    *CAREER,
    WORKPLACES,
    *(Party("", (field,), redirect_rows(field)) for field in PLAIN),
    *PAGES,
    *FIGURES,
    *FEED,
    *OPENINGS,
    Party("", ("hiring.Reply.organization",), take_over("hiring_reply", ["name"])),
]
