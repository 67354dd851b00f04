"""Voice notes: recorded in a browser, made anew by a process that may be killed."""

import json
import sys
import threading
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _lazy

from collegium.lib import children
from collegium.lib.refusal import Refusal
from collegium.messaging.files.measures import MOST_SECONDS, OUTPUT, STEPS

ENDING, CONTENT_TYPE, NAME = ".m4a", "audio/mp4", "voice.m4a"
# What browsers record: five minutes of it are a fifth of this.
MOST_BYTES = 25 * 1024 * 1024
MINUTES = 5
SECONDS = 60
AT_ONCE, PATIENCE = 2, 5

_PROBLEMS: dict[str, str | Promise] = {
    "empty": _lazy("Nothing was recorded. Please try again."),
    "short": _lazy("This recording is too short to hear anything. Please try again."),
    "long": _lazy("A voice note has room for five minutes. Please send a shorter one, or several."),
    "picture": _lazy("This is a video. A voice note holds sound alone; a video can be sent as a file."),
    "heavy": _lazy("This recording is too large for a voice note. Please send it as a file."),
    "broken": _lazy("This recording could not be read. Please record it again."),
    "slow": _lazy("This recording took too long to prepare. Please record a shorter one."),
    "busy": _lazy("Many recordings are being prepared at this moment. Please try again in a few seconds."),
}
_places = threading.BoundedSemaphore(AT_ONCE)
_COMMAND = [sys.executable, "-E", "-s", "-m", "collegium.messaging.files.voice_child"]
# Nothing of ours is inherited: no address of the database, no secret.
_ENVIRONMENT = {"MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1"}


class Recorded(NamedTuple):
    """What came of it: the file, how long it is, how loud it is in 48 steps."""

    content: bytes
    seconds: float
    peaks: list[int]


class UnusableVoiceError(Refusal):
    """No voice note came of it, with a sentence for the one who recorded."""

    def __init__(self, problem: str) -> None:
        super().__init__(str(_PROBLEMS.get(problem, _PROBLEMS["broken"])))
        self.problem = problem


def make(path: Path) -> Recorded:
    """Make a recording anew.

    Raises:
        UnusableVoiceError: nothing came of it; `problem` is "busy" when it is worth trying again.
    """
    if path.stat().st_size > MOST_BYTES:
        raise UnusableVoiceError("heavy")
    try:
        with children.place(_places, PATIENCE), path.open("rb") as file:
            answer = children.ask(
                _COMMAND, file, seconds=SECONDS, most=OUTPUT, environment=_ENVIRONMENT, name="a voice note"
            )
    except children.ChildError as none:
        raise UnusableVoiceError(none.problem) from None
    return _read(answer.written)


def _read(written: bytes) -> Recorded:
    """Take the child's answer apart, believing nothing of it."""
    line, newline, content = written.partition(b"\n")
    try:
        said: Any = json.loads(line) if newline else {}
        if problem := said.get("problem"):
            raise UnusableVoiceError(str(problem))
        seconds, peaks = float(said["seconds"]), [int(peak) for peak in said["peaks"]]
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        raise UnusableVoiceError("broken") from None
    whole = 0 < seconds <= MOST_SECONDS + 1 and len(peaks) == STEPS and all(0 <= peak <= 100 for peak in peaks)
    if not whole or content[4:8] != b"ftyp" or len(content) > OUTPUT:
        raise UnusableVoiceError("broken")
    return Recorded(content, seconds, peaks)
