"""Django's database sessions, with the one question that every page asks written out beforehand."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models.functions import Now

from collegium.lib.statement import Statement

LIVING = Statement(lambda slot: Session.objects.filter(session_key=slot.text("key"), expire_date__gt=Now()).order_by())


class SessionStore(DatabaseStore):
    """A session is a row: ending it ends it everywhere, at once."""

    def _get_session_from_db(self) -> Session | None:
        """The row of this key while it lives; a key without one gets no second chance."""
        row = LIVING.first(key=self.session_key) if self.session_key else None
        if row is None:
            self._session_key = None
        return row
