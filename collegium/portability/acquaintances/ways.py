"""The one rule of finding people by what one knows of them already: only who agreed to be found by that key.

An e-mail address counts when it is confirmed; a phone number and a LinkedIn address when their owner gives them here
as ways to reach her. Who may read them there is another question. An address that nobody has here, one whose owner
did not agree, and one whose owner is suspended or parted from the seeker by a block are answered alike, with the same
number of statements.
"""

import hashlib
import hmac
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.career.models import Contact
from collegium.members.models import Member, MemberQuerySet
from collegium.portability.acquaintances import spelling
from collegium.portability.acquaintances.book import Key
from collegium.portability.acquaintances.models import Way
from collegium.ties.models import Connection

_NAMES = {"email": "mail", "phone": "tel", "profile": "in"}
_PROFILES = (Contact.Kind.NETWORK, Contact.Kind.WEBSITE)
# No member's key and nobody's fingerprint: keeps a statement from being left out where there is nothing to ask for.
_NOBODY, _NOTHING = 0, b""


@lru_cache(maxsize=4)
def _secret(secret: str) -> bytes:
    return hashlib.sha256(b"collegium.portability.sought" + secret.encode()).digest()


def print_of(key: Key) -> bytes:
    """The fingerprint of a key in its one spelling; only this community can make it."""
    sort, value = key
    said = f"{_NAMES[sort]}:{value}".encode(errors="replace")
    return hmac.digest(_secret(settings.SECRET_KEY), said, "sha256")


def held(members: Collection[int]) -> dict[int, dict[bytes, str]]:
    """By which fingerprints, and of which sort, each of these people agreed to be found, today. Two statements.

    Args:
        members: keys of members.
    """
    asked = [_NOBODY, *members]
    found: dict[int, dict[bytes, str]] = {}
    for member, key in _addresses(asked):
        found.setdefault(member, {})[print_of(key)] = key[0]
    return found


def _addresses(members: list[int]) -> Iterable[tuple[int, Key]]:
    mails = EmailAddress.objects.filter(
        user__member__in=members, verified=True, user__member__findability__email=True
    ).values_list("user__member", "email")
    for member, address in mails:
        if value := spelling.email(address):
            yield member, ("email", value)
    agreed = Q(kind=Contact.Kind.PHONE, member__findability__phone=True)
    agreed |= Q(kind__in=_PROFILES, member__findability__profile=True)
    contacts = Contact.objects.filter(agreed, member__in=members).values_list("member_id", "kind", "value")
    for member, kind, given in contacts:
        sort = "phone" if kind == Contact.Kind.PHONE else "profile"
        if value := (spelling.phone if sort == "phone" else spelling.profile)(given):
            yield member, (sort, value)


def refresh(member: int) -> None:
    """Bring the index of her addresses up to date; adds what she agreed to since, takes away what is no longer."""
    wanted = set(held([member]).get(member, {}))
    rows = Way.objects.filter(person=member)
    there = {bytes(each) for each in rows.values_list("print", flat=True)}
    if there - wanted:
        rows.filter(print__in=there - wanted).delete()
    fresh = [Way(print=each, person_id=member) for each in sorted(wanted - there)]
    Way.objects.bulk_create(fresh, ignore_conflicts=True)


def found_by(viewer: Viewer, prints: Collection[bytes]) -> dict[int, bytes]:
    """The members this viewer finds by these fingerprints, each with the one that led to her. Four statements.

    Args:
        viewer: a member who looks.
        prints: of what she knows of people.
    """
    met: dict[int, set[bytes]] = {}
    for fingerprint, person in Way.objects.filter(print__in=[_NOTHING, *prints]).values_list("print", "person_id"):
        met.setdefault(person, set()).add(bytes(fingerprint))
    near = set(unconnected(viewer).filter(pk__in=[_NOBODY, *met]).values_list("pk", flat=True))
    truth = held(met)
    return {person: min(same) for person in sorted(near) if (same := met[person] & truth.get(person, {}).keys())}


def unconnected(viewer: Viewer) -> MemberQuerySet:
    """The people who may turn up before this viewer and whom she could still ask to connect."""
    connected = Connection.objects.filter(member=viewer.me, other=OuterRef("pk"))
    return people.findable_by(viewer).filter(~Exists(connected)).exclude(pk=viewer.id)


def still(members: Mapping[int, Member], led: Mapping[int, bytes]) -> dict[int, str]:
    """Of these people those who are still to be found by the fingerprint that led to each, and its sort."""
    truth = held(members)
    return {key: sort for key in members if (sort := truth.get(key, {}).get(led[key]))}
