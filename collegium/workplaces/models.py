"""Workplaces that were proved by a code sent to an address of the organisation, and the codes on their way."""

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, Expression, OuterRef, Q, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from collegium.career.models import Item, ItemQuerySet
from collegium.career.sections import TITLE_LIMIT
from collegium.lib import clock, ids
from collegium.lib.text.hosts import shown_host
from collegium.members.models import Fold, Member
from collegium.organizations.models import Organization

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer

ADDRESS_LIMIT, DOMAIN_LIMIT, HASH_LENGTH = 254, 253, 64
CODE_LASTS = timedelta(minutes=15)
PROOF_LASTS = timedelta(days=365)
RENEW_WITHIN = timedelta(days=30)
UNDO_WITHIN = timedelta(days=1)
TRIES = 5


def employer() -> Coalesce:
    """Which organisation a position or a proof names: its record, or the name where it has none.

    A position that is later said to be elsewhere, or tied to a record of its own, is not what the proof was of. Keys
    are digits and names begin with a sign, so nobody can call a company by the key of another.
    """
    record = Cast("organization_id", models.TextField())
    return Coalesce(record, Concat(Value("="), "folded_organization", output_field=models.TextField()))


def positions() -> ItemQuerySet:
    """The present positions at the place of the proof that the subquery is asked from."""
    here = Item.objects.current().alias(employer=employer())
    return here.filter(member_id=OuterRef("member_id"), employer=OuterRef("employer"))


class ProofQuerySet(models.QuerySet["Proof"]):
    """How proofs are asked for; whether one still holds is judged when it is read."""

    def lasting(self, now: Expression | None = None) -> Self:
        """Neither taken away nor run out; at this moment, or the one given."""
        return self.filter(removed_at=None, expires_at__gt=clock.now() if now is None else now)

    def living(self) -> Self:
        """Those that hold: not over, and the position they were made for goes on."""
        here = positions().values("pk")
        return self.lasting().alias(employer=employer()).filter(Q(of_position=False) | Q(Exists(here)))

    def shown_to(self, viewer: "Viewer") -> Self:
        """Those that stand with a position this viewer may see; `items` are the keys of these positions."""
        seen = positions().visible_to(viewer).values("pk")
        return self.lasting().alias(employer=employer()).annotate(items=ArraySubquery(seen)).filter(items__len__gt=0)


class Proof(models.Model):
    """Somebody read a code at an address of the organisation. Of the address only the domain and a keyed hash stay."""

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="workplace_proofs", db_index=False)
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="+")
    organization_name = models.CharField(max_length=TITLE_LIMIT)
    of_position = models.BooleanField(help_text="Made for a position: holds as long as one at this place goes on.")
    domain = models.CharField(max_length=DOMAIN_LIMIT, help_text="In ASCII, as it stands in mails.")
    address_hash = models.CharField(max_length=HASH_LENGTH, unique=True, help_text="One address, one member.")
    proved_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    folded_organization = models.GeneratedField(
        expression=Fold("organization_name"), output_field=models.TextField(), db_persist=True
    )

    objects = ProofQuerySet.as_manager()
    items: ClassVar[list[int]]

    class Meta:
        indexes = [
            models.Index(fields=["member", "expires_at"], name="workplaces_proof_of"),
            models.Index(fields=["expires_at"], name="workplaces_proof_over"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(organization_name=""), name="workplaces_proof_says_where"),
            models.CheckConstraint(condition=Q(domain__regex=r"^[a-z0-9.-]+$"), name="workplaces_proof_domain_form"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """What was proved and when, and nothing beyond it."""
        when = _("%(month)s %(year)s") % {"month": MONTHS[self.proved_at.month], "year": self.proved_at.year}
        return _("Address at %(domain)s proved, %(when)s") % {"domain": shown_host(self.domain), "when": when}

    @property
    def is_over(self) -> bool:
        """A year has passed."""
        return self.expires_at <= clock.now()

    @property
    def ends_soon(self) -> bool:
        """Time to prove it again."""
        return not self.is_over and self.expires_at - RENEW_WITHIN <= clock.now()

    @property
    def path(self) -> str:
        """Under which it is removed, put back and renewed."""
        return f"/settings/workplace/{self.pk}/"


class Code(models.Model):
    """Six digits on their way to an address; one at a time for each member.

    The address is kept until the digits come back, or run out. A used one stays without it until then, so that a form
    sent twice is answered twice alike.
    """

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="workplace_code")
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="+")
    organization_name = models.CharField(max_length=TITLE_LIMIT)
    of_position = models.BooleanField()
    address = models.CharField(max_length=ADDRESS_LIMIT, blank=True)
    domain = models.CharField(max_length=DOMAIN_LIMIT)
    address_hash = models.CharField(max_length=HASH_LENGTH)
    code_hash = models.CharField(max_length=HASH_LENGTH)
    salt = models.CharField(max_length=22)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"code of {self.member_id}"

    @property
    def used(self) -> bool:
        """The digits came back."""
        return not self.address

    @property
    def is_over(self) -> bool:
        """It can be typed no more."""
        return self.expires_at <= clock.now() or self.tries >= TRIES

    @property
    def minutes(self) -> int:
        """How long one may still type it."""
        return max(1, ceil((self.expires_at - clock.now()).total_seconds() / 60))

    @property
    def left(self) -> int:
        """How often one may still try."""
        return max(TRIES - self.tries, 0)
