"""The tables of standing bite: it is a member's own and the operators', and to everybody else it does not exist.

Each fault names the rows that must show it; a row that no fault bends would prove nothing, and is looked for as well.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet

from collegium.accounts.models import User
from collegium.audience.viewer import Viewer
from collegium.conduct import actions, notices, reading, rules, views
from collegium.conduct.account import Ledger
from collegium.conduct.models import Appeal, Restriction, RestrictionQuerySet
from collegium.journal.record import record
from collegium.lib import clock
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.notifications.tell import notify
from collegium.testing.cast import Cast
from tests.house.planting import anew  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("anew")

PAGE = "/network/standing/"
WORDS = "Twelve offers in a day."
PLEA = "They were twelve friends."
MISSING = 404
NAMES = ("ada", "bo", "cy", "di", "ed", "eve", "flo", "hal", "nobody")
#        ada bo cy di ed eve flo hal nobody
MINE = " 1   0  0  0  0  0   0   0   0"
OWNERS = "0  1  0  0  0  0   0   0   0"
NONE = " 0   0  0  0  0  0   0   0   0"

Hear = Callable[[], object]


def row(cells: Iterable[object]) -> str:
    return " ".join(str(int(bool(cell))) for cell in cells)


def say(pattern: str) -> str:
    return " ".join(pattern.split())


def pages(cast: Cast, address: str) -> list[str]:
    """What each of them reads there."""
    return [cast.client(name).get(address).content.decode() for name in NAMES]


def member_of(cast: Cast, name: str) -> Member | None:
    return cast.viewer(name).member


def shown(kind: str, viewer: Viewer, subjects: Collection[int]) -> bool:
    """Whether a notice of this kind would be read to the viewer."""
    return bool(next(each for each in notices.KINDS if each.name == kind).visible(viewer, subjects))


def table(cast: Cast, hear: Hear) -> dict[str, str]:
    """Ada, who has asked Di, is restricted; Bo runs the network. Who sees what of it, and may do what."""
    User.objects.filter(pk=cast.bo.user_id).update(role=User.Role.OWNER)
    network.invite(cast.ada, cast.di, note="Tides.")
    until = clock.now() + timedelta(days=14)
    made = actions.restrict(cast.ada, by=None, reason=Restriction.Reason.ADVERTISING, until=until, words=WORDS)
    assert made is not None
    hear()
    eyes = [cast.viewer(name) for name in NAMES]
    read = pages(cast, PAGE)
    found = {
        "the restriction on one's page": row(WORDS in page for page in read),
        "the account on one's page": row("You invited Di Varga" in page for page in read),
        "it keeps from inviting": row(
            member is not None and reading.standing(member).restriction is not None
            for member in (member_of(cast, name) for name in NAMES)
        ),
        "the words on her profile": row(WORDS in page for page in pages(cast, cast.ada.path)),
        "told of it": row(member and tells(member, "conduct.restricted") for member in members(cast)),
        "the notice is read": row(shown("conduct.restricted", viewer, [made.pk]) for viewer in eyes),
        "may restrict her": row(member and rules.may_restrict(member, cast.ada) for member in members(cast)),
        "may appeal": row(member and rules.may_appeal(member, made) for member in members(cast)),
    }
    address = f"{made.path}appeal/"
    # Ada last: her appeal is the one there can be.
    answers = {name: cast.client(name).post(address, {"words": PLEA}) for name in reversed(NAMES)}
    # Who is signed out is sent to the door, whatever the number is.
    found["the appeal is there"] = row(
        answers[name].status_code != MISSING and "login" not in answers[name].get("Location", "") for name in NAMES
    )
    hear()
    found["appealed"] = row(PLEA in page for page in pages(cast, PAGE))
    found["told of the appeal"] = row(member and tells(member, "conduct.appealed") for member in members(cast))
    found["the notice of the appeal is read"] = row(shown("conduct.appealed", viewer, [made.pk]) for viewer in eyes)
    assert Appeal.objects.filter(restriction=made).count() == 1
    return found


def members(cast: Cast) -> list[Member | None]:
    return [member_of(cast, name) for name in NAMES]


def tells(member: Member, kind: str) -> bool:
    return bool(member.notifications.filter(kind=kind).exists())


EXPECTED = {
    "the restriction on one's page": MINE,
    "the account on one's page": MINE,
    "it keeps from inviting": MINE,
    "the words on her profile": NONE,
    "told of it": MINE,
    "the notice is read": MINE,
    "may restrict her": OWNERS,
    "may appeal": MINE,
    "the appeal is there": MINE,
    "appealed": MINE,
    "told of the appeal": OWNERS,
    "the notice of the appeal is read": OWNERS,
}


def test_the_table_is_right(cast: Cast, hear: Hear) -> None:
    assert table(cast, hear) == {name: say(pattern) for name, pattern in EXPECTED.items()}


Plant = Callable[[pytest.MonkeyPatch], None]


def put(where: object, name: str, made: Any) -> Plant:
    """A fault in place of something."""
    return lambda monkeypatch: monkeypatch.setattr(where, name, made)


def of_anybody(rows: RestrictionQuerySet, member: Member) -> QuerySet[Restriction]:
    """`of`, which forgets of whom."""
    return rows.order_by("-id")


def by_number(model: Any, *args: object, member: Member, **named: object) -> Any:
    """`get_object_or_404`, which asks for the number alone."""
    return model.objects.get(**named)


def of_the_first(member: Member) -> Ledger:
    """`ledger`, kept for whoever asked first."""
    return LEDGER(Member.objects.get(name="Ada Lindqvist"))


def to_all(people: Iterable[int], **about: Any) -> None:
    """`notify`, which tells everybody."""
    notify(Member.objects.values_list("pk", flat=True), **about)


def any_of_them(viewer: Viewer, subjects: Collection[int]) -> dict[int, Restriction]:
    """What a notice is about, whoever reads it."""
    return Restriction.objects.in_bulk(subjects)


def kinds_seen_by_all() -> list[Any]:
    return [type(each)(each.name, each.icon, each.phrase, each.path, any_of_them) for each in notices.KINDS]


def reveal(kind: str, **about: Any) -> None:
    """`record`, which writes the reason where everybody reads."""
    record(kind, **about)
    if kind == "conduct.restricted":
        Member.objects.filter(pk=about["member"]).update(headline=about["subject"].words)


LEDGER = reading.ledger

FAULTS: dict[str, tuple[Plant, frozenset[str]]] = {
    "restrictions are asked for without their member": (
        put(RestrictionQuerySet, "of", of_anybody),
        frozenset({"the restriction on one's page", "it keeps from inviting", "appealed"}),
    ),
    "an appeal asks for the number alone": (
        put(views, "get_object_or_404", by_number),
        frozenset({"the appeal is there"}),
    ),
    "whoever is here may appeal": (put(rules, "may_appeal", lambda by, row: True), frozenset({"may appeal"})),
    "whoever is here may restrict": (
        put(rules, "may_suspend", lambda by, member: True),
        frozenset({"may restrict her"}),
    ),
    "the account is kept for whoever asked first": (
        put(reading, "ledger", of_the_first),
        frozenset({"the account on one's page"}),
    ),
    "everybody is told": (put(notices, "notify", to_all), frozenset({"told of it", "told of the appeal"})),
    "a notice is read by whom it reaches": (
        lambda monkeypatch: monkeypatch.setattr(notices, "KINDS", kinds_seen_by_all()),
        frozenset({"the notice is read", "the notice of the appeal is read"}),
    ),
    "the reason stands on the profile": (
        put(actions, "record", reveal),
        frozenset({"the words on her profile"}),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_shows(cast: Cast, hear: Hear, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    plant, rows = FAULTS[fault]
    plant(monkeypatch)
    found = table(cast, hear)
    bent = {name for name, pattern in EXPECTED.items() if found[name] != say(pattern)}
    assert bent >= rows


def test_every_row_is_bent_by_a_fault() -> None:
    assert frozenset[str]().union(*(rows for _plant, rows in FAULTS.values())) == EXPECTED.keys()
