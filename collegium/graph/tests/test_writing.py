"""Who writes missing files: a page waits for a moment and no longer, whoever has time writes, one at a time."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client

from collegium.graph import base, index, near, writing
from collegium.graph.models import Epoch
from collegium.members.models import Member
from collegium.testing.cast import Cast
from collegium.ties.models import Connection

pytestmark = pytest.mark.django_db(transaction=True)
BOUND = 0.2


class Slow:
    """Stands for the writing of many files: it goes on until it is let."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.begun = 0
        self._really = base.rebuild

    def __call__(self) -> Path:
        self.begun += 1
        self.go.wait(20)
        return self._really()


@pytest.fixture(autouse=True)
def large(settings, tmp_path: Path, monkeypatch, cast: Cast) -> None:
    """The community counts as large, has no files, and lines alone do not tell of it."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(writing, "SMALL", 0)
    monkeypatch.setattr(writing, "PATIENCE", BOUND)
    monkeypatch.setattr(writing, "_beside", writing._Beside())
    monkeypatch.setattr(index, "_index", index.Index())
    Epoch.objects.update(empty=False)


@pytest.fixture
def slow(monkeypatch) -> Iterator[Slow]:
    held = Slow()
    monkeypatch.setattr(base, "rebuild", held)
    yield held
    held.go.set()
    _rest()


def _rest() -> None:
    """Until the thread beside the pages is done."""
    for thread in threading.enumerate():
        if thread.name == "graph files":
            thread.join(20)


def _hurried() -> tuple[str, float]:
    """What becomes of somebody who waits for a page, and how long she did."""
    begun = time.monotonic()
    try:
        with writing.hurried():
            index.view()
    except writing.NotReadyError:
        return "not ready", time.monotonic() - begun
    finally:
        connection.close()
    return "there", time.monotonic() - begun


def test_a_page_waits_no_longer_than_its_bound(slow: Slow) -> None:
    """Whoever comes first waits, all others too, and who comes later is told at once."""
    with ThreadPoolExecutor(6) as pool:
        waited = [each.result(15) for each in [pool.submit(_hurried) for _ in range(6)]]
    assert {word for word, _seconds in waited} == {"not ready"}
    assert max(seconds for _word, seconds in waited) < BOUND + 2
    assert _hurried()[0] == "not ready"
    assert slow.begun == 1
    slow.go.set()
    _rest()
    assert _hurried()[0] == "there"
    assert slow.begun == 1


def test_a_page_says_when_to_come_again(client: Client, cast: Cast, slow: Slow) -> None:
    client.force_login(cast.ada.user)
    page = client.get("/network/picture/")
    assert page.status_code == 503
    assert "being got ready" in page.text
    assert int(page["Retry-After"]) > 0
    slow.go.set()
    _rest()
    assert client.get("/network/picture/").status_code == 200


def test_who_has_written_herself_is_not_kept_either(cast: Cast, slow: Slow) -> None:
    with pytest.raises(writing.NotReadyError), transaction.atomic():  # noqa: PT012 - the end of the block is what fails
        Connection.tie(cast.ada, cast.di)
        with writing.hurried():
            index.view()
    slow.go.set()
    _rest()
    with transaction.atomic(), writing.hurried():
        Connection.tie(cast.ada, cast.di)
        keys = near.first(cast.viewer("ada"), index.view())
        assert Member.objects.filter(pk__in=keys, handle=cast.di.handle).exists()


def test_who_has_time_writes_and_waits(slow: Slow) -> None:
    slow.go.set()
    index.view()
    assert slow.begun == 1
    assert base.latest(Epoch.objects.get().number)


def test_a_small_community_is_not_sent_away(monkeypatch) -> None:
    monkeypatch.setattr(writing, "SMALL", 10_000)
    assert _hurried()[0] == "there"


def test_one_at_a_time_on_a_host(slow: Slow) -> None:
    """A process that waited for its turn finds the files of the other, and writes none of its own."""

    def process() -> None:
        index.Index().view()
        connection.close()

    with ThreadPoolExecutor(3) as pool:
        working = [pool.submit(process) for _ in range(3)]
        time.sleep(BOUND)
        slow.go.set()
        for each in working:
            each.result(15)
    assert slow.begun == 1


def test_a_failure_is_told_to_the_log_and_tried_again(monkeypatch, caplog) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(base, "rebuild", full)
        assert _hurried()[0] == "not ready"
    assert "could not be written" in caplog.text
    # Whoever comes next has them written; a busy machine may need longer for it than a page waits.
    _hurried()
    _rest()
    assert _hurried()[0] == "there"


def test_files_that_are_never_new_enough_do_not_turn_for_ever(monkeypatch) -> None:
    monkeypatch.setattr(index.changes, "TOO_MANY", -1)
    assert index.Index().view().folder is None
