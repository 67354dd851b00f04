"""Open to work: what somebody looks for, who may know, and who never learns of it."""

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Expression, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from collegium.audience.level import Level
from collegium.audience.rule import MEMBER, SELF
from collegium.career import partial
from collegium.career.models import OwnedQuerySet
from collegium.career.sections import PLACE_LIMIT, TITLE_LIMIT
from collegium.lib import clock, ids
from collegium.members.models import Fold, Member
from collegium.openness.rule import Excluded, Recruits
from collegium.organizations.models import Organization
from collegium.workplaces.models import DOMAIN_LIMIT

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer

ASK_AFTER = timedelta(days=60)
LASTS = timedelta(days=90)
UNDO_WITHIN = timedelta(days=1)
LINE_LIMIT, NOTE_LIMIT, MOST_LINES = 100, 300, 5
MOST_EXCLUSIONS = 200


class Audience(models.IntegerChoices):
    """Who may know; but for recruiters, the numbers are those of `audience.level`."""

    EVERYONE = Level.EVERYONE.value, _("Everyone")
    MEMBERS = Level.MEMBERS.value, _("Members")
    RECRUITERS = 9, _("Recruiters")
    NETWORK = Level.NETWORK.value, _("My network")
    CONNECTIONS = Level.CONNECTIONS.value, _("Connections")
    HIDDEN = Level.ONLY_ME.value, _("Only me")


class Way(models.TextChoices):
    """Where the work is done."""

    SITE = "on-site", _("On site")
    HYBRID = "hybrid", _("Hybrid")
    REMOTE = "remote", _("Remote")


class Kind(models.TextChoices):
    """What sort of work; the words of `career.sections.EMPLOYMENT`."""

    FULL = "full-time", _("Full time")
    PART = "part-time", _("Part time")
    FREELANCE = "freelance", _("Freelance")
    CONTRACT = "contract", _("Fixed term")
    INTERNSHIP = "internship", _("Internship")
    APPRENTICESHIP = "apprenticeship", _("Apprenticeship")


class OpenToWorkQuerySet(OwnedQuerySet):
    """How it is asked who looks for work."""

    def living(self, now: Expression | None = None) -> Self:
        """Not ended, and answered for in the last ninety days; at this moment, or the one given."""
        return self.filter(ended_at=None, until__gt=clock.now() if now is None else now)

    def visible_to(self, viewer: "Viewer", now: Expression | None = None) -> Self:
        """Those this viewer may know of: the audience reaches her, and its owner does not leave her out."""
        return self.reaching(viewer, now).exclude(Excluded(viewer.id, F("member_id"), now))

    def reaching(self, viewer: "Viewer", now: Expression | None = None) -> Self:
        """Those whose audience reaches this viewer, left out or not: `audience <= closeness`.

        Recruiters are members who say so and hold a proof (`rule.Recruits`); to them it opens as to any member.
        """
        for_recruiters = Case(When(Recruits(viewer.id, now=now), then=Value(MEMBER)), default=Value(SELF))
        level = Case(
            When(audience=Audience.RECRUITERS, then=for_recruiters),
            default=F("audience"),
            output_field=models.SmallIntegerField(),
        )
        return self.living(now).seen(viewer, level)


class OpenToWork(models.Model):
    """What one member looks for. The row stays when it ends, with its wishes, for the next time."""

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="openness")
    audience = models.SmallIntegerField(choices=Audience, default=Audience.RECRUITERS)
    roles = ArrayField(models.CharField(max_length=LINE_LIMIT), default=list, blank=True)
    places = ArrayField(models.CharField(max_length=PLACE_LIMIT), default=list, blank=True)
    ways = ArrayField(models.CharField(max_length=12, choices=Way), default=list, blank=True)
    kinds = ArrayField(models.CharField(max_length=16, choices=Kind), default=list, blank=True)
    starts = partial.PartialDateField()
    note = models.CharField(max_length=NOTE_LIMIT, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(help_text="Ends then by itself; ninety days after its owner last said that it is so.")
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When she was asked whether it is still so.")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OpenToWorkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["until"], condition=Q(ended_at=None), name="openness_until")]
        constraints = [
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="openness_audience"),
            models.CheckConstraint(condition=Q(roles__len__lte=MOST_LINES), name="openness_roles"),
            models.CheckConstraint(condition=Q(places__len__lte=MOST_LINES), name="openness_places"),
            models.CheckConstraint(condition=Q(ways__contained_by=Way.values), name="openness_ways"),
            models.CheckConstraint(condition=Q(kinds__contained_by=Kind.values), name="openness_kinds"),
            models.CheckConstraint(condition=Q(starts__regex=partial.FORM), name="openness_starts_form"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} is open to work"

    @property
    def is_living(self) -> bool:
        """Not ended, and answered for in the last ninety days."""
        return self.ended_at is None and self.until > clock.now()

    @property
    def starts_words(self) -> str:
        """From when, for people."""
        return partial.words(self.starts)

    @property
    def way_words(self) -> list[str]:
        """Where, for people."""
        return [str(way.label) for way in Way if way in self.ways]

    @property
    def kind_words(self) -> list[str]:
        """What sort of work, for people."""
        return [str(kind.label) for kind in Kind if kind in self.kinds]


class Exclusion(models.Model):
    """A person, an organisation or an e-mail domain that never learns of it."""

    class What(models.TextChoices):
        PERSON = "person"
        ORGANIZATION = "organization"
        DOMAIN = "domain"

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="exclusions", db_index=False)
    what = models.CharField(max_length=12, choices=What)
    person = models.ForeignKey(Member, models.CASCADE, null=True, blank=True, related_name="+")
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=TITLE_LIMIT, blank=True, help_text="Of the organisation, as it was written.")
    domain = models.CharField(
        max_length=DOMAIN_LIMIT, blank=True, help_text="In ASCII; of an organisation, that of its website."
    )
    native_domain = models.CharField(max_length=DOMAIN_LIMIT, blank=True, help_text="The same in its own letters.")
    folded_name = models.GeneratedField(expression=Fold("name"), output_field=models.TextField(), db_persist=True)

    class Meta:
        indexes = [models.Index(fields=["member", "id"], name="openness_exclusion_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "what", "person", "folded_name", "domain"],
                nulls_distinct=False,
                name="openness_exclusion_once",
            ),
            models.CheckConstraint(
                condition=Q(what="person", person__isnull=False, organization=None, name="", domain="")
                | (Q(what="organization", person=None) & ~Q(name=""))
                | (Q(what="domain", person=None, organization=None, name="") & ~Q(domain="")),
                name="openness_exclusion_is_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} leaves out {self.what}"


class Recruiter(models.Model):
    """Somebody says "I hire people". Believed only while a proved workplace stands (`rule.Recruits`)."""

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="recruiter")
    since = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.member_id} hires"
