"""The devices a member has allowed to be told on, and the key by which their services know this community."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from collegium.lib import ids
from collegium.members.models import Member

ENDPOINT_LIMIT = 1000
NAME_LIMIT = 80


class Identity(models.Model):
    """The community's key pair for push services (VAPID, RFC 8292): one row, made when it is first needed.

    It lies in the database, so that a community that moves takes it along: devices are bound to it for good.
    """

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    private_key = models.CharField(max_length=400, help_text="PEM, PKCS 8.")
    public_key = models.CharField(max_length=100, help_text="The point, uncompressed, base64url.")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="push_identity_is_one")]

    def __str__(self) -> str:
        return self.public_key


class Device(models.Model):
    """One browser that asked to be told (RFC 8030). It counts as long as the session it asked in does."""

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="devices")
    session = models.CharField(max_length=40, db_index=True, help_text="Key of the session it asked in.")
    endpoint = models.CharField(max_length=ENDPOINT_LIMIT, help_text="Where its service takes what is for it.")
    p256dh = models.CharField(max_length=100, help_text="Its public key, base64url.")
    auth = models.CharField(max_length=32, help_text="What only it and we know, base64url.")
    name = models.CharField(max_length=NAME_LIMIT, help_text="Browser and system, for its owner to tell them apart.")
    told_at = models.DateTimeField(null=True, blank=True, help_text="When something last reached its service.")
    dropped_at = models.DateTimeField(
        null=True, blank=True, help_text="Its owner wants nothing told there; only she can allow it again, there."
    )
    failed = models.SmallIntegerField(default=0, help_text="How often in a row its service did not take something.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["endpoint"], name="push_one_row_a_device")]

    def __str__(self) -> str:
        return self.name

    @property
    def since(self) -> datetime:
        """When it was allowed."""
        return ids.instant(self.pk)
