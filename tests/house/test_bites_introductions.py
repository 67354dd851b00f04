"""The table of introductions bites: with a piece of its rules planted away, at least one of its cells is wrong.

Who has the letter's page, finds it in a list, is told of it and has it counted, and which of the words she reads; of
the three who have a part in it, of a stranger and of one whom the asker blocked; before any listener has heard of the
last step, since rights are judged when read.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from collegium.introductions import actions, beginning, consent
from collegium.introductions.models import Introduction, IntroductionQuerySet
from collegium.introductions.tests import scene
from collegium.introductions.tests.test_consent import AFTER, is_open, met
from collegium.introductions.tests.test_visibility import LISTS, ROOT, WORDS
from collegium.messaging.actions import people
from collegium.network import actions as network
from collegium.network.tests.reading import read
from collegium.testing.cast import Cast
from collegium.ties.models import Block, Disclaimer

TOLD = "asks you for an introduction|introduces|would like to meet"
NAMES = ("ada", "bo", "cy", "di", "ed")
Hear = Callable[[], None]


def forwarded(cast: Cast, hear: Hear) -> Introduction:
    row = scene.forwarded(cast)
    hear()
    return row


def after(step: Callable[[Cast, Introduction], Any], begin: str = "forwarded") -> Callable[[Cast, Hear], Introduction]:
    """Something happens to a letter of which everybody has heard; and nobody has heard of that yet."""

    def made(cast: Cast, hear: Hear) -> Introduction:
        row = scene.stage(cast, begin)
        hear()
        found = step(cast, Introduction.objects.with_people().get(pk=row.pk))
        return found if isinstance(found, Introduction) else row

    return made


def hide_lists(cast: Cast, _row: Introduction) -> None:
    for person in (cast.bo, cast.cy):
        type(person).objects.filter(pk=person.pk).update(connections_audience=4)


SCENES: dict[str, Callable[[Cast, Hear], Introduction]] = {
    "asked": after(lambda cast, row: row, "asked"),
    "kept": after(lambda cast, row: actions.decline(row, by=cast.bo), "asked"),
    "forwarded": after(lambda cast, row: row),
    "declined": after(lambda cast, row: actions.decline(row, by=cast.cy)),
    "accepted": after(lambda cast, row: row, "accepted"),
    "disclaimed": after(lambda cast, row: Disclaimer.objects.create(member=cast.cy, stranger=cast.ada) and None),
    "run out": after(lambda cast, row: scene.made_ago(row, timedelta(days=31))),
    "withdrawn": after(lambda cast, row: actions.withdraw(row, by=cast.ada)),
    "lists hidden": after(hide_lists),
    "Cy blocks Ada": after(lambda cast, row: network.block(cast.cy, cast.ada) and None),
    "met, and Cy blocks Ada": after(lambda cast, row: network.block(cast.cy, cast.ada) and None, "accepted"),
    "met, and Cy leaves": after(lambda cast, row: people.leave(scene.talk(row), by=cast.cy) and None, "accepted"),
}
# P page, L listed, T told, then how many are counted, then the words.
TABLE: dict[str, tuple[str, ...]] = {
    "asked": ("PL 0 to bo+to cy", "PLT 1 to bo+to cy", "- 0", "- 0", "- 0"),
    "kept": ("PL 0 to bo+to cy", "- 0", "- 0", "- 0", "- 0"),
    "forwarded": ("PL 0 to bo+to cy", "PL 0 to bo+edited+cover", "PLT 1 edited+cover", "- 0", "- 0"),
    "declined": ("PL 0 to bo+to cy", "PL 0 to bo+edited+cover", "- 0", "- 0", "- 0"),
    "accepted": ("PLT 0 edited", "PLT 0 edited+cover", "PL 0 edited+cover", "- 0", "- 0"),
    "disclaimed": ("PL 0 to bo+to cy", "PL 0 to bo+edited+cover", "- 0", "- 0", "- 0"),
    "run out": ("PL 0 to bo+to cy", "- 0", "- 0", "- 0", "- 0"),
    "withdrawn": ("- 0", "- 0", "- 0", "- 0", "- 0"),
    "lists hidden": ("- 0", "PL 0 to bo+edited+cover", "PLT 1 edited+cover", "- 0", "- 0"),
    "Cy blocks Ada": ("- 0", "- 0", "- 0", "- 0", "- 0"),
    "met, and Cy blocks Ada": ("PL 0 edited", "PLT 0 edited+cover", "PL 0 cover", "- 0", "- 0"),
    "met, and Cy leaves": ("PLT 0 edited", "PLT 0 edited+cover", "- 0", "- 0", "- 0"),
}


def cell(cast: Cast, name: str, row: Introduction) -> str:
    """What one person has of it: of the letter, or of the conversation to which its address leads."""
    client = cast.client(name)
    page = client.get(row.path)
    shown = client.get(page["Location"]) if page.status_code == 302 else page
    lists = [client.get(f"{ROOT}{each}").text for each in LISTS]
    talk = Introduction.objects.get(pk=row.pk).conversation_id
    listed = any(row.path in text or f'data-introduction="{row.pk}"' in text for text in lists)
    listed = listed or f'href="/messages/{talk}/"' in client.get("/messages/").text
    told = re.search(TOLD, read(client.get("/notifications/"))) is not None
    counted = re.search(r"\d+", read(client.get(f"{ROOT}badge/", headers={"HX-Request": "true"})))
    words = "+".join(key for key, text in WORDS.items() if shown.status_code == 200 and text in read(shown))
    flags = "".join(flag for flag, there in zip("PLT", (page.status_code != 404, listed, told), strict=True) if there)
    return f"{flags or '-'} {counted[0][0] if counted else 0} {words}".strip()


def fill(cast: Cast, hear: Hear, name: str) -> tuple[str, ...]:
    row = SCENES[name](cast, hear)
    return tuple(cell(cast, each, row) for each in NAMES)


@pytest.mark.parametrize("name", SCENES)
def test_the_table_is_right(cast: Cast, hear: Hear, name: str) -> None:
    assert fill(cast, hear, name) == TABLE[name]


def every_asked(viewer: Any, rows: Any) -> list[Introduction]:
    return [row for row in rows if row.asker_id == viewer.id]


def arrived(rows: IntroductionQuerySet, member: Any) -> IntroductionQuerySet:
    """`arrived` whoever she said not to know."""
    return rows.alive().filter(target=member, state__in=["forwarded", "declined"])


def every_talk(rows: IntroductionQuerySet, viewer: Any) -> IntroductionQuerySet:
    """`begun` without who is in the conversation."""
    return rows.filter(state="accepted")


class Everybody(tuple[int, ...]):
    """Whose words one reads where no block is asked for."""

    __slots__ = ()

    def __contains__(self, key: object) -> bool:
        return True


def unparted(viewer: Any, conversation: int, _met: Any) -> Any:
    """What stands above a conversation, whomever a block takes away."""
    return beginning.beginning(viewer, conversation, Everybody())


ROWS = "collegium.introductions.models.IntroductionQuerySet."
ABOVE = "collegium.messaging.reading.beginnings.providers"
NO_BLOCKS = ("collegium.introductions.models.blocks_between", lambda *pair: Block.objects.none())
# What is planted where, and the scene whose cells must show it.
FAULTS: dict[str, tuple[tuple[str, Any], str]] = {
    "a block is not asked for": (NO_BLOCKS, "Cy blocks Ada"),
    "letters of whom one blocked stand there": ((ABOVE, [unparted]), "met, and Cy blocks Ada"),
    "the asker reads what was for the other": (
        ("collegium.introductions.beginning._cover", lambda viewer, row: ("", row.cover)),
        "accepted",
    ),
    "hidden edges are told": (("collegium.introductions.letters.as_asked", every_asked), "lists hidden"),
    "whom one does not know arrives": ((ROWS + "arrived", arrived), "disclaimed"),
    "a declined letter waits": ((ROWS + "to", lambda rows, member: rows.arrived(member)), "declined"),
    "nothing runs out": (("collegium.introductions.models.EXPIRES_AFTER", timedelta(days=99)), "run out"),
    "everybody is in every conversation": ((ROWS + "begun", every_talk), "accepted"),
    "who left is still there": ((ROWS + "begun", every_talk), "met, and Cy leaves"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_shows(cast: Cast, hear: Hear, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    (where, planted), name = FAULTS[fault]
    row = SCENES[name](cast, hear)
    monkeypatch.setattr(where, planted)
    assert tuple(cell(cast, each, row) for each in NAMES) != TABLE[name]


def without(kind: str) -> tuple[str, ...]:
    return tuple(each for each in consent.ENDS if each != kind)


# The same for the door that a yes opens: which step after it is forgotten.
FORGOTTEN = {
    "Cy chooses anew": "network.door_set",
    "Ada chooses anew": "network.door_set",
    "Cy blocks Ada and thinks better of it": "network.blocked",
}


@pytest.mark.parametrize("after_that", FORGOTTEN)
def test_a_door_that_forgets_shows(cast: Cast, monkeypatch: pytest.MonkeyPatch, after_that: str) -> None:
    row = met(cast)
    step, expected = AFTER[after_that]
    step(cast, row)
    monkeypatch.setattr(consent, "ENDS", without(FORGOTTEN[after_that]))
    assert f"{int(is_open(cast.ada, cast.cy))}{int(is_open(cast.cy, cast.ada))}" != expected
