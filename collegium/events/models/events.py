"""An event: what it is, where, when it happens first and how it recurs."""

from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from collegium.audience.viewer import Viewer
from collegium.events.recurring.pattern import Pattern
from collegium.feed.models import Post
from collegium.lib import ids
from collegium.media.decode import SIZES

TITLE_LIMIT, PLACE_LIMIT, ADDRESS_LIMIT, LINK_LIMIT, ABOUT_LIMIT = 150, 150, 300, 500, 5000
ALT_LIMIT, WORDS_LIMIT, RULE_LIMIT, ZONE_LIMIT = 300, 1000, 200, 64
# What the text becomes as HTML, at the most.
HTML_FACTOR = 20
MOST_GUESTS, MOST_SEATS, MOST_MINUTES = 5, 100_000, 31 * 24 * 60
WIDTHS = tuple(sorted(SIZES["posted"]))


class Form(models.TextChoices):
    """Where one takes part."""

    PERSON = "person", _("In person")
    ONLINE = "online", _("Online")
    BOTH = "both", _("In person and online")


class ListFor(models.TextChoices):
    """To whom the names of those are shown who come and let themselves be shown."""

    ATTENDEES = "attendees", _("Those who come")
    ALL = "all", _("Everybody who sees the event")
    HOSTS = "hosts", _("The hosts alone")


class EventQuerySet(models.QuerySet["Event"]):
    """How events are asked for."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those on posts the viewer sees: the post alone says who knows of an event."""
        return self.filter(post__in=Post.objects.visible_to(viewer))

    def with_hosts(self) -> Self:
        """With the post, and whoever speaks on it, in the same statement."""
        return self.select_related("post", "post__author", "post__page", "post__group")


class Event(models.Model):
    """What hangs on a post and happens at an hour. Its hours are local to its zone; `Occurrence` has the instants.

    The post gives it its author, its readers and its wall. When the post goes, so does the event.
    """

    id = ids.IdField()
    post = models.OneToOneField(Post, models.CASCADE, related_name="event")
    title = models.CharField(max_length=TITLE_LIMIT)
    about = models.TextField(blank=True)
    html = models.TextField(blank=True, help_text="Of `about`.")
    form = models.CharField(max_length=6, choices=Form, default=Form.PERSON)
    place = models.CharField(max_length=PLACE_LIMIT, blank=True)
    address = models.CharField(max_length=ADDRESS_LIMIT, blank=True)
    link = models.CharField(max_length=LINK_LIMIT, blank=True, help_text="Shown to nobody but those who come.")
    zone = models.CharField(max_length=ZONE_LIMIT, help_text="IANA name.")
    day = models.DateField(help_text="Of the first, as the clock there shows it.")
    hour = models.TimeField(help_text="As above.")
    minutes = models.PositiveIntegerField(help_text="How long it lasts.")
    rule = models.CharField(max_length=RULE_LIMIT, blank=True, help_text="RFC 5545, a subset (`recurring`).")
    answer_until = models.PositiveIntegerField(
        default=0, help_text="So many minutes before the beginning one answers at the latest."
    )
    capacity = models.PositiveIntegerField(null=True, blank=True, help_text="Seats at each occurrence; none: no end.")
    waiting_list = models.BooleanField(default=True)
    approving = models.BooleanField(default=False, help_text="A host says yes to each who wants to come.")
    guests_allowed = models.PositiveSmallIntegerField(default=0, help_text="So many each may bring.")
    list_for = models.CharField(max_length=9, choices=ListFor, default=ListFor.ATTENDEES)
    attendees_invite = models.BooleanField(default=False, help_text="Those who come may invite too.")
    cover = models.CharField(max_length=64, blank=True, help_text="Of its files (`media.storage`).")
    cover_width = models.PositiveSmallIntegerField(default=0)
    cover_height = models.PositiveSmallIntegerField(default=0)
    cover_alt = models.CharField(max_length=ALT_LIMIT, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_words = models.CharField(max_length=WORDS_LIMIT, blank=True)
    sequence = models.PositiveIntegerField(
        default=0, help_text="How often hours or place changed, so that calendars take the newer one (RFC 5546)."
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(zone=""), name="events_has_title_and_zone"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("about"), ABOUT_LIMIT), name="events_about_bounded"
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("html"), ABOUT_LIMIT * HTML_FACTOR), name="events_html_bounded"
            ),
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=MOST_MINUTES), name="events_lasts"),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(capacity__gte=1, capacity__lte=MOST_SEATS), name="events_seats_bounded"
            ),
            models.CheckConstraint(condition=Q(guests_allowed__lte=MOST_GUESTS), name="events_guests_bounded"),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__regex=r"^https?://"), name="events_link_leads_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        """Its own address."""
        return f"/events/{self.pk}/"

    @property
    def topic(self) -> str:
        """What open pages of it wait for (`realtime.poke`)."""
        return f"event-{self.pk}"

    @property
    def tz(self) -> ZoneInfo:
        """Its zone."""
        return ZoneInfo(self.zone)

    @property
    def pattern(self) -> Pattern:
        """When it happens."""
        return Pattern(datetime.combine(self.day, self.hour), self.minutes, self.zone, self.rule)

    @property
    def recurs(self) -> bool:
        """Whether it happens more than once."""
        return bool(self.rule)

    @property
    def is_online(self) -> bool:
        """Whether one can take part from afar."""
        return self.form != Form.PERSON

    @property
    def is_somewhere(self) -> bool:
        """Whether one can go there."""
        return self.form != Form.ONLINE

    def cover_url(self, width: int) -> str:
        """The address of one size of the cover."""
        return f"{self.path}cover/{self.cover}-{width}.webp"

    @property
    def cover_middle(self) -> str:
        """For a card."""
        return self.cover_url(WIDTHS[1])

    @property
    def cover_large(self) -> str:
        """For a page."""
        return self.cover_url(WIDTHS[-1])
