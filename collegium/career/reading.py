"""What one viewer sees of one career: four statements, however much there is, two more in a second language.

The rule of sight is asked once for the person (`HEAD`: is the profile open, how close is the viewer, which parts are
closed to her); the rows are then asked for by that answer instead of putting the question to each of them.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from collegium.audience import people
from collegium.audience.rule import closeness
from collegium.audience.viewer import NOBODY, Viewer, stand_in
from collegium.career.document import Document, Draft, Header, Reach
from collegium.career.models import Contact, Holding, Item, ItemText, PartAudience, ProfileText, SkillUse
from collegium.career.sections import Part, Section
from collegium.lib.statement import Slots, Statement
from collegium.members.models import Member


class Held(NamedTuple):
    """A skill of somebody's, as a page needs it: the key of the `Holding`, the skill's name, the items that show it."""

    pk: int
    name: str
    used_in: list[int]


@dataclass(frozen=True)
class Career:
    """A career as one viewer sees it, in one language; what is closed to her is not in it."""

    member: Member
    head: Header
    parts: frozenset[Part]
    all_items: list[Item] = field(default_factory=list)
    skills: list[Held] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    language: str = ""
    languages: tuple[str, ...] = ()

    @cached_property
    def _by_section(self) -> dict[str, list[Item]]:
        grouped = defaultdict(list)
        for item in self.all_items:
            grouped[item.section].append(item)
        return grouped

    def items(self, section: Section | str) -> list[Item]:
        """The items of one section, as their owner arranged them."""
        return self._by_section.get(str(section), [])

    @cached_property
    def used_in(self) -> dict[int, list[Held]]:
        """The skills shown with each item, by the item's key."""
        used: dict[int, list[Held]] = defaultdict(list)
        for holding in self.skills:
            for key in holding.used_in:
                used[key].append(holding)
        return used


def _head(eyes: Viewer, slot: Slots) -> QuerySet[Any]:
    chosen = PartAudience.objects.filter(member=OuterRef("pk"), audience__gt=OuterRef("nearness"))
    written = ProfileText.objects.filter(member=OuterRef("pk")).order_by("language")
    return (
        people.visible_to(eyes)
        .filter(pk=slot.int("member"))
        .annotate(nearness=closeness(eyes))
        .annotate(closed=ArraySubquery(chosen.values("part")), written=ArraySubquery(written.values("language")))
        .values_list("nearness", "closed", "written")
    )


def _held(slot: Slots) -> QuerySet[Any]:
    uses = SkillUse.objects.filter(holding=OuterRef("pk")).values("item_id")
    held = Holding.objects.kept().filter(member=slot.int("member")).annotate(used_in=ArraySubquery(uses))
    return held.in_order().values_list("pk", "skill__name", "used_in")


SIGNED_IN = Statement(lambda slot: _head(stand_in(slot.int("me")), slot))
SIGNED_OUT = Statement(lambda slot: _head(NOBODY, slot))
ITEMS = Statement(
    lambda slot: (
        Item.objects.kept()
        .filter(slot.among("section", "open"), member=slot.int("member"))
        .select_related("organization")
        .order_by("rank", "-id")
    )
)
SKILLS = Statement(_held)
CONTACTS = Statement(
    lambda slot: Contact.objects.filter(slot.at_most("audience", "near"), member=slot.int("member")).in_order()
)
NOTHING = Header()


def read(viewer: Viewer, member: Member, *, language: str | Callable[[tuple[str, ...]], str] = "") -> Career:
    """What the viewer sees of somebody's career.

    Args:
        viewer: who looks.
        member: whose career; her fields are taken as they are.
        language: the one wanted, of those the profile has, or what chooses among them (`Career.languages`); the
            profile's own without it.

    Returns:
        An empty career when the profile is not open to the viewer.
    """
    asked = SIGNED_IN.tuples(me=viewer.id, member=member.pk) if viewer else SIGNED_OUT.tuples(member=member.pk)
    if not asked:
        return Career(member, NOTHING, frozenset())
    near, closed, written = asked[0]
    parts = frozenset(Part) - {Part(part) for part in closed}
    languages = (member.language, *written)
    wanted = language if isinstance(language, str) else language(languages)
    chosen = wanted if wanted in written else member.language
    career = Career(
        member=member,
        head=_header(member, chosen, Part.ABOUT in parts),
        parts=parts,
        all_items=ITEMS.rows(member=member.pk, open=[str(section) for section in Section if Part(section) in parts]),
        skills=[Held(*row) for row in SKILLS.tuples(member=member.pk)] if Part.SKILLS in parts else [],
        contacts=CONTACTS.rows(member=member.pk, near=near),
        language=chosen,
        languages=languages,
    )
    if chosen != member.language:
        _translate(career.all_items, chosen)
    return career


def _header(member: Member, language: str, about: bool) -> Header:
    """The head of the profile, with what the language says of its own in its place."""
    said = ProfileText.objects.filter(member=member, language=language).first() if language != member.language else None
    said = said or ProfileText()
    return Header(
        name=said.name or member.name,
        pronouns=member.pronouns,
        pronunciation=member.pronunciation,
        headline=said.headline or member.headline,
        about=(said.about or member.about) if about else "",
        place=said.place or member.place,
    )


TRANSLATED = ("title", "organization_name", "place", "detail", "description")


def _translate(items: list[Item], language: str) -> None:
    """Put what the language says of its own in the place of what the items say; nothing is saved."""
    texts = ItemText.objects.filter(item__in=[item.pk for item in items], language=language)
    said = {text.item_id: text for text in texts}
    for item in items:
        if (text := said.get(item.pk)) is not None:
            for name in TRANSLATED:
                setattr(item, name, getattr(text, name) or getattr(item, name))


def document(career: Career) -> Document:
    """What the viewer sees, as one plain document."""
    return Document(
        header=career.head,
        items=[
            Draft(
                section=Section(item.section),
                title=item.title,
                organization_name=item.organization_name,
                place=item.place,
                detail=item.detail,
                kind=item.kind,
                number=item.number,
                url=item.url,
                description=item.description,
                started=item.started,
                ended=item.ended,
                skills=tuple(holding.name for holding in career.used_in.get(item.pk, [])),
            )
            for section in Section
            for item in career.items(section)
        ],
        skills=[holding.name for holding in career.skills],
        contacts=[Reach(contact.kind, contact.value, contact.label) for contact in career.contacts],
        language=career.language,
    )
