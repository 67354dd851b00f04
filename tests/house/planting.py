"""Planting a fault: statements written out beforehand are written anew with the fault in them, and without it after."""

import gc
import inspect
import textwrap
from collections.abc import Callable, Iterator
from types import ModuleType

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


def rewritten(module: ModuleType, name: str, right: str, planted: str) -> Callable[[pytest.MonkeyPatch], None]:
    """Plants by writing one function of a module anew with another piece in it.

    Args:
        module: whose function it is, and by whose name it is called.
        name: of the function.
        right: the piece as it stands.
        planted: what stands there instead.
    """

    def plant(patch: pytest.MonkeyPatch) -> None:
        source = textwrap.dedent(inspect.getsource(getattr(module, name)))
        assert right in source, "the fault has no place to be planted in any more"
        names = dict(vars(module))
        exec(compile(source.replace(right, planted), module.__file__ or name, "exec"), names)
        patch.setattr(module, name, names[name])

    return plant
