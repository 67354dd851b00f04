"""The process that opens a recording. Started for one file, locked up before it sees a byte of it.

The file is its standard input, open and seekable. What it makes is written to standard output: one line of JSON, and
then an MP4 with AAC that every browser plays, made of samples alone. Nothing of ours is known here: no settings, no
environment, no names of files. Containers, decoders and filters are those of videos (`media.video_child`).
"""

import io
import json
import math
import os
import sys
from array import array
from fractions import Fraction
from itertools import pairwise
from typing import Any

import av

from collegium.media import sandbox
from collegium.media.video_child import AUDIO, decoded, length_of, opened, warm
from collegium.media.video_making import MakingError
from collegium.messaging.files.measures import LEAST_SECONDS, MOST_SECONDS, OUTPUT, STEPS

MEMORY = 1000 * 1024 * 1024
CPU_SECONDS = 30
OPEN_FILES = 16
RATE, BITS = 48_000, 64_000
# Samples below this are the noise of a quiet room.
QUIET = 0.004


class Recorder:
    """Takes decoded sound, writes it as one file, and remembers how loud it was."""

    def __init__(self) -> None:
        self.file = io.BytesIO()
        options = {"fflags": "+bitexact"}
        self.container = av.open(self.file, "w", format="mp4", container_options=options)
        self.stream: Any = self.container.add_stream("aac", rate=RATE, layout="mono")
        self.stream.codec_context.bit_rate = BITS
        self.even = av.AudioResampler(format="fltp", layout="mono", rate=RATE, frame_size=1024)
        self.peaks: list[float] = []
        self.samples = 0

    def take(self, frame: Any) -> None:
        """One more; None for what is held back at the end.

        Raises:
            MakingError: it goes on for too long, whatever the header said.
        """
        if frame is not None:
            frame.pts = None
        for even in self.even.resample(frame):
            heard = array("f", bytes(even.planes[0])[: 4 * even.samples])
            self.peaks.append(max(max(heard, default=0.0), -min(heard, default=0.0)))
            even.pts, even.time_base = self.samples, Fraction(1, RATE)
            self.samples += even.samples
            if self.samples > MOST_SECONDS * RATE:
                raise MakingError("long")
            self._write(even)

    def _write(self, frame: Any) -> None:
        for packet in self.stream.encode(frame):
            self.container.mux(packet)

    def finish(self) -> dict[str, Any]:
        """Write the rest, and say what was made.

        Raises:
            MakingError: there was next to nothing to hear.
        """
        self.take(None)
        if self.samples < LEAST_SECONDS * RATE:
            raise MakingError("short")
        self._write(None)
        self.container.close()
        return {"seconds": self.samples / RATE, "peaks": steps(self.peaks)}


def steps(peaks: list[float]) -> list[int]:
    """How loud, 0 to 100, in so many steps; the loudest is 100, so that a soft voice can be seen too."""
    known = [peak if math.isfinite(peak) else 0.0 for peak in peaks]
    most = max(known, default=0.0)
    if most < QUIET:
        return [0] * STEPS
    edges = [round(step * len(known) / STEPS) for step in range(STEPS + 1)]
    loud = [max(known[min(a, len(known) - 1) : max(b, a + 1)]) for a, b in pairwise(edges)]
    return [round(100 * min(each / most, 1.0) ** 0.7) for each in loud]


def record(file: Any) -> tuple[dict[str, Any], bytes]:
    """Make the sound of a file anew.

    Raises:
        MakingError: it is no recording of sound alone.
    """
    with opened(file) as container:
        if container.streams.video:
            raise MakingError("picture")
        if len(container.streams.audio) != 1:
            raise MakingError("broken")
        audio = container.streams.audio[0]
        if str(audio.codec_context.codec.canonical_name) not in AUDIO:
            raise MakingError("broken")
        if (length_of(container) or 0) > MOST_SECONDS:
            raise MakingError("long")
        made = Recorder()
        try:
            for frame in decoded(container, [audio]):
                made.take(frame)
        except av.error.EOFError:
            pass
        said = made.finish()
    return said, made.file.getvalue()


def main() -> None:
    """One recording."""
    av.logging.set_level(av.logging.PANIC)
    warm()
    sandbox.limit_resources(memory=MEMORY, cpu=CPU_SECONDS, files=OPEN_FILES, output=OUTPUT)
    sandbox.lock_up()
    content = b""
    try:
        said, content = record(sys.stdin.buffer.raw if hasattr(sys.stdin.buffer, "raw") else sys.stdin.buffer)
    except MakingError as problem:
        said = {"problem": str(problem)}
    except (av.error.FFmpegError, MemoryError, ValueError, OverflowError, OSError):
        said = {"problem": "broken"}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + content)
    sys.stdout.buffer.flush()
    # Nothing is worth tidying up, and a decoder in a bad state could get stuck over it.
    os._exit(0)


if __name__ == "__main__":
    main()
