"""Where on a profile a word stands, what that is worth, and which field a query names it by."""

from enum import IntEnum

import numpy as np

from collegium.career.sections import Section


class Zone(IntEnum):
    """A part of a profile, as far as searching tells them apart."""

    NAME_BEGINS = 0
    NAME = 1
    HANDLE = 2
    HEADLINE = 3
    TITLE = 4
    COMPANY = 5
    PAST_TITLE = 6
    PAST_COMPANY = 7
    SCHOOL = 8
    STUDY = 9
    SKILL = 10
    PLACE = 11
    LANGUAGE = 12
    ABOUT = 13
    REST = 14


# The order of results: beginning of the name, name, headline, what she does now, what she did and can, the rest.
WORTH = np.array([0, 1, 1, 2, 3, 3, 4, 4, 4, 4, 4, 5, 5, 6, 6], np.uint8)
IN_NAME = 1
"""The worst worth of a word that stands in a name."""

_POSITION = (Zone.TITLE, Zone.PAST_TITLE)
_EMPLOYER = (Zone.COMPANY, Zone.PAST_COMPANY)
FIELDS: dict[str, tuple[Zone, ...]] = {
    "name": (Zone.NAME_BEGINS, Zone.NAME),
    "headline": (Zone.HEADLINE,),
    "title": _POSITION,
    "role": _POSITION,
    "company": _EMPLOYER,
    "school": (Zone.SCHOOL,),
    "study": (Zone.STUDY,),
    "skill": (Zone.SKILL,),
    "place": (Zone.PLACE,),
    "language": (Zone.LANGUAGE,),
    "about": (Zone.ABOUT,),
}
"""What stands before a colon in a query: `title:engineer`."""


def of_item(section: str, column: str, current: bool) -> Zone:
    """The zone of one column of an item.

    Args:
        section: where the item stands.
        column: `title`, `organization_name`, `place`, `detail` or `description`.
        current: whether it goes on.
    """
    if column == "title" and section == Section.POSITIONS:
        return Zone.TITLE if current else Zone.PAST_TITLE
    if column == "organization_name" and section == Section.POSITIONS:
        return Zone.COMPANY if current else Zone.PAST_COMPANY
    return _OTHERS.get((section, column), Zone.REST)


_OTHERS = {
    (Section.EDUCATION.value, "organization_name"): Zone.SCHOOL,
    (Section.EDUCATION.value, "title"): Zone.STUDY,
    (Section.EDUCATION.value, "detail"): Zone.STUDY,
    (Section.LANGUAGES.value, "title"): Zone.LANGUAGE,
}
