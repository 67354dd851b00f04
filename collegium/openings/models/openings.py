"""Openings: work that is offered, by an organisation, for a stated pay, until a stated day."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from collegium.gazetteer.models import Place
from collegium.lib import clock, ids
from collegium.members.models import Fold, Member
from collegium.openings import sight
from collegium.organizations.models import Organization
from collegium.skills.models import Skill

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer

TITLE_LIMIT, PLACE_LIMIT, TEXT_LIMIT, HTML_LIMIT, MACHINE_LIMIT = 120, 120, 20_000, 100_000, 600
MOST_SKILLS, MOST_COUNTRIES = 30, 60
# How long one may stand, and how long without anybody looking at an application.
LONGEST, STALE_AFTER = timedelta(days=60), timedelta(days=21)
KEPT_DAYS_LEAST, KEPT_DAYS_MOST, DAYS_LEAST = 30, 730, 7


class Way(models.TextChoices):
    """Where the work is done; the words of `openness.Way`."""

    SITE = "on-site", _("On site")
    HYBRID = "hybrid", _("Hybrid")
    REMOTE = "remote", _("Remote")


class Kind(models.TextChoices):
    """What sort of work; the words of `openness.Kind`, and those that organisations offer besides."""

    FULL = "full-time", _("Full time")
    PART = "part-time", _("Part time")
    CONTRACT = "contract", _("Fixed term")
    FREELANCE = "freelance", _("Freelance")
    INTERNSHIP = "internship", _("Internship")
    APPRENTICESHIP = "apprenticeship", _("Apprenticeship")
    VOLUNTARY = "voluntary", _("Voluntary")


class Seniority(models.IntegerChoices):
    """How much is expected; in order."""

    ENTRY = 1, _("Beginner")
    JUNIOR = 2, _("Some experience")
    MIDDLE = 3, _("Experienced")
    SENIOR = 4, _("Senior")
    LEAD = 5, _("Lead")
    HEAD = 6, _("Head or director")


class Period(models.TextChoices):
    """What the pay is for."""

    HOUR = "hour", _("an hour")
    DAY = "day", _("a day")
    MONTH = "month", _("a month")
    YEAR = "year", _("a year")
    WHOLE = "whole", _("in all")


# So many of each make a year: 52 weeks of 40 hours, of five days. What is paid once in all is not made a year's.
A_YEAR = {Period.HOUR: 2080, Period.DAY: 260, Period.MONTH: 12, Period.YEAR: 1, Period.WHOLE: 1}


class State(models.IntegerChoices):
    """How it stands. What is live may be over all the same: the hour decides, not the sweep."""

    DRAFT = 0
    LIVE = 1
    CLOSED = 2


class Ended(models.TextChoices):
    """Why it closed; `""` while it has not."""

    FILLED = "filled", _("Somebody was hired")
    CALLED_OFF = "called-off", _("Nobody is looked for any more")
    EXPIRED = "expired", _("Its day came")
    STALE = "stale", _("Nobody looked at applications for three weeks")
    LEFT = "left", _("Nobody is left who hires for it")
    REMOVED = "removed", _("Those who run this network closed it")


class OpeningQuerySet(models.QuerySet["Opening"]):
    """How openings are asked for."""

    def standing(self) -> Self:
        """Posted, and neither closed nor over nor forgotten: what anybody may apply to, at the database's moment.

        Whether the sweep has come by makes no difference.
        """
        return self.filter(state=State.LIVE, expires_at__gt=Now(), reviewed_at__gt=Now() - STALE_AFTER)

    def visible_to(self, viewer: "Viewer") -> Self:
        """Those this viewer may read: what stands and reaches her, and what she hires for."""
        reached = Q(state=State.LIVE, expires_at__gt=Now(), reviewed_at__gt=Now() - STALE_AFTER) & Q(
            sight.Reaches(viewer)
        )
        return self.filter(reached | Q(sight.InTeam(viewer)) if viewer else reached)

    def once_visible_to(self, viewer: "Viewer") -> Self:
        """Those that were posted and would reach this viewer if they still stood: they are gone (410), not unknown."""
        return self.exclude(state=State.DRAFT).filter(Q(sight.Reaches(viewer)))

    def hired_for_by(self, viewer: "Viewer", *, least: int = 0) -> Self:
        """Those in whose team the viewer is, with this part or a higher one (`seats.Part`)."""
        return self.filter(Q(sight.InTeam(viewer, least=least)))

    def with_faces(self) -> Self:
        """The organisation, who posted it, and the town, in the same query."""
        return self.select_related("organization", "poster", "town")


class Opening(models.Model):
    """One opening. `posted_at` is set once: nothing brings it to the top again."""

    id = ids.IdField()
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="openings", db_index=False)
    poster = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="openings")
    state = models.SmallIntegerField(choices=State, default=State.DRAFT)
    title = models.CharField(max_length=TITLE_LIMIT, blank=True, help_text="A draft may be without one.")
    text = models.CharField(max_length=TEXT_LIMIT, blank=True, help_text="Markdown, as it was typed.")
    html = models.CharField(max_length=HTML_LIMIT, blank=True, help_text="Of the text, cleaned.")
    way = models.CharField(max_length=8, choices=Way, default=Way.SITE)
    place = models.CharField(max_length=PLACE_LIMIT, blank=True, help_text="As it was written.")
    town = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    country = models.CharField(max_length=2, blank=True, help_text="Where the work is done; empty where it is remote.")
    region = models.CharField(max_length=20, blank=True, help_text="As in `gazetteer`; some rules are a province's.")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    countries = ArrayField(
        models.CharField(max_length=2), default=list, blank=True, help_text="Remote from where; empty is from anywhere."
    )
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.FULL)
    seniority = models.SmallIntegerField(choices=Seniority, default=Seniority.MIDDLE)
    pay_low = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    pay_high = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True, help_text="ISO 4217.")
    period = models.CharField(max_length=5, choices=Period, default=Period.YEAR)
    yearly_euros = models.PositiveIntegerField(
        null=True, blank=True, help_text="The top of the range as euros a year, for comparing alone."
    )
    vacancy = models.BooleanField(null=True, help_text="The post is free now; not a pool for later.")
    machine = models.BooleanField(null=True, help_text="A machine screens, sorts or chooses applicants.")
    machine_words = models.CharField(max_length=MACHINE_LIMIT, blank=True, help_text="What it does, where one does.")
    members_only = models.BooleanField(default=False, help_text="Only members read it; hidden from some means so too.")
    blind = models.BooleanField(default=False, help_text="Names and pictures are hidden while applications are sifted.")
    kept_days = models.PositiveSmallIntegerField(
        default=180, help_text="So long after the end of an application its data is kept."
    )
    days = models.PositiveSmallIntegerField(
        default=60, db_default=60, help_text="So long it stands once it is posted, by the wish of who posts it."
    )
    form_key = models.UUIDField(null=True, blank=True, help_text="Of the form it came from: sent twice, made once.")
    posted_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(
        null=True, blank=True, help_text="When somebody last looked at an application; at first when it was posted."
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    ended = models.CharField(max_length=10, choices=Ended, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    skills = models.ManyToManyField(Skill, through="openings.OpeningSkill", related_name="+")
    folded_title = models.GeneratedField(expression=Fold("title"), output_field=models.TextField(), db_persist=True)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["organization", "-posted_at"], name="openings_of"),
            models.Index(fields=["-posted_at", "-id"], condition=Q(state=State.LIVE.value), name="openings_newest"),
            models.Index(
                fields=["folded_title", "-posted_at"],
                condition=Q(yearly_euros__isnull=False),
                name="openings_of_title",
            ),
            models.Index(fields=["expires_at"], condition=Q(state=State.LIVE.value), name="openings_expiring"),
            models.Index(fields=["reviewed_at"], condition=Q(state=State.LIVE.value), name="openings_forgotten"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["poster", "form_key"], name="openings_form_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="openings_state"),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="openings_way"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="openings_kind"),
            models.CheckConstraint(condition=Q(seniority__in=Seniority.values), name="openings_seniority"),
            models.CheckConstraint(condition=Q(period__in=Period.values), name="openings_period"),
            models.CheckConstraint(condition=Q(countries__len__lte=MOST_COUNTRIES), name="openings_countries"),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT)
                | (
                    ~Q(title="")
                    & Q(
                        posted_at__isnull=False,
                        expires_at__isnull=False,
                        reviewed_at__isnull=False,
                        pay_low__gt=0,
                        pay_high__gte=F("pay_low"),
                        currency__regex=r"^[A-Z]{3}$",
                        vacancy__isnull=False,
                        machine__isnull=False,
                    )
                ),
                name="openings_posted_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(posted_at=None) | Q(expires_at__lte=F("posted_at") + LONGEST), name="openings_not_for_ever"
            ),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED, closed_at__isnull=False) & ~Q(ended="")
                | (~Q(state=State.CLOSED) & Q(closed_at=None, ended="")),
                name="openings_closed_says_why",
            ),
            models.CheckConstraint(
                condition=Q(kept_days__gte=KEPT_DAYS_LEAST, kept_days__lte=KEPT_DAYS_MOST), name="openings_kept_days"
            ),
            models.CheckConstraint(condition=Q(days__gte=DAYS_LEAST, days__lte=LONGEST.days), name="openings_days"),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT) | ~Q(machine=True) | ~Q(machine_words=""),
                name="openings_machine_is_told",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return self.path

    @property
    def path(self) -> str:
        """Where its page is."""
        return f"/jobs/{self.pk}/"

    @property
    def stands(self) -> bool:
        """Whether one may apply now; as `OpeningQuerySet.standing` says it."""
        now = clock.now()
        return self.state == State.LIVE and self._until > now

    @property
    def _until(self) -> datetime:
        if self.expires_at is None or self.reviewed_at is None:
            return datetime.min.replace(tzinfo=clock.now().tzinfo)
        return min(self.expires_at, self.reviewed_at + STALE_AFTER)


class OpeningSkill(models.Model):
    """A skill that is needed, or that would be nice."""

    pk = models.CompositePrimaryKey("opening", "skill")
    opening = models.ForeignKey(Opening, models.CASCADE, related_name="opening_skills", db_index=False)
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="+")
    required = models.BooleanField()
    place = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.skill_id} for {self.opening_id}"
