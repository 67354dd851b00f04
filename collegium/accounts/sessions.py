"""Where somebody is signed in, and ending it."""

from collections.abc import Iterable
from typing import Any

from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from collegium.accounts.models import User
from collegium.journal.record import record


class Adapter(DefaultUserSessionsAdapter):
    """Ending sessions is news: the open streams of those sessions must close too."""

    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        """End these sessions, all of one person."""
        rows = list(sessions)
        if rows:
            end(rows, rows[0].user)


@transaction.atomic
def end(rows: list[UserSession], user: User) -> None:
    """End these sessions of this person."""
    Session.objects.filter(session_key__in=[row.session_key for row in rows]).delete()
    UserSession.objects.filter(pk__in=[row.pk for row in rows]).delete()
    signed_out(user)


def end_all(user: User) -> None:
    """End every session of this person, and say so."""
    end(list(UserSession.objects.filter(user_id=user.pk)), user)


@transaction.atomic
def signed_out(user: Any) -> None:
    """Write down that sessions of this person ended; an account without a person has no streams to close."""
    member = getattr(user, "member", None)
    if member is not None:
        record("accounts.signed_out", actor=member, subject=member)


def forget(session_key: str | None) -> None:
    """Drop the note about a session that has ended by itself."""
    UserSession.objects.filter(session_key=session_key or "").delete()
