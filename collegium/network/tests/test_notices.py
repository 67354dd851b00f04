"""Who hears of what, who does not, and that hearing twice is hearing once."""

from collections.abc import Callable

import pytest

from collegium.journal.models import Entry
from collegium.journal.tasks import tell
from collegium.lib import clock
from collegium.members.models import Member
from collegium.network import actions, notices
from collegium.network.tests.reading import read
from collegium.notifications.models import Notification
from collegium.realtime.models import Line, Poke
from collegium.testing.cast import Cast
from collegium.ties.models import Invitation

Happens = Callable[[Cast, Invitation], object]
# What happens after Flo asked Ada; which kinds each then has in her news; whose open pages look at which topic again.
CASES: dict[str, tuple[Happens, dict[str, set[str]], dict[str, set[str]]]] = {
    "accepted": (
        lambda cast, row: actions.accept(row, by=cast.ada),
        {"flo": {"network.connected"}},
        {"ada": {"invitations", "notifications"}, "flo": {"invitations", "notifications"}},
    ),
    "declined": (
        lambda cast, row: actions.decline(row, by=cast.ada),
        {},
        {"ada": {"invitations", "notifications"}},
    ),
    "disclaimed": (
        lambda cast, row: actions.disclaim(row, by=cast.ada),
        {},
        {"ada": {"invitations", "notifications"}},
    ),
    "answered": (
        lambda cast, row: actions.decline(row, by=cast.ada, reply="Not now."),
        {"flo": {"network.answered"}},
        {"ada": {"invitations", "notifications"}, "flo": {"invitations", "notifications"}},
    ),
    "withdrawn": (
        lambda cast, row: actions.withdraw(row, by=cast.flo),
        {},
        {"ada": {"invitations", "notifications"}},
    ),
    "blocked": (
        lambda cast, row: actions.block(cast.ada, cast.flo),
        {},
        {"ada": {"notifications", "reset"}, "flo": {"invitations", "notifications"}},
    ),
    "taken back": (
        lambda cast, row: actions.reopen(actions.decline(row, by=cast.ada), by=cast.ada),
        {},
        {"ada": {"invitations", "notifications"}},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_who_hears(cast: Cast, case: str, hear: Callable[[], None]) -> None:
    happens, told, poked = CASES[case]
    row = Invitation.objects.with_people().get(sender=cast.flo)
    hear()
    assert kinds_of(cast.ada) >= {"network.invited"}
    Notification.objects.exclude(kind="network.invited").delete()
    Line.objects.bulk_create(
        Line(member=getattr(cast, name), since=clock.now(), seen_at=clock.now()) for name in ("ada", "flo", "bo")
    )
    happens(cast, row)
    hear()
    for name in ("ada", "flo", "bo"):
        person = getattr(cast, name)
        assert kinds_of(person) == told.get(name, set()), name
        topics = set(Poke.objects.filter(member=person).values_list("topic", flat=True))
        assert topics - {"feed"} == poked.get(name, set()), name


def kinds_of(member: Member) -> set[str]:
    return set(Notification.objects.filter(recipient=member).values_list("kind", flat=True))


def test_hearing_twice_is_hearing_once(cast: Cast) -> None:
    actions.accept(Invitation.objects.with_people().get(sender=cast.flo), by=cast.ada)
    entries = list(Entry.objects.order_by("pk").values_list("pk", flat=True))
    for _turn in range(2):
        for key in entries:
            tell(entry=key)
    assert Notification.objects.filter(recipient=cast.flo, kind="network.connected").count() == 1
    assert not Notification.objects.filter(recipient=cast.ada, actor=cast.flo).exists(), "asked and answered"


def test_late_news_of_what_is_over_is_not_told(cast: Cast) -> None:
    """The jobs of a busy hour may run after the fact they tell of has ended."""
    row = Invitation.objects.with_people().get(sender=cast.flo)
    actions.accept(row, by=cast.ada)
    actions.disconnect(cast.ada, cast.flo)
    for entry in Entry.objects.order_by("pk"):
        tell(entry=entry.pk)
    notices.reminded(Entry.objects.get(kind="network.invited", actor=cast.flo.pk))
    assert not Notification.objects.filter(recipient=cast.flo).exists()
    assert not Notification.objects.filter(recipient=cast.ada, actor=cast.flo).exists()


def test_news_of_people_one_no_longer_sees(cast: Cast, hear: Callable[[], None]) -> None:
    """Even a row that nobody took back is not shown."""
    actions.accept(Invitation.objects.with_people().get(sender=cast.flo), by=cast.ada)
    hear()
    flo = cast.client("flo")
    assert "accepted your invitation" in read(flo.get("/notifications/"))
    Member.objects.filter(pk=cast.ada.pk).update(standing=Member.Standing.SUSPENDED)
    assert "accepted your invitation" not in read(flo.get("/notifications/"))


def test_a_note_is_words_and_nothing_else(cast: Cast, hear: Callable[[], None]) -> None:
    note = '<img src=x onerror=alert(1)> {{ 7 * 7 }} "quoted" & \u202eoverride'
    cast.client("di").post("/network/with/ada-lindqvist/invitation/", {"note": note})
    hear()
    ada = cast.client("ada")
    for path in ("/network/", "/notifications/"):
        text = ada.get(path).text
        assert "&lt;img src=x onerror=alert(1)&gt; {{ 7 * 7 }}" in text
        assert "<img src=x" not in text
        assert "\u202e" not in text
