"""How a member wants to be told: by which way, of whom, and when not."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collegium.lib import ids
from collegium.members.models import Member

ZONE_LIMIT = 64
TOPIC_LIMIT = 20
DAY_MINUTES = 24 * 60
EVERY_DAY = (1 << 7) - 1


class Choice(models.Model):
    """How one member is told of one topic. Without a row: as the topic says (`topics.TOPICS`).

    Whoever ends the mails of a topic and asks for them again later gets a new row, so that an address to end them,
    which an old mail of hers still carries somewhere, ends what it was made for and nothing else.
    """

    class Mail(models.TextChoices):
        OFF = "off", _("No mail")
        AT_ONCE = "at_once", _("At once")
        DAILY = "daily", _("Once a day")
        WEEKLY = "weekly", _("Once a week")

    class Whom(models.TextChoices):
        ANYONE = "anyone", _("Anyone")
        NOT_NEW = "not_new", _("Not from new accounts")
        NETWORK = "network", _("My network")
        CONNECTIONS = "connections", _("My connections")

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="news_choices", db_index=False)
    topic = models.CharField(max_length=TOPIC_LIMIT)
    in_app = models.BooleanField(default=True)
    push = models.BooleanField(default=True)
    mail = models.CharField(max_length=7, choices=Mail)
    whom = models.CharField(max_length=11, choices=Whom, default=Whom.ANYONE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "topic"], name="notifications_one_choice"),
            models.CheckConstraint(condition=Q(mail__in=["off", "at_once", "daily", "weekly"]), name="news_mail"),
            models.CheckConstraint(
                condition=Q(whom__in=["anyone", "not_new", "network", "connections"]), name="news_whom"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} to {self.member_id}"


class Rest(models.Model):
    """A member's clock, and when she is left in peace. Without a row: UTC, and never."""

    class Shown(models.TextChoices):
        """How much of what is written to her stands in a mail or on a locked screen."""

        NAME = "name", _("Only who wrote")
        BEGINNING = "beginning", _("The first 200 characters")
        ALL = "all", _("Everything")

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="rest")
    zone = models.CharField(max_length=ZONE_LIMIT, blank=True, help_text="IANA name of her time zone; empty is UTC.")
    quiet_from = models.SmallIntegerField(null=True, blank=True, help_text="Minutes after midnight on her clock.")
    quiet_until = models.SmallIntegerField(null=True, blank=True)
    days = models.SmallIntegerField(default=0, help_text="Days that are quiet as a whole; bit 0 is Monday.")
    hour = models.SmallIntegerField(default=7, help_text="Of daily and weekly mails.")
    weekday = models.SmallIntegerField(default=0, help_text="Of weekly mails; 0 is Monday.")
    shown = models.CharField(max_length=9, choices=Shown, default=Shown.BEGINNING)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(
                    quiet_from__isnull=False,
                    quiet_until__isnull=False,
                    quiet_from__gte=0,
                    quiet_from__lt=DAY_MINUTES,
                    quiet_until__gte=0,
                    quiet_until__lt=DAY_MINUTES,
                ),
                name="news_quiet_minutes",
            ),
            # One day of the week is never quiet as a whole, so that what waits goes out at last.
            models.CheckConstraint(condition=Q(days__gte=0, days__lt=EVERY_DAY), name="news_quiet_days"),
            models.CheckConstraint(condition=Q(hour__gte=0, hour__lte=23), name="news_hour"),
            models.CheckConstraint(condition=Q(weekday__gte=0, weekday__lte=6), name="news_weekday"),
            models.CheckConstraint(condition=Q(shown__in=["name", "beginning", "all"]), name="news_shown"),
        ]

    def __str__(self) -> str:
        return f"of {self.member_id}"
