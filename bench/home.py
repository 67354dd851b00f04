"""`bin/bench home`: a home of twenty posts of every form, beside an empty view, and while a video is made beside it."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.load import Result, fetch_all
from bench.site import CLONE, collegium

EMPTY = [("/robots.txt", "")]
FILM_SECONDS, WARM_SECONDS = 30, 3.0
DRAW = "import sys; from pathlib import Path; from bench.videos import draw; draw(Path(sys.argv[1]), int(sys.argv[2]))"
# Over and over, until the home was fetched for long enough; what makes it is what makes the videos of members.
MAKE = """
import sys, tempfile
from pathlib import Path
from django.conf import settings
settings.configure(DATA_DIR=tempfile.gettempdir(), USE_I18N=False)
from bench.videos import make
while True:
    make(Path(sys.argv[1]), int(sys.argv[2]))
"""


def report(data: Path, port: int, seconds: float) -> None:
    """Measure and print.

    Args:
        data: of the network.
        port: where it is served.
        seconds: how long each is fetched, one request at a time.
    """
    made = collegium(data, "shell", "-c", "from bench.ground import homes; homes()", capture=True)
    told: Any = json.loads(made[made.index("{") :])
    homes = [(path, key) for path, key in told["homes"]]
    empty, alone = _fetched(port, EMPTY, seconds), _fetched(port, homes, seconds)
    print("\n".join(table(empty, alone, _beside_a_video(port, homes, seconds), told["queries"])))


def table(empty: Result, alone: Result, beside: Result, queries: float) -> list[str]:
    """The lines to print."""
    lines = [f"\n{'milliseconds':28}{'p50':>9}{'p99':>9}{'x empty':>9}{'pages':>9}"]
    for name, result in (("(empty view)", empty), ("home, mixed", alone), ("home, mixed, beside a video", beside)):
        middle, late = result.at(0.5), result.at(0.99)
        wrong = f"  {result.wrong} answers were not 200" if result.wrong else ""
        times = f"{middle:9.2f}{late:9.2f}{middle / empty.at(0.5):9.1f}"
        lines.append(f"{name:28}{times}{len(result.milliseconds):9}{wrong}")
    slower = beside.at(0.99) / alone.at(0.99)
    return [
        *lines,
        f"{queries:g} statements, {alone.mean_bytes / 1000:.1f} kB sent; p99 beside a video x {slower:.1f}",
    ]


def _fetched(port: int, requests: list[tuple[str, str]], seconds: float) -> Result:
    fetch_all(port, requests, at_once=1, seconds=WARM_SECONDS)
    return fetch_all(port, requests, at_once=1, seconds=seconds)


def _beside_a_video(port: int, homes: list[tuple[str, str]], seconds: float) -> Result:
    with tempfile.TemporaryDirectory() as folder, _making(Path(folder) / "film.mp4"):
        return _fetched(port, homes, seconds)


@contextmanager
def _making(film: Path) -> Iterator[None]:
    """Videos are made from this film for as long as this lasts."""
    given = [str(film), str(FILM_SECONDS)]
    subprocess.run([sys.executable, "-c", DRAW, *given], cwd=CLONE, check=True)
    maker = subprocess.Popen([sys.executable, "-c", MAKE, *given], cwd=CLONE)
    try:
        yield
        if maker.poll() is not None:
            sys.exit("No video could be made; without one there is nothing to compare with.")
    finally:
        maker.terminate()
        maker.wait(30)
