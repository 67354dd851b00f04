"""The tests of uploads and of serving bite: with one guard taken away, what it guards against happens.

Each fault is planted for one question, whose answer is wrong with it and right without it.
"""

import fcntl
import os
from collections.abc import Callable

import pytest

from collegium.members.models import Member
from collegium.testing.cast import Cast
from collegium.uploads import actions, headers, tus
from collegium.uploads import piece as pieces
from collegium.uploads.desk import desk
from collegium.uploads.models import Upload
from collegium.uploads.tests.conftest import Sender, incoming, inside  # noqa: F401 - fixtures

WORDS = b"x" * 30


def begun(cast: Cast) -> tuple[Sender, str]:
    ada = Sender(cast.client("ada"))
    return ada, ada.begin(30).headers["location"]


def somebody_elses(cast: Cast) -> bool:
    """Bo learns how far Ada's upload is."""
    _ada, path = begun(cast)
    return Sender(cast.client("bo")).ask("HEAD", path).status == 200


def from_elsewhere(cast: Cast) -> bool:
    """A page of another site sends in Ada's name."""
    ada, path = begun(cast)
    return ada.piece(path, 0, WORDS, origin="https://evil.example", sec_fetch_site="cross-site").status == 204


def without_token(cast: Cast) -> bool:
    """Somebody sends who never read a page of ours."""
    ada, path = begun(cast)
    return ada.piece(path, 0, WORDS, x_csrftoken=None).status == 204


def after_the_end(cast: Cast) -> bool:
    """What comes after a suspension is acknowledged."""
    ada, path = begun(cast)

    async def ending() -> bytes:
        await desk.ask(lambda: Member.objects.filter(pk=cast.ada.pk).update(standing="suspended"))
        return WORDS[10:20]

    ada.piece(path, 0, [WORDS[:10], ending, WORDS[20:]])
    return Upload.objects.get().offset > 10


def after_a_crash(cast: Cast) -> bool:
    """What was written and never acknowledged stands in the file twice."""
    ada, path = begun(cast)
    with Upload.objects.get().path.open("ab") as file:
        file.write(b"?" * 7)
    ada.piece(path, 0, WORDS)
    return Upload.objects.get().path.read_bytes() != WORDS


def twins(cast: Cast) -> bool:
    """Two pieces for the same place are both written."""
    ada, path = begun(cast)
    statuses: list[int] = []

    async def meanwhile() -> bytes:
        kind = {"upload_offset": 0, "content_type": headers.PIECE_TYPE}
        statuses.append((await ada.asked("PATCH", path, b"y" * 30, **kind)).status)
        return WORDS[10:]

    ada.piece(path, 0, [WORDS[:10], meanwhile])
    return statuses != [423]


def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fcntl, "flock", lambda *_: None)


def appended(monkeypatch: pytest.MonkeyPatch) -> None:
    """A piece is written where the file ends, and not where it was acknowledged to end."""

    def begin(place: pieces.Place, _offset: int) -> None:
        os.lseek(place._handle, 0, os.SEEK_END)

    monkeypatch.setattr(pieces.Place, "begin", begin)


def anybodys(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(session: str, key: str) -> Upload:
        tus.judge(session)
        return Upload.objects.get(key=key)

    monkeypatch.setattr(tus, "find", find)


def unjudged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tus, "go_on", lambda _session, upload, offset: actions.advance(upload, offset))


FAULTS: dict[str, tuple[Callable[[Cast], bool], Callable[[pytest.MonkeyPatch], None]]] = {
    "the owner is not asked for": (somebody_elses, anybodys),
    "the origin is not asked for": (from_elsewhere, lambda patch: patch.setattr(tus, "is_ours", lambda _request: True)),
    "the token is not asked for": (
        without_token,
        lambda patch: patch.setattr(headers, "require_token", lambda _r: None),
    ),
    "nobody is judged while a piece comes": (after_the_end, unjudged),
    "nothing is cut off": (after_a_crash, appended),
    "nothing is locked": (twins, unlocked),
}


@pytest.mark.parametrize("planted", [False, True], ids=["whole", "planted"])
@pytest.mark.parametrize("fault", FAULTS)
def test_each_guard_is_needed(
    fault: str,
    planted: bool,
    cast: Cast,
    inside: None,  # noqa: F811 - the fixture
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pieces, "GATHERED", 10)
    monkeypatch.setattr(pieces, "CHECKPOINT_BYTES", 10)
    happens, plant = FAULTS[fault]
    if planted:
        plant(monkeypatch)
    assert happens(cast) == planted
