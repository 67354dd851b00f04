"""Real concurrent transactions: each runner in a thread and a connection of its own, let go at the same moment."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connections


def race(*runners: Callable[[], Any]) -> list[Any]:
    """Run all at once.

    Args:
        runners: what to run; each in its own connection and, where it asks for one, its own transaction.

    Returns:
        What each returned, or the exception it raised, in the order given.
    """
    barrier = Barrier(len(runners))
    outcomes: list[Any] = [None] * len(runners)

    def run(place: int, runner: Callable[[], Any]) -> None:
        try:
            barrier.wait(timeout=10)
            outcomes[place] = runner()
        except Exception as error:  # noqa: BLE001 - the outcome of a race is the thing under test
            outcomes[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place, runner)) for place, runner in enumerate(runners)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not any(thread.is_alive() for thread in threads), "a runner hangs"
    return outcomes
