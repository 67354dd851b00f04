"""What runs by the clock."""

from procrastinate.contrib.django import app

from collegium.pictures.files import clear
from collegium.pictures.models import Picture


@app.task(name="pictures.sweep", queue="chores")
def sweep(timestamp: int = 0) -> None:
    """Forget pictures that never came to a post, and delete the files of all that are gone."""
    Picture.objects.stale().delete()
    clear()
