"""A past in which clocks go too: what verbs write down as this moment is some days ago."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from collegium.lib import clock
from collegium.portability.demo.showing.people import Stage


@contextmanager
def then(stage: Stage, days: float) -> Iterator[None]:
    """Within, rows have keys of so many days ago, and whoever asks for the time is told so."""
    with stage.past.ago(days=days), clock.at(stage.past.now - timedelta(days=days)):
        yield
