"""The tables of reaching strangers bite: keys, doors and the account of cold messages are a member's own affair.

Each fault names the rows that must show it; a row that no fault bends would prove nothing, and is looked for as well.
"""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.conduct.tests.test_standing import joined_ago
from collegium.journal.models import Entry
from collegium.lib import clock
from collegium.members.models import Member, MemberQuerySet
from collegium.reach import actions, keys, ledger, reading, rules, views
from collegium.reach.account import Cause, Event, What
from collegium.reach.models import Key, Welcome
from collegium.reach.purposes import Purpose
from collegium.reach.tests.scene import DAY, approach
from collegium.reach.tests.test_reach import condemned
from collegium.testing.cast import Cast, make_member
from tests.house.planting import anew  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("anew")

PAGE, ACCOUNT = "/settings/contact/", "/settings/contact/account/"
MISSING = 404
NAMES = ("ada", "bo", "cy", "di", "ed", "eve", "flo", "hal", "nobody")
#        ada bo cy di ed eve flo hal nobody
MINE = " 1   0  0  0  0  0   0   0   0"
NONE = " 0   0  0  0  0  0   0   0   0"
USED = " 0   0  0  1  0  0   0   0   0"


def row(cells: Iterable[object]) -> str:
    return " ".join(str(int(bool(cell))) for cell in cells)


def say(pattern: str) -> str:
    return " ".join(pattern.split())


def members(cast: Cast) -> list[Member | None]:
    return [cast.viewer(name).member for name in NAMES]


def opens(key: Key, of: Member, by: Member | None) -> bool:
    return by is not None and keys.opens(key.code, of=of, by=by)


def pages(cast: Cast, address: str) -> list[str]:
    return [cast.client(name).get(address).content.decode() for name in NAMES]


def hinders(sender: Member, recipient: Member, purpose: str = "other") -> bool:
    return rules.hindrance_to_approaching(sender, recipient, purpose=purpose) is not None


def table(cast: Cast) -> dict[str, str]:
    """Ada has handed out keys, closed a door, and written to strangers. Who sees what of it, and who is kept out."""
    single = actions.make_key(cast.ada, label="Single", most=1, ends_at=None)
    gone = actions.make_key(cast.ada, label="Gone", most=9, ends_at=None)
    over = actions.make_key(cast.ada, label="Over", most=9, ends_at=clock.now() - DAY)
    keys.use(single.code, of=cast.ada, by=cast.di)
    party = actions.make_key(cast.ada, label="Party", most=9, ends_at=None)
    for guest in (cast.ed, cast.eve, cast.bo):
        keys.use(party.code, of=cast.ada, by=guest)
    actions.revoke_key(gone, by=cast.ada)
    actions.choose_welcome(cast.ada, doors=dict.fromkeys(Purpose.values, Welcome.Door.CLOSED), groups="nobody")
    approach(cast.ada, cast.cy.pk, clock.now() - DAY, 1)
    shown = pages(cast, PAGE)
    account = pages(cast, ACCOUNT)
    answers = [cast.client(name).post(f"{PAGE}keys/{party.pk}/revocation/") for name in reversed(NAMES)][::-1]
    return {
        "the code on one's page": row(keys.spoken(single.code) in page for page in shown),
        "a revoked code on one's page": row(keys.spoken(gone.code) in page for page in shown),
        "the account": row("You wrote to Cy Tanaka" in page for page in account),
        "people out of sight by name": row(
            any("Ed Novak" in part.partition("</p>")[0] for part in page.split("contact-key-people")[1:])
            for page in shown
        ),
        "who may revoke": row(
            answer.status_code != MISSING and "login" not in answer.get("Location", "") for answer in answers
        ),
        "the used-up key opens": row(opens(single, cast.ada, by) for by in members(cast)),
        "the revoked key opens": row(opens(gone, cast.ada, by) for by in members(cast)),
        "the key that is over opens": row(opens(over, cast.ada, by) for by in members(cast)),
        "the key opens another's door": row(opens(single, cast.flo, by) for by in members(cast)),
        "written to through a closed door": row(
            not hinders(joined_ago(make_member("Ray Holt"), 9 + n), cast.ada, purpose)
            for n, purpose in enumerate(Purpose.values)
        ),
        "with nothing left": row(_spent(cast)),
        "on the first day": row([not hinders(make_member("New Today"), cast.di)]),
        "after four verdicts": row([_left_after(4), _left_after(2)]),
    }


def _spent(cast: Cast) -> list[bool]:
    """Whether one more may be written after one to four."""
    me = joined_ago(make_member("Jo Berg"), 9)
    found = []
    for n in range(4):
        approach(me, cast.cy.pk, clock.now(), 100 + n)
        found.append(not hinders(me, cast.di))
    return found


def _left_after(voices: int) -> bool:
    """Whether anything was left on the Monday that counted."""
    me = joined_ago(make_member("Jo Berg"), 200)
    condemned(me, "pitch", voices, request=Entry.objects.count() * 1000)
    return Cause.CONDEMNED not in {line.cause for line in reading.cold(me).lines}


EXPECTED = {
    "the code on one's page": MINE,
    "a revoked code on one's page": NONE,
    "the account": MINE,
    "people out of sight by name": NONE,
    "who may revoke": MINE,
    "the used-up key opens": USED,
    "the revoked key opens": NONE,
    "the key that is over opens": NONE,
    "the key opens another's door": NONE,
    "written to through a closed door": "0 0 0 0 0",
    "with nothing left": "1 1 1 0",
    "on the first day": "0",
    "after four verdicts": "0 1",
}


def test_the_table_is_right(cast: Cast) -> None:
    assert table(cast) == {name: say(pattern) for name, pattern in EXPECTED.items()}


Plant = Callable[[pytest.MonkeyPatch], None]


def put(where: object, name: str, made: Any) -> Plant:
    """A fault in place of something."""
    return lambda monkeypatch: monkeypatch.setattr(where, name, made)


def keys_of_all(viewer: Viewer) -> list[reading.Given]:
    """`keys`, which forgets whose, and that some were revoked."""
    return [reading.Given(key, []) for key in Key.objects.select_related("owner")]


def account_of_the_first(_member: Member, _happened: object) -> Any:
    first = Member.objects.get(name="Ada Lindqvist")
    return ACCOUNT_OF(first, reading.events(first.pk))


def by_number(model: Any, *args: object, owner: Member, **named: object) -> Any:
    return model.objects.get(**named)


def whoever(member: Member, key: Key) -> bool:
    return True


def not_counted(row: Key, by: Member) -> bool:
    """`_lets_in`, which looks at everything but the number of people."""
    return row.revoked_at is None and (row.ends_at is None or row.ends_at > clock.now())


def counted_alone(row: Key, by: Member) -> bool:
    """`_lets_in`, which looks at the number alone."""
    return LETS_IN(Key(pk=row.pk, most=row.most, uses=row.uses), by)


def of_anybody(code: str, *, of: Member, by: Member) -> bool:
    """`opens`, which forgets whose key it is."""
    return OPENS(code, of=Key.objects.get(code=keys.typed(code)).owner, by=by)


def everybody(viewer: Viewer) -> MemberQuerySet:
    return Member.objects.all()


def deaf(self: Any, event: Event) -> None:
    """`said`, which hears nothing."""


ACCOUNT_OF, LETS_IN, OPENS = reading._account, keys._lets_in, keys.opens

FAULTS: dict[str, tuple[Plant, frozenset[str]]] = {
    "keys are asked for without their owner": (
        put(reading, "keys", keys_of_all),
        frozenset({"the code on one's page", "a revoked code on one's page"}),
    ),
    "the account is kept for whoever asked first": (
        put(reading, "_account", account_of_the_first),
        frozenset({"the account"}),
    ),
    "names are not judged": (put(people, "visible_to", everybody), frozenset({"people out of sight by name"})),
    "a key is asked for by its number alone": (
        lambda monkeypatch: (
            monkeypatch.setattr(views, "get_object_or_404", by_number),
            monkeypatch.setattr(rules, "may_keep_key", whoever),
        )[0],
        frozenset({"who may revoke"}),
    ),
    "a key counts nobody": (put(keys, "_lets_in", not_counted), frozenset({"the used-up key opens"})),
    "a key never ends": (
        put(keys, "_lets_in", counted_alone),
        frozenset({"the revoked key opens", "the key that is over opens"}),
    ),
    "a key opens every door": (put(keys, "opens", of_anybody), frozenset({"the key opens another's door"})),
    "doors are always open": (
        put(reading, "takes", lambda row, purpose: True),
        frozenset({"written to through a closed door"}),
    ),
    "the budget is not asked": (put(rules, "_spent", lambda stands: None), frozenset({"with nothing left"})),
    "the first day is like any": (put(rules, "_too_new", lambda sender: None), frozenset({"on the first day"})),
    "verdicts are not heard": (
        lambda monkeypatch: monkeypatch.setitem(ledger.ENTER, What.CONDEMNED, deaf),
        frozenset({"after four verdicts"}),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_shows(cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    plant, rows = FAULTS[fault]
    plant(monkeypatch)
    found = table(cast)
    assert {name for name, pattern in EXPECTED.items() if found[name] != say(pattern)} >= rows


def test_every_row_is_bent_by_a_fault() -> None:
    assert frozenset[str]().union(*(rows for _plant, rows in FAULTS.values())) == EXPECTED.keys()
