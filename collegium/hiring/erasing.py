"""What the team wrote about an application goes with what was sent."""

from collegium.applications.models import Application
from collegium.hiring.models import Card, Interview, Note, Scorecard


def erase(row: Application) -> None:
    """Called inside the erasing (`applications.erasing`), while the row still has its name."""
    for table in (Note, Scorecard, Interview, Card):
        table.objects.filter(application=row).delete()
