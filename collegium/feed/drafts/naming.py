"""Which keys of files that wait for a post are spoken of in a draft, however long it lies."""

from collections.abc import Collection

from django.db import models
from django.db.models.functions import Cast

from collegium.feed.models import Draft


def named(keys: Collection[str]) -> set[str]:
    """Those of these keys that stand in a draft. A key is long and nobody can guess one, so anywhere is there."""
    drafts = Draft.objects.annotate(text=Cast("values", models.TextField()))
    return {key for key in keys if drafts.filter(text__contains=key).exists()}
