"""What the profiles of a page of people say to one viewer: four statements, however many they are.

As in `career.reading`, the rule of sight is asked once for each person (may she be found, how near is she, which parts
is that not near enough for), and the rows are then asked for by that answer.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from collegium.audience import people as sight
from collegium.audience.rule import closeness
from collegium.audience.viewer import Viewer, stand_in
from collegium.career import partial
from collegium.career.models import Holding, Item, PartAudience
from collegium.career.sections import SPECS, Part, Section
from collegium.lib.statement import Slots, Statement
from collegium.members.models import Member


@dataclass(frozen=True, slots=True)
class Row:
    """A person the viewer may find, how near she is, and which parts of her profile that is not near enough for."""

    member: Member
    near: int
    closed: frozenset[str]

    def opens(self, part: str) -> bool:
        """Whether the viewer may read a part of the profile."""
        return part not in self.closed


def _people(slot: Slots) -> QuerySet[Member]:
    eyes = stand_in(slot.int("me"))
    chosen = PartAudience.objects.filter(member=OuterRef("pk")).values(pair=JSONObject(p="part", a="audience"))
    rows = sight.findable_by(eyes).filter(slot.among("id", "keys"))
    return rows.annotate(nearness=closeness(eyes), parts=ArraySubquery(chosen))


FINDABLE = Statement(_people)
FACES = Statement(lambda slot: sight.findable_by(stand_in(slot.int("me"))).filter(slot.among("id", "keys")))
COLUMNS = ("member_id", "section", "title", "organization_name", "detail", "place", "description", "started", "ended")


def _items(slot: Slots) -> QuerySet[Any]:
    rows = Item.objects.kept().filter(slot.among("member_id", "keys"))
    return rows.order_by("member_id", "section", "rank", "-id").values_list(*COLUMNS)


def _skills(slot: Slots) -> QuerySet[Any]:
    rows = Holding.objects.kept().filter(slot.among("member_id", "keys"))
    return rows.order_by("member_id", "rank", "id").values_list("member_id", "skill__name")


ITEMS, SKILLS = Statement(_items), Statement(_skills)


def faces(viewer: Viewer, keys: Sequence[int]) -> dict[int, Member]:
    """These people, as far as the rule itself lets the viewer find them; nothing of what their parts are open to."""
    found: list[Member] = FACES.rows(me=viewer.id, keys=list(keys)) if keys else []
    return {member.pk: member for member in found}


def rows(viewer: Viewer, keys: Sequence[int]) -> dict[int, Row]:
    """These people, judged once more by the rule itself."""
    found = FINDABLE.rows(me=viewer.id, keys=list(keys)) if keys else []
    return {
        member.pk: Row(
            member,
            member.nearness,  # type: ignore[attr-defined]
            frozenset(each["p"] for each in member.parts if each["a"] > member.nearness),  # type: ignore[attr-defined]
        )
        for member in found
    }


@dataclass(slots=True)
class Told:
    """What one person's profile says to the viewer: (part, text) of everything, in the order of a page."""

    roles: list[str] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)


def told(found: Mapping[int, Row]) -> dict[int, Told]:
    """What the profiles say, part by part, where the part opens to the viewer."""
    said: dict[int, Told] = defaultdict(Told)
    # In the reader's language, and once: most of a page's parts are of the same few kinds.
    labels = {section.value: str(SPECS[section].one) for section in Section}
    skills, about = str(Part.SKILLS.label), str(Part.ABOUT.label)
    for key, section, *columns in ITEMS.tuples(keys=list(found)):
        if found[key].opens(section):
            _tell_item(said[key], section, labels[section], *columns)
    for key, skill in SKILLS.tuples(keys=list(found)):
        if found[key].opens(Part.SKILLS):
            said[key].texts.append((skills, skill))
    for key, row in found.items():
        if row.member.about and row.opens(Part.ABOUT):
            said[key].texts.append((about, row.member.about))
    return said


def _tell_item(said: Told, section: str, label: str, *columns: str) -> None:
    title, organization, detail, place, description, started, ended = columns
    line = " · ".join(part for part in (title, organization, detail) if part)
    span = ""
    if section == Section.POSITIONS.value:
        span = partial.span(started, ended, ongoing=True)
        if not ended:
            said.roles.append(line)
    said.texts.append((label, f"{line} · {span}" if span else line))
    said.texts += [(label, text) for text in (place, description) if text]
