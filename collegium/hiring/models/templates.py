"""Replies that an organisation keeps, to answer many courteously at once."""

from django.db import models
from django.db.models import Q

from collegium.applications.models.applications import WORDS_LIMIT
from collegium.lib import ids
from collegium.organizations.models import Organization

NAME_LIMIT, MOST = 80, 50


class Reply(models.Model):
    """One; `{name}`, `{title}` and `{organization}` are filled in for each applicant."""

    id = ids.IdField()
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=NAME_LIMIT)
    words = models.CharField(max_length=WORDS_LIMIT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "name"], name="hiring_reply_named_once"),
            models.CheckConstraint(condition=~Q(words=""), name="hiring_reply_says_something"),
        ]

    def __str__(self) -> str:
        return self.name
