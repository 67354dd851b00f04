"""The record of a company, a school or another body: what careers point at."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from collegium.lib import ids
from collegium.media.carriers import address
from collegium.members.models import Fold

NAME_LIMIT, INDUSTRY_LIMIT = 200, 100
MOST_PLACES = 20


class Organization(models.Model):
    """A body people work for, learn at or belong to. Its record is public."""

    class Kind(models.TextChoices):
        """What it is; the words of the community bundle."""

        COMPANY = "company", _("Company")
        SCHOOL = "school", _("School or university")
        NONPROFIT = "nonprofit", _("Non-profit")
        GOVERNMENT = "government", _("Public body")
        OTHER = "other", _("Organisation")

    class Size(models.TextChoices):
        """How many work there."""

        ONE = "1", _("1 person")
        TEN = "2-10", _("2–10 people")
        FIFTY = "11-50", _("11–50 people")
        TWO_HUNDRED = "51-200", _("51–200 people")
        FIVE_HUNDRED = "201-500", _("201–500 people")
        THOUSAND = "501-1000", _("501–1,000 people")
        FIVE_THOUSAND = "1001-5000", _("1,001–5,000 people")
        TEN_THOUSAND = "5001-10000", _("5,001–10,000 people")
        MORE = "10001+", _("More than 10,000 people")

    id = ids.IdField()
    handle = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=NAME_LIMIT)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.OTHER)
    website = models.CharField(max_length=500, blank=True)
    place = models.CharField(max_length=100, blank=True)
    about = models.CharField(max_length=2600, blank=True)
    industry = models.CharField(max_length=INDUSTRY_LIMIT, blank=True, db_default="", help_text="See `industries`.")
    size = models.CharField(max_length=10, choices=Size, blank=True, db_default="")
    founded = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The year.")
    places = models.JSONField(
        default=list,
        db_default=models.Value([], models.JSONField()),
        blank=True,
        help_text="Where else it is: at most MOST_PLACES names.",
    )
    photo = models.CharField(max_length=64, blank=True, db_default="", help_text="Key of its stored logo (see media).")
    cover = models.CharField(max_length=64, blank=True, db_default="", help_text="As above.")
    follower_count = models.PositiveIntegerField(default=0, db_default=0, help_text="Rows of `pages.Follow`.")
    page_since = models.DateTimeField(
        null=True, blank=True, help_text="It is a page since somebody proved its domain (room `pages`)."
    )
    merged_into = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="merged", help_text="Another record stands for it."
    )
    folded_name = models.GeneratedField(expression=Fold("name"), output_field=models.TextField(), db_persist=True)

    class Meta:
        indexes = [
            models.Index(fields=["folded_name"], name="organizations_name", opclasses=["text_pattern_ops"]),
            GinIndex(fields=["folded_name"], name="organizations_trigram", opclasses=["gin_trgm_ops"]),
            models.Index(
                fields=["-follower_count", "-id"],
                condition=models.Q(merged_into=None),
                name="organizations_by_followers",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="organizations_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(handle__regex=r"^[a-z0-9][a-z0-9-]*$"), name="organizations_handle_form"
            ),
            models.CheckConstraint(
                condition=models.Q(website="") | models.Q(website__regex=r"^https?://"),
                name="organizations_website_form",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | ~models.Q(merged_into=models.F("id")),
                name="organizations_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | models.Q(page_since=None), name="organizations_merged_is_no_page"
            ),
            models.CheckConstraint(
                condition=models.Q(founded=None) | models.Q(founded__gte=1, founded__lte=2200),
                name="organizations_founded_is_a_year",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return self.path

    @property
    def is_page(self) -> bool:
        """Whether somebody proved its domain and works on it."""
        return self.page_since is not None and self.merged_into_id is None

    # How its face is drawn (`ui.marks.avatar`).
    face = "organization"

    @property
    def path(self) -> str:
        """Where its page is."""
        return f"/organizations/{self.handle}/"

    @property
    def photo_url(self) -> str:
        """Address of the logo as lists show it; empty without one, and the drawn face stands in."""
        return address("organizations", self.pk, "photo", self.photo, 192)

    @property
    def cover_url(self) -> str:
        """Address of the wide picture on top of its page; empty without one."""
        return address("organizations", self.pk, "cover", self.cover, 1600)
