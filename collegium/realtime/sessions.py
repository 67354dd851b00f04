"""Who a session cookie belongs to, by the same judgement that the pages pass, for many sessions at a time."""

from collections.abc import Collection, Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils.crypto import constant_time_compare

from collegium.accounts.models import User
from collegium.lib import clock
from collegium.members.models import Member

CHUNK = 500


def holders(keys: Collection[str]) -> dict[str, int]:
    """The member behind each of these session keys, as far as pages would show themselves to her.

    The session is there and has not run out, its account may sign in and has had no new password since, and the
    member is in good standing. Two statements for up to 500 sessions. `test_sessions.py` holds this equal to the pages.

    Args:
        keys: session keys, from cookies.
    """
    found: dict[str, int] = {}
    wanted = sorted({key for key in keys if key.isascii() and key.isalnum()})
    for start in range(0, len(wanted), CHUNK):
        found |= _holders(wanted[start : start + CHUNK])
    return found


def _holders(keys: list[str]) -> dict[str, int]:
    rows = Session.objects.filter(pk__in=keys, expire_date__gt=clock.now()).values_list("pk", "session_data")
    opened = {key: SessionStore().decode(data) for key, data in rows}
    users = _users(opened.values())
    return {
        key: users[content[SESSION_KEY]].member.id
        for key, content in opened.items()
        if content.get(SESSION_KEY) in users and _proves(content, users[content[SESSION_KEY]])
    }


def _users(contents: Collection[dict[str, Any]]) -> dict[str, User]:
    """The accounts that may be signed in, by their key as sessions write it."""
    keys = [key for content in contents if (key := str(content.get(SESSION_KEY, ""))).isdecimal()]
    people = User.objects.filter(pk__in=keys, is_active=True, member__standing=Member.Standing.ACTIVE)
    return {str(user.pk): user for user in people.select_related("member")}


def _proves(content: dict[str, Any], user: User) -> bool:
    """The session was begun by a way in that we still have, and with the password of now."""
    known = content.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
    given = content.get(HASH_SESSION_KEY) or ""
    return known and any(constant_time_compare(given, right) for right in _hashes(user))


def _hashes(user: User) -> Iterator[str]:
    """What a session of this account carries, with our key of today and with those before it."""
    yield user.get_session_auth_hash()
    yield from user.get_session_auth_fallback_hash()
