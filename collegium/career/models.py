"""What people say of their work: items of the sections, skills, ways to reach them, and who may read each part."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from collegium.audience import people
from collegium.audience.level import Level
from collegium.audience.rule import closeness
from collegium.career import partial
from collegium.career.sections import (
    DESCRIPTION_LIMIT,
    PLACE_LIMIT,
    SPECS,
    TITLE_LIMIT,
    URL_LIMIT,
    Part,
    Section,
    Spec,
)
from collegium.lib import ids
from collegium.members.models import Fold, Member
from collegium.organizations.models import Organization
from collegium.skills.models import Skill

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer

CONTACT_LIMIT, LABEL_LIMIT = 500, 60
LANGUAGE_LIMIT = 12
# Parts nobody has chosen an audience for are as open as the profile itself.
DEFAULT_LEVEL = Level.EVERYONE


def _form(field: str) -> Q:
    return Q(**{f"{field}__regex": partial.FORM})


class PartAudience(models.Model):
    """Who may read one part of a profile, where its owner has chosen; without a row, everyone who opens the profile."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="part_audiences", db_index=False)
    part = models.CharField(max_length=16, choices=Part)
    audience = models.SmallIntegerField(choices=Level)
    pk = models.CompositePrimaryKey("member_id", "part")

    def __str__(self) -> str:
        return f"{self.part}: {self.get_audience_display()}"


def level_of(part: Part | OuterRef, owner: str = "member_id") -> Coalesce:
    """The audience of a part as an expression.

    Args:
        part: which, or the column that says it, as an `OuterRef`.
        owner: the column of the row asked about that holds the member's key.
    """
    chosen = PartAudience.objects.filter(member_id=OuterRef(owner), part=part)
    return Coalesce(Subquery(chosen.values("audience")[:1]), Value(DEFAULT_LEVEL.value))


class OwnedQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Rows that belong to a part of somebody's profile."""

    def of(self, member: Member) -> Self:
        """All of one member's own, for herself and for what is said in her name; no viewer's eyes are asked."""
        return self.filter(member=member)

    def seen(self, viewer: "Viewer", level: object) -> Self:
        """Those whose owner's profile opens to the viewer, and whose level reaches her.

        Someone who has invited the viewer has shown his profile, hidden or not (`audience.people`).
        """
        open_profiles = people.visible_to(viewer).filter(pk=OuterRef("member_id"))
        rows = self.alias(near=closeness(viewer, "member"), level=level)
        return rows.filter(Q(near__gte=F("level")) & Q(models.Exists(open_profiles)))


class ItemQuerySet(OwnedQuerySet):
    """How items are asked for."""

    def kept(self) -> Self:
        """Those not taken away; one taken away can be put back for a day."""
        return self.filter(removed_at=None)

    def visible_to(self, viewer: "Viewer") -> Self:
        """Those in sections that are open to this viewer."""
        return self.kept().seen(viewer, level_of(OuterRef("section")))

    def current(self) -> Self:
        """Positions that go on."""
        return self.kept().filter(section=Section.POSITIONS, ended="")

    def in_order(self) -> Self:
        """As the owner arranged them."""
        return self.order_by("section", "rank", "-id")


class Item(models.Model):
    """One entry of a section: a position, a degree, a certificate. `sections.SPECS` says which columns it uses."""

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="career_items", db_index=False)
    section = models.CharField(max_length=16, choices=Section)
    rank = models.IntegerField(default=0, help_text="Its place in the section; the smallest stands on top.")
    title = models.CharField(max_length=TITLE_LIMIT, blank=True)
    organization = models.ForeignKey(
        Organization, models.SET_NULL, null=True, blank=True, related_name="items", db_index=False
    )
    organization_name = models.CharField(max_length=TITLE_LIMIT, blank=True, help_text="As its owner writes it.")
    place = models.CharField(max_length=PLACE_LIMIT, blank=True)
    detail = models.CharField(max_length=TITLE_LIMIT, blank=True, help_text="Field of study, cause, status.")
    kind = models.CharField(max_length=20, blank=True, help_text="Kind of work, level of a language.")
    number = models.CharField(max_length=TITLE_LIMIT, blank=True, help_text="Licence or course number, grade, score.")
    url = models.CharField(max_length=URL_LIMIT, blank=True)
    description = models.CharField(max_length=DESCRIPTION_LIMIT, blank=True)
    started = partial.PartialDateField()
    ended = partial.PartialDateField()
    removed_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(null=True, blank=True, help_text="Of the form that made it: twice sent is one item.")
    folded_organization = models.GeneratedField(
        expression=Fold("organization_name"), output_field=models.TextField(), db_persist=True
    )

    objects = ItemQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["member", "section", "rank"], name="career_item_of"),
            models.Index(
                fields=["organization", "section"], condition=Q(organization__isnull=False), name="career_item_at"
            ),
            models.Index(
                fields=["folded_organization", "section"], condition=~Q(organization_name=""), name="career_item_named"
            ),
            models.Index(
                fields=["id"], condition=Q(organization=None) & ~Q(organization_name=""), name="career_item_untied"
            ),
            models.Index(fields=["removed_at"], condition=Q(removed_at__isnull=False), name="career_item_removed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["member", "form_key"], name="career_item_once"),
            models.CheckConstraint(condition=_form("started"), name="career_item_started_form"),
            models.CheckConstraint(condition=_form("ended"), name="career_item_ended_form"),
            models.CheckConstraint(
                condition=~Q(title="") | ~Q(organization_name=""), name="career_item_says_something"
            ),
            models.CheckConstraint(condition=Q(section__in=Section.values), name="career_item_section"),
        ]

    def __str__(self) -> str:
        return self.title or self.organization_name

    @property
    def spec(self) -> Spec:
        """The section it stands in."""
        return SPECS[Section(self.section)]

    @property
    def current(self) -> bool:
        """Whether it goes on, as far as its owner says."""
        return self.spec.ongoing and not self.ended

    @property
    def span(self) -> str:
        """From when until when, for people."""
        return partial.span(self.started, self.ended, ongoing=self.spec.ongoing)


class Disowned(models.Model):
    """An organisation said that she does not work there, and it held: until then nothing of hers is tied to its record.

    What she writes stays hers; only the record stands no longer beside it.
    """

    pk = models.CompositePrimaryKey("member_id", "organization_id")
    member = models.ForeignKey(Member, models.CASCADE, related_name="disowned_by", db_index=False)
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="disowned")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.organization_id} is not {self.member_id}'s"


class ItemText(models.Model):
    """An item in another language of its owner; an empty column says the same as the item itself."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="texts", db_index=False)
    language = models.CharField(max_length=LANGUAGE_LIMIT, help_text="BCP 47 tag.")
    title = models.CharField(max_length=TITLE_LIMIT, blank=True)
    organization_name = models.CharField(max_length=TITLE_LIMIT, blank=True)
    place = models.CharField(max_length=PLACE_LIMIT, blank=True)
    detail = models.CharField(max_length=TITLE_LIMIT, blank=True)
    description = models.CharField(max_length=DESCRIPTION_LIMIT, blank=True)
    pk = models.CompositePrimaryKey("item_id", "language")

    def __str__(self) -> str:
        return f"{self.item_id} in {self.language}"


class ProfileText(models.Model):
    """The head of a profile in another language; an empty column says the same as the profile itself."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="profile_texts", db_index=False)
    language = models.CharField(max_length=LANGUAGE_LIMIT, help_text="BCP 47 tag.")
    name = models.CharField(max_length=100, blank=True)
    headline = models.CharField(max_length=220, blank=True)
    about = models.CharField(max_length=2600, blank=True)
    place = models.CharField(max_length=PLACE_LIMIT, blank=True)
    pk = models.CompositePrimaryKey("member_id", "language")

    def __str__(self) -> str:
        return f"{self.member_id} in {self.language}"


class HoldingQuerySet(OwnedQuerySet):
    """How the skills of people are asked for."""

    def kept(self) -> Self:
        """Those not taken off; one taken off can be put back for a day, with what was said of it."""
        return self.filter(removed_at=None)

    def visible_to(self, viewer: "Viewer") -> Self:
        """Those of people whose skills are open to this viewer."""
        return self.kept().seen(viewer, level_of(Part.SKILLS))

    def in_order(self) -> Self:
        """As the owner arranged them."""
        return self.order_by("rank", "id")


class Holding(models.Model):
    """A skill that somebody has, once, whatever the spelling."""

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="holdings", db_index=False)
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="holdings")
    rank = models.IntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["member", "rank"], name="career_holding_of"),
            models.Index(fields=["removed_at"], condition=Q(removed_at__isnull=False), name="career_holding_removed"),
        ]
        constraints = [models.UniqueConstraint(fields=["member", "skill"], name="career_holding_once")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.skill_id}"


class SkillUse(models.Model):
    """A skill shown with the item it was used in."""

    holding = models.ForeignKey(Holding, models.CASCADE, related_name="uses", db_index=False)
    item = models.ForeignKey(Item, models.CASCADE, related_name="uses")
    pk = models.CompositePrimaryKey("holding_id", "item_id")

    def __str__(self) -> str:
        return f"{self.holding_id} in {self.item_id}"


class ContactQuerySet(OwnedQuerySet):
    """How ways to reach people are asked for."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """Those whose own audience reaches this viewer."""
        return self.seen(viewer, F("audience"))

    def in_order(self) -> Self:
        """As the owner arranged them."""
        return self.order_by("rank", "id")


class Contact(models.Model):
    """A way to reach somebody, with an audience of its own."""

    class Kind(models.TextChoices):
        """What sort of way it is."""

        EMAIL = "email"
        PHONE = "phone"
        WEBSITE = "website"
        NETWORK = "network"
        MESSENGER = "messenger"
        ADDRESS = "address"
        BIRTHDAY = "birthday"

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="contacts", db_index=False)
    kind = models.CharField(max_length=12, choices=Kind)
    value = models.CharField(max_length=CONTACT_LIMIT)
    label = models.CharField(max_length=LABEL_LIMIT, blank=True, help_text="“Work”, or the name of the network.")
    audience = models.SmallIntegerField(choices=Level, default=Level.CONNECTIONS)
    rank = models.IntegerField(default=0)

    objects = ContactQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["member", "rank"], name="career_contact_of")]
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "value"], name="career_contact_once"),
            models.CheckConstraint(condition=~Q(value=""), name="career_contact_says_something"),
        ]

    def __str__(self) -> str:
        return self.value
