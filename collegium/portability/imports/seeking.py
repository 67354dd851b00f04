"""People a member knows elsewhere, looked for here without keeping who they are.

What stays of a connection is a fingerprint of her profile address and one of her e-mail address, made with a key that
only this community has. A fingerprint meets a member who agreed to be found by that address (`acquaintances.ways`);
whether she still does, and may turn up before the seeker, is asked anew each time the list is read.
"""

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from collegium.audience.viewer import Viewer
from collegium.lib import cursor
from collegium.members.models import Member
from collegium.portability.acquaintances import rules, spelling, ways
from collegium.portability.acquaintances.models import Lookup
from collegium.portability.imports.models import Met, Sought

PAGE = 30
# Candidates looked at together, of whom a page is made.
STRETCH = 200
# Of one member, whatever she brings; LinkedIn itself ends at thirty thousand connections with two addresses each.
MOST_SOUGHT = 100_000
_CHUNK = 2000


def prints_of(slug: str, email: str) -> list[bytes]:
    """The fingerprints of a connection; none of one without any address.

    Args:
        slug: the end of a LinkedIn address `/in/…`, or "".
        email: an e-mail address, or "".
    """
    given = (("profile", spelling.profile(f"linkedin.com/in/{slug}") if slug else ""), ("email", spelling.email(email)))
    return [ways.print_of(key) for key in given if key[1]]


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
    """Find those whom this member seeks, as many as the day allows, among everybody who agreed to be found."""
    allow(seeker)
    _meet("s.member_id = %s", seeker)


def look_again(owner: int) -> None:
    """Somebody can be found by another address: whoever seeks it meets her now."""
    _meet("w.person_id = %s", owner)


@transaction.atomic
def allow(seeker: int) -> int:
    """Let the next of what she seeks have their day, within the one limit of all she looks for. Returns how many."""
    member = Member.objects.select_for_update(no_key=True).filter(pk=seeker).first()
    left = rules.left_today(member)[0] if member else 0
    waiting = Sought.objects.filter(member=seeker, active=False).order_by("print")
    prints = [bytes(each) for each in waiting.values_list("print", flat=True)[:left]]
    if prints:
        Sought.objects.filter(member=seeker, print__in=prints).update(active=True)
        Lookup.objects.create(member_id=seeker, keys=len(prints), contacts=0, shown=False)
    return len(prints)


def go_on() -> None:
    """Whoever seeks more than a day allows goes on. For the clock."""
    for seeker in Sought.objects.filter(active=False).order_by().values_list("member", flat=True).distinct():
        if allow(seeker):
            _meet("s.member_id = %s", seeker)


def _meet(whose: str, key: int) -> None:
    with connection.cursor() as cur:
        cur.execute(
            f"""INSERT INTO portability_met (member_id, person_id)
            SELECT DISTINCT s.member_id, w.person_id
            FROM portability_way w
            JOIN portability_sought s ON s.print = w.print AND s.active AND s.member_id <> w.person_id
            WHERE {whose}
            ON CONFLICT DO NOTHING""",
            [key],
        )


def to_find(viewer: Viewer, after: str = "") -> tuple[list[Member], str]:
    """The people a member may connect with because she knows them elsewhere, and the cursor of the next page.

    Only those who agreed to be found by what she knows of them, and with whom she is not connected.
    """
    me = viewer.me
    met = Met.objects.filter(member=me, person=OuterRef("pk"))
    rows = ways.unconnected(viewer).filter(Exists(met))
    last = cursor.unpack(after, 1)[0] if after else 0
    page: list[Member] = []
    # Whether there is a next page depends on those who are shown alone: one who no longer agrees moves
    # nothing that could be seen.
    while len(page) <= PAGE and (some := list(rows.filter(pk__gt=last).order_by("pk")[:STRETCH])):
        page += _still_so(viewer, some)
        last = some[-1].pk
    return page[:PAGE], cursor.pack(page[PAGE - 1].pk) if len(page) > PAGE else ""


def _still_so(viewer: Viewer, page: list[Member]) -> list[Member]:
    """Those who are to be found, today, by an address she seeks."""
    shown = ways.held([person.pk for person in page])
    every = {each for prints in shown.values() for each in prints}
    mine = Sought.objects.filter(member=viewer.me, active=True, print__in=every).values_list("print", flat=True)
    wanted = {bytes(each) for each in mine}
    return [person for person in page if wanted & shown.get(person.pk, {}).keys()]


def forget(member: Member) -> None:
    """Delete every fingerprint of hers, at once, and whom they led to."""
    Met.objects.filter(member=member).delete()
    Sought.objects.filter(member=member).delete()
