"""Planting a fault: statements written out beforehand are written anew with the fault in them, and without it after."""

import gc
from collections.abc import Iterator

import pytest

from collegium.lib.statement import Statement


def rewrite() -> None:
    """Let every `Statement` be written out again when it is next asked."""
    for each in gc.get_objects():
        if type(each) is Statement:
            each.__dict__.pop("_written", None)


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """For tests that plant: what is planted reaches the written-out statements, and leaves them afterwards."""
    rewrite()
    yield
    monkeypatch.undo()
    rewrite()
