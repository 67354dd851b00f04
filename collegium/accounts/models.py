"""Getting in: the account behind a person, and the community's one row about itself."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from collegium.lib import clock
from collegium.lib.ids import IdField


class UserManager(BaseUserManager["User"]):
    """Makes accounts with the e-mail address folded to lower case, as it is compared."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account; without a password it can only be entered by a link."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account with this e-mail address, however it was typed."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """An account: an address to reach, a way to prove it is you, a role in running the place.

    The person the others see is `members.Member`.
    """

    class Role(models.TextChoices):
        MEMBER = "member"
        OWNER = "owner"

    id = IdField()
    email = models.EmailField(max_length=254, unique=True)
    is_active = models.BooleanField(default=True, help_text="May sign in. Follows the member's standing.")
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    locale = models.CharField(max_length=12, blank=True, help_text="The language chosen; empty follows the browser.")

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=models.functions.Lower("email")), name="accounts_user_email_is_lower"
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_owner(self) -> bool:
        """Runs this community: names it, approves people, reads the operator's pages."""
        return self.role == self.Role.OWNER


class Community(models.Model):
    """The community itself: one row, there from the moment its first owner named it."""

    class SignUp(models.TextChoices):
        OPEN = "open", _("Open")
        INVITATION = "invitation", _("By invitation")
        APPROVAL = "approval", _("By approval")

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=60)
    about = models.CharField(max_length=300, blank=True)
    sign_up = models.CharField(max_length=12, choices=SignUp, default=SignUp.OPEN)
    founded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="accounts_community_is_one")]

    def __str__(self) -> str:
        return self.name


class PassQuerySet(models.QuerySet["Pass"]):
    """How one-time links are asked for."""

    def usable(self) -> "PassQuerySet":
        """Neither used nor too old."""
        return self.filter(used_at=None, expires_at__gt=clock.now())

    def by_token(self, kind: str, token: str) -> "PassQuerySet":
        """The usable one this token opens."""
        return self.usable().filter(kind=kind, token_hash=Pass.hashed(token))


class Pass(models.Model):
    """A link that opens one door once: the first owner's, an invited person's, or that of an account made by others.

    Only the hash of its token is stored; who reads the database cannot walk through.
    """

    class Kind(models.TextChoices):
        SETUP = "setup"
        INVITATION = "invitation"
        CLAIM = "claim"

    id = IdField()
    kind = models.CharField(max_length=10, choices=Kind)
    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(max_length=254, blank=True, help_text="The address it was sent to.")
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="passes_made")
    user = models.ForeignKey(
        User,
        null=True,
        on_delete=models.CASCADE,
        related_name="passes",
        help_text="Of a claim: whose account it opens. Of an invitation: who joined with it.",
    )
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = PassQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @staticmethod
    def hashed(token: str) -> str:
        """The stored form of a token. Tokens are long and random, so a plain hash is enough."""
        return hashlib.sha256(token.encode(errors="replace")).hexdigest()

    @classmethod
    def make(cls, kind: str, *, days: int, **fields: Any) -> tuple["Pass", str]:
        """Make one.

        Args:
            kind: which door.
            days: how long it opens.
            fields: email, made_by, user.

        Returns:
            the row, and the token, which is never to be had again.
        """
        token = secrets.token_urlsafe(24)
        expires = clock.now() + timedelta(days=days)
        return cls.objects.create(kind=kind, token_hash=cls.hashed(token), expires_at=expires, **fields), token

    def use(self, user: User | None = None) -> None:
        """Close the door behind whoever went through; call it with the row locked."""
        self.used_at = clock.now()
        if user is not None:
            self.user = user
        self.save(update_fields=["used_at", "user"])
