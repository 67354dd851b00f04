"""What runs by the clock."""

from datetime import timedelta

from procrastinate.contrib.django import app

from collegium.articles.models import Article
from collegium.lib import clock

# How long a deleted draft can come back.
BACK = timedelta(days=1)


@app.task(name="articles.sweep", queue="chores")
def sweep(timestamp: int = 0) -> None:
    """Forget drafts that were deleted more than a day ago."""
    Article.objects.filter(removed_at__lt=clock.now() - BACK).delete()
