"""Starting the process that opens a video, listening to it, and ending it; and the sentences for what it says."""

import json
import logging
import math
import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# How long it may say nothing at all.
SILENCE = 300

PROBLEMS: dict[str, str | Promise] = {
    "empty": _("The file is empty. Please choose a video."),
    "unknown": _("This is not a video that can be read here. Please use MP4, MOV, WebM or MKV."),
    "broken": _("The video is damaged or incomplete. Please try another file."),
    "crowded": _("The file holds too many tracks. Please export it with one picture and one sound track."),
    "silent": _("There is nothing to see in this file. Please choose a video."),
    "sound_only": _("This file holds sound, but no picture. Please choose a video."),
    "codec": _(
        "The picture is coded in a way that is not read here. Please export it as H.264; HEVC, VP8, VP9, AV1 and "
        "MPEG-4 are read too."
    ),
    "audio_codec": _(
        "The sound is coded in a way that is not read here. Please export it as AAC; Opus, Vorbis and MP3 are read too."
    ),
    "huge": _("The picture is larger than 4K (4096 by 2304 pixels). Please export it smaller."),
    "small": _("The picture is too small. It needs at least 16 by 16 pixels."),
    "fast": _("The video has more than 240 pictures a second. Please export it with 60 or fewer."),
    "long": _("The video is longer than 60 minutes. Please choose a shorter one, or post it in parts."),
    "slow": _("The video took too long to prepare. Please export it as H.264, at 1080p or smaller, and try again."),
    "busy": _("Many videos are being looked at in this moment. Please try again in a few seconds."),
    "gone": _("The file is no longer here. Please choose it again."),
    "stuck": _("The video could not be prepared, and the fault was ours. Please try it again."),
}
log = logging.getLogger(__name__)
_CLONE = Path(__file__).resolve().parents[2]
_COMMAND = [sys.executable, "-E", "-s", "-m", "collegium.media.video_child"]
# Nothing of ours is inherited: no address of the database, no secret.
_ENVIRONMENT = {"MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1"}
_LINE = 4096


class UnusableVideoError(Exception):
    """No video came of it. Shown as a sentence for the person who uploaded it."""

    def __init__(self, problem: str) -> None:
        super().__init__(str(PROBLEMS[problem]))
        self.problem = problem


class StoppedError(Exception):
    """Whoever wanted it does not want it now."""


class Process:
    """One process, and what it says; it is dead afterwards, one way or the other."""

    def __init__(self, path: Path, request: dict[str, Any], files: Sequence[IO[bytes]]) -> None:
        self.path, self.request, self.files = path, request, files
        self.said: dict[str, Any] = {}

    def hear(self, patience: float, tell: Callable[[float], None] | None = None) -> dict[str, Any]:
        """Start it and listen to its end.

        Args:
            patience: seconds for all of it.
            tell: called with the share that is done.

        Raises:
            UnusableVideoError: it said so, or ended without saying anything.
        """
        numbers = [file.fileno() for file in self.files]
        command = [*_COMMAND, json.dumps(self.request), *map(str, numbers)]
        try:
            given = self.path.open("rb")
        except FileNotFoundError:
            raise UnusableVideoError("gone") from None
        with given, tempfile.TemporaryFile() as complaints:
            child = subprocess.Popen(
                command,
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=complaints,
                env=_ENVIRONMENT,
                cwd=_CLONE,
                pass_fds=numbers,
            )
            try:
                in_time = self._listen(child, patience, tell)
            finally:
                child.kill()
                child.wait()
                if child.stdout is not None:
                    child.stdout.close()
            self._judge(child, complaints, in_time=in_time)
        return self.said

    def _judge(self, child: "subprocess.Popen[bytes]", complaints: IO[bytes], *, in_time: bool) -> None:
        """Say what went wrong, when something did."""
        problem = self.said.get("problem")
        if problem is not None:
            raise UnusableVideoError(problem if isinstance(problem, str) and problem in PROBLEMS else "broken")
        if not in_time:
            raise UnusableVideoError("slow")
        if not ({"made"} if self.files else {"facts"}) & set(self.said):
            complaints.seek(0)
            words = complaints.read(2000).decode(errors="replace")
            log.warning("the process of a video ended with %s: %s", child.returncode, words)
            # The kernel kills a process that has used up its processor time.
            raise UnusableVideoError("slow" if child.returncode in (-9, -24) else "broken")

    def _listen(self, child: "subprocess.Popen[bytes]", patience: float, tell: Callable[[float], None] | None) -> bool:
        """Read its lines until it ends; False when time ran out."""
        pipe = child.stdout.fileno() if child.stdout is not None else -1
        poll = select.poll()
        poll.register(pipe, select.POLLIN | select.POLLHUP)
        began = heard = time.monotonic()
        rest, done = b"", 0.0
        while True:
            ready = poll.poll(1000)
            now = time.monotonic()
            if ready:
                piece = os.read(pipe, _LINE)
                if not piece:
                    return True
                heard = now
                *lines, rest = (rest + piece)[-2 * _LINE :].split(b"\n")
                for line in lines:
                    done = self._understand(line, done)
            if tell is not None:
                tell(done)
            if now - began > patience or now - heard > SILENCE:
                return False

    def _understand(self, line: bytes, done: float) -> float:
        """One line, of which nothing is believed; the share that is done."""
        try:
            said = json.loads(line)
        except ValueError:
            return done
        if not isinstance(said, dict):
            return done
        self.said |= {name: said[name] for name in ("facts", "made", "problem") if name in said}
        share = said.get("done")
        return min(max(float(share), done), 1.0) if isinstance(share, int | float) and math.isfinite(share) else done
