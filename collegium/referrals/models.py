"""Referrals: somebody asks a person she knows to put in a word; that person does so in words of his own, or not."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from collegium.audience.viewer import Viewer
from collegium.lib import clock, ids
from collegium.members.models import Member
from collegium.openings.models import Opening
from collegium.ties.models import Connection, blocks_between

if TYPE_CHECKING:
    from django.db.models import QuerySet

NOTE_LIMIT, WORDS_LIMIT = 600, 2_000
# So long an ask is open; the asker sees it so whether or not it was declined.
LAPSES_AFTER = timedelta(days=21)


class Knows(models.TextChoices):
    """How the one who refers knows the one who asked."""

    TOGETHER = "together", _("We worked together")
    LED = "led", _("I was responsible for their work")
    WAS_LED = "was-led", _("They were responsible for mine")
    STUDIED = "studied", _("We studied together")
    OTHERWISE = "otherwise", _("We know each other otherwise")


class State(models.IntegerChoices):
    """How it stands. Of what was declined the asker reads nothing but that it is open, until it lapses."""

    ASKED = 0
    GIVEN = 1
    DECLINED = 2
    WITHDRAWN = 3  # by the asker
    TAKEN_BACK = 4  # by who gave it
    ENDED = 5  # a block came between them


OPEN = (State.ASKED, State.DECLINED)


class ReferralQuerySet(models.QuerySet["Referral"]):
    """How referrals are asked for."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """One's own on either side; a referrer's as far as they arrive.

        Those who hire read what was given with the application alone (`reading.given_for`): before that it is nothing
        to them.
        """
        if viewer.member is None:
            return self.none()
        return self.filter(Q(asker=viewer.id) | Q(pk__in=self.model.objects.with_referrer(viewer.me).values("pk")))

    def waiting(self) -> Self:
        """In the eyes of the asker: neither given nor withdrawn nor run out, the declined among them."""
        return self.filter(state__in=OPEN, asked_at__gt=clock.now() - LAPSES_AFTER)

    def alive(self) -> Self:
        """Waiting, and everything under it still holds: two in good standing, connected, and the opening stands."""
        rows = self.waiting().filter(
            asker__standing=Member.Standing.ACTIVE,
            referrer__standing=Member.Standing.ACTIVE,
            opening__in=Opening.objects.standing(),
        )
        tied = Connection.objects.filter(member=OuterRef("asker"), other=OuterRef("referrer"))
        return rows.filter(Exists(tied)).exclude(Exists(blocks_between(OuterRef("asker"), OuterRef("referrer"))))

    def lying_with(self, member: Member) -> Self:
        """What this member was asked and has not answered. Of an opening that is hidden from her nothing arrives."""
        shown: QuerySet[Opening] = Opening.objects.visible_to(Viewer(member))
        return self.alive().filter(referrer=member, state=State.ASKED, opening__in=shown)

    def with_referrer(self, member: Member) -> Self:
        """What lies with her, and what she gave or took back."""
        mine = Q(referrer=member, state__in=(State.GIVEN, State.TAKEN_BACK))
        return self.filter(mine | Q(pk__in=self.model.objects.lying_with(member).values("pk")))

    def with_faces(self) -> Self:
        """Both people, and what it is for, in the same query."""
        return self.select_related("asker", "referrer", "opening__organization")


class Referral(models.Model):
    """One asked of one person for one opening."""

    id = ids.IdField()
    opening = models.ForeignKey(Opening, models.CASCADE, related_name="referrals", db_index=False)
    asker = models.ForeignKey(Member, models.CASCADE, related_name="referrals_asked", db_index=False)
    referrer = models.ForeignKey(Member, models.CASCADE, related_name="referrals_given")
    state = models.SmallIntegerField(choices=State, default=State.ASKED)
    note = models.CharField(max_length=NOTE_LIMIT, blank=True, help_text="From the asker, for the referrer alone.")
    knows = models.CharField(max_length=10, choices=Knows, blank=True)
    words = models.CharField(max_length=WORDS_LIMIT, blank=True, help_text="Of the referrer, for those who hire.")
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["asker", "-id"], name="referrals_of")]
        constraints = [
            models.UniqueConstraint(fields=["opening", "asker", "referrer"], name="referrals_once"),
            models.CheckConstraint(condition=~Q(asker=F("referrer")), name="referrals_of_another"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="referrals_state"),
            models.CheckConstraint(
                condition=~Q(state=State.GIVEN) | (~Q(words="") & ~Q(knows="")), name="referrals_say_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referrer_id} for {self.asker_id}"

    @property
    def lapses_at(self) -> datetime:
        """When it runs out, if nobody answers."""
        return self.asked_at + LAPSES_AFTER

    @property
    def path(self) -> str:
        """Where both sides find it."""
        return f"/referrals/{self.pk}/"
