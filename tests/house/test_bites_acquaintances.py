"""The table of being found by what others know already bites: with a piece of its rule planted away it is wrong."""

from collections.abc import Callable
from typing import Any

import pytest

from collegium.members import actions as members
from collegium.members.models import Member, MemberQuerySet
from collegium.portability.acquaintances import ways
from collegium.portability.acquaintances.tests.conftest import agree, give
from collegium.testing.cast import Cast

SORTS = ("email", "phone", "profile")
KEYS = [("email", "divarga@example.org"), ("phone", "+491712345678"), ("profile", "di-varga-42")]
LOOKS = ("bo", "cy", "ed")
# What Di agreed to: who of Bo, Cy (whom she blocks) and Ed finds her, by her e-mail address, number and LinkedIn page.
TABLE = {
    "": "000 000 000",
    "email": "100 000 100",
    "phone": "010 000 010",
    "profile": "001 000 001",
    "email phone profile": "111 000 111",
}


def fill(cast: Cast, hear: Callable[[], None]) -> dict[str, str]:
    """The index of fingerprints is always full, so that it decides nothing."""
    from collegium.network import actions as network

    give(cast.di, "phone", "+49 171 2345678")
    give(cast.di, "network", "https://www.linkedin.com/in/di-varga-42/")
    agree(cast.di, email=True, phone=True, profile=True)
    hear()
    network.block(cast.di, cast.cy)
    found = {}
    for agreed in TABLE:
        members.agree(cast.di, **{sort: sort in agreed.split() for sort in SORTS})
        found[agreed] = " ".join(
            "".join(str(int(cast.di.pk in ways.found_by(cast.viewer(name), [ways.print_of(key)]))) for key in KEYS)
            for name in LOOKS
        )
    return found


def test_the_table_is_right(cast: Cast, hear: Callable[[], None]) -> None:
    assert fill(cast, hear) == TABLE


def everybody(viewer: Any) -> MemberQuerySet:
    """`people.findable_by` without its question."""
    return Member.objects.all()


FAULTS: dict[str, tuple[str, Callable[..., Any]]] = {
    "blocks and hidden profiles are not asked for": ("collegium.audience.people.findable_by", everybody),
    "what was agreed once is agreed for good": (
        "collegium.portability.acquaintances.ways.held",
        lambda keys: {key: {ways.print_of(each): each[0] for each in KEYS} for key in keys},
    ),
    "nobody is found": ("collegium.portability.acquaintances.ways.held", lambda keys: {}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_shows(cast: Cast, hear: Callable[[], None], monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    hear()
    monkeypatch.setattr(*FAULTS[fault])
    assert fill(cast, hear) != TABLE
