"""Whom the bench asks for: a random sample of members, and the best-connected apart."""

import random
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection

from collegium.accounts.models import Community, User
from collegium.audience.viewer import Viewer
from collegium.graph import near
from collegium.members.models import Member

TYPICAL, BEST = 200, 100
A_PAGE, NEAR, SECOND = 50, 10, 25  # people on a page: some connections, some of the second degree, the others anybody
LETTERS = 3


@dataclass
class Asker:
    """A member who asks, and what she asks for: drawn beforehand, so that nothing of it is in the time measured."""

    viewer: Viewer
    page: list[int] = field(default_factory=list)
    stranger: int = 0
    typed: str = ""
    search: str = ""


def groups(seed: int) -> dict[str, list[Asker]]:
    """Typical members and the best-connected, each with her questions.

    Args:
        seed: of every choice.
    """
    chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
    keys = list(Member.objects.active().order_by("pk").values_list("pk", flat=True))
    best = list(Member.objects.active().order_by("-connection_count", "pk")[:BEST].select_related("user"))
    chosen = chance.sample(keys, min(TYPICAL, len(keys)))
    typical = list(Member.objects.filter(pk__in=chosen).order_by("pk").select_related("user"))
    return {
        "typical": [_asker(member, keys, chance) for member in typical],
        "hundred": [_asker(member, keys, chance) for member in best],
    }


def _asker(member: Member, keys: list[int], chance: random.Random) -> Asker:
    viewer = Viewer(member)
    first, second = list(near.first(viewer)), list(near.second(viewer))
    page = chance.sample(first, min(NEAR, len(first))) + chance.sample(second, min(SECOND, len(second)))
    page += chance.sample(keys, min(A_PAGE, len(keys)) - len(page)) if len(page) < min(A_PAGE, len(keys)) else []
    page = [int(key) for key in page]
    chance.shuffle(page)
    named, works = Member.objects.filter(pk__in=chance.sample(keys, 2)).values_list("name", "headline")
    # What the search page is asked for: a word of somebody's headline, by every second one only near her.
    word = max(works[1].replace(",", " ").split(), key=len)
    return Asker(
        viewer,
        page,
        stranger=chance.choice(keys),
        typed=named[0].split()[0][:LETTERS].lower(),
        search=f"q={quote(word)}" + ("&degree=1,2" if chance.random() < 0.5 else ""),
    )


def signed_in(members: list[Member]) -> dict[int, str]:
    """A session for each of these members: key of the member to key of the session."""
    _found()
    store = import_module(settings.SESSION_ENGINE).SessionStore
    sessions = {}
    for member in members:
        user: Any = member.user
        session = store()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        sessions[member.pk] = session.session_key
    return sessions


def _found() -> None:
    """A made-up network has no owner, and asks for one on every page; this one gets its first member."""
    Community.objects.get_or_create(id=1, defaults={"name": "Bench"})
    first = Member.objects.order_by("pk").first()
    if first is not None:
        User.objects.filter(pk=first.user_id).update(role=User.Role.OWNER)


def connections() -> int:
    """How many pairs are connected."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(connection_count) / 2 FROM members_member")
        return int(cursor.fetchone()[0])
