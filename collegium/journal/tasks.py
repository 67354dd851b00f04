"""The one background job that features cause: telling the listeners of an entry."""

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from collegium.journal.models import Entry
from collegium.journal.routes import routes


@app.task(name="journal.tell", queue="news", retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def tell(entry: int) -> None:
    """Call each listener of the entry, all in one transaction: told wholly or, after an error, told again.

    Listeners must therefore bear hearing twice (their rows have unique cause keys).
    """
    with transaction.atomic():
        row = Entry.objects.filter(pk=entry).first()
        if row is None:
            return
        for listener in routes.listeners(row.kind):
            listener(row)
