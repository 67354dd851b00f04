"""People a member knows elsewhere, looked for here without keeping who they are.

What stays of a connection is a fingerprint of her profile address and one of her e-mail address, made with a key that
only this community has. A fingerprint meets a member where that member gives the same address as a way to reach her;
whether the seeker may see that, and her, is asked anew each time the list is read.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, Q

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.career.models import Contact
from collegium.lib import cursor
from collegium.members.models import Member
from collegium.portability.imports.models import Met, Sought
from collegium.ties.models import Connection

PAGE = 30
# Candidates looked at together, of whom a page is made.
STRETCH = 200
# Of one member, whatever she brings; LinkedIn itself ends at thirty thousand connections with two addresses each.
MOST_SOUGHT = 100_000
_PROFILE = re.compile(r"linkedin\.com/in/([^/?#\s]+)", re.IGNORECASE)
_KINDS = (Contact.Kind.EMAIL, Contact.Kind.NETWORK, Contact.Kind.WEBSITE)
_CHUNK = 2000


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    return hashlib.sha256(b"collegium.portability.sought" + secret.encode()).digest()


def _print(kind: str, value: str) -> bytes:
    return hmac.digest(_key(settings.SECRET_KEY), f"{kind}:{value}".encode(), "sha256")


def prints_of(slug: str, email: str) -> list[bytes]:
    """The fingerprints of a connection; none of one without any address.

    Args:
        slug: the end of a LinkedIn address `/in/…`, or "".
        email: an e-mail address, or "".
    """
    given = (("in", unquote(slug).strip("/").casefold()), ("mail", email.strip().casefold()))
    return [_print(kind, value) for kind, value in given if value]


def prints_in(contact: Contact) -> list[bytes]:
    """The fingerprints of a way to reach somebody."""
    if contact.kind == Contact.Kind.EMAIL:
        return prints_of("", contact.value)
    met = _PROFILE.search(contact.value)
    return prints_of(met[1], "") if met else []


def seek(member: Member, prints: Iterable[bytes]) -> int:
    """Remember these for a member; who has such an address, `look` says later. Returns how many are new.

    What is more than `MOST_SOUGHT` in all is left out.
    """
    mine = Sought.objects.filter(member=member)
    held = {bytes(each) for each in mine.values_list("print", flat=True)}
    before = len(held)
    new = [each for each in dict.fromkeys(prints) if each not in held][: max(MOST_SOUGHT - before, 0)]
    rows = [Sought(member=member, print=each) for each in new]
    Sought.objects.bulk_create(rows, ignore_conflicts=True, batch_size=_CHUNK)
    return mine.count() - before


def look(seeker: int) -> None:
    """Find, among everybody's ways to be reached, those that this member seeks. For the background: it reads all."""
    wanted = {bytes(each) for each in Sought.objects.filter(member=seeker).values_list("print", flat=True)}
    if wanted:
        _note((each, owner) for each, owner in _everybody() if each in wanted)


def look_again(owner: int) -> None:
    """Somebody's ways to be reached have changed: whoever seeks one of them finds her now."""
    mine = Contact.objects.filter(member=owner, kind__in=_KINDS)
    _note((each, owner) for contact in mine for each in prints_in(contact))


def _everybody() -> Iterator[tuple[bytes, int]]:
    """Every fingerprint there is here. Who may know of it is asked when it is shown."""
    named = Q(kind__in=_KINDS, value__icontains="linkedin.com/in/")
    rows = Contact.objects.filter(Q(kind=Contact.Kind.EMAIL) | named)
    for contact in rows.order_by("pk").only("kind", "value", "member_id").iterator(_CHUNK):
        for each in prints_in(contact):
            yield each, contact.member_id


def _note(pairs: Iterable[tuple[bytes, int]]) -> None:
    met = list(dict.fromkeys(pairs))
    if met:
        with connection.cursor() as cur:
            cur.execute(
                """INSERT INTO portability_met (member_id, person_id)
                SELECT DISTINCT s.member_id, met.person
                FROM unnest(%s::bytea[], %s::bigint[]) AS met(print, person)
                JOIN portability_sought s ON s.print = met.print AND s.member_id <> met.person
                ON CONFLICT DO NOTHING""",
                [[each for each, _owner in met], [owner for _each, owner in met]],
            )


def to_find(viewer: Viewer, after: str = "") -> tuple[list[Member], str]:
    """The people a member may connect with because she knows them elsewhere, and the cursor of the next page.

    Only those who let themselves be found by her, whose address she may see here, and with whom she is not connected.
    """
    me = viewer.me
    met = Met.objects.filter(member=me, person=OuterRef("pk"))
    connected = Connection.objects.filter(member=me, other=OuterRef("pk"))
    reach = Contact.objects.visible_to(viewer).filter(member=OuterRef("pk"), kind__in=_KINDS)
    rows = people.findable_by(viewer).filter(Exists(met), ~Exists(connected), Exists(reach)).exclude(pk=me.pk)
    last = cursor.unpack(after, 1)[0] if after else 0
    page: list[Member] = []
    # Whether there is a next page depends on those who are shown alone: one who only hides such an address moves
    # nothing that could be seen.
    while len(page) <= PAGE and (some := list(rows.filter(pk__gt=last).order_by("pk")[:STRETCH])):
        page += _still_so(viewer, some)
        last = some[-1].pk
    return page[:PAGE], cursor.pack(page[PAGE - 1].pk) if len(page) > PAGE else ""


def _still_so(viewer: Viewer, page: list[Member]) -> list[Member]:
    """Those who show her, today, an address she seeks."""
    shown: dict[int, set[bytes]] = {}
    for contact in Contact.objects.visible_to(viewer).filter(member__in=page, kind__in=_KINDS):
        shown.setdefault(contact.member_id, set()).update(prints_in(contact))
    every = {each for prints in shown.values() for each in prints}
    mine = Sought.objects.filter(member=viewer.me, print__in=every).values_list("print", flat=True)
    wanted = {bytes(each) for each in mine}
    return [person for person in page if wanted & shown.get(person.pk, set())]


def forget(member: Member) -> None:
    """Delete every fingerprint of hers, at once, and whom they led to."""
    Met.objects.filter(member=member).delete()
    Sought.objects.filter(member=member).delete()
