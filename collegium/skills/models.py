"""The vocabulary of skills: one row a skill, and every spelling that means it."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from collegium.lib import ids

NAME_LIMIT = 100


class Skill(models.Model):
    """Something people can do, under its most usual name.

    Skills come from the vocabulary (`uri` is set) or from members whose word for it was not known.
    """

    id = ids.IdField()
    name = models.CharField(max_length=NAME_LIMIT)
    uri = models.CharField(
        max_length=120, blank=True, help_text="Of the concept in ESCO or in our own list; empty for members' words."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="skills_has_a_name"),
            models.UniqueConstraint(fields=["uri"], condition=~models.Q(uri=""), name="skills_uri_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Spelling(models.Model):
    """A way to write a skill, folded (`lib`'s `fold`): one spelling means one skill, so that spellings merge."""

    folded = models.CharField(primary_key=True, max_length=NAME_LIMIT * 2)
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="spellings")

    class Meta:
        # The key brings the index for the beginnings of words with it.
        indexes = [GinIndex(fields=["folded"], name="skills_trigram", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.folded
