"""The address under which a member's calendar program reads what she comes to."""

import secrets

from django.db import models

from collegium.lib import clock
from collegium.members.models import Member

SECRET_LENGTH = 64


def new_secret() -> str:
    """256 random bits: nobody guesses it, and nothing in it says whose it is."""
    return secrets.token_urlsafe(32)


class CalendarFeed(models.Model):
    """One member's own feed. Kept as it is, because its owner reads it again to give it to another program.

    Whoever knows the secret reads; a new one, or none, ends the old one at once.
    """

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="+")
    secret = models.CharField(max_length=SECRET_LENGTH, unique=True, default=new_secret)
    wider = models.BooleanField(default=False, help_text="Also what she is invited to or interested in.")
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"feed of {self.member_id}"
