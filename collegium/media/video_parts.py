"""Two things a video becomes beside its pictures: even sound, and a poster. Runs where `video_child` is locked up."""

from fractions import Fraction
from typing import Any

import av

SOUND_RATE = 48_000
PRIMING = 1024
POSTER_WITHIN = 30
POSTER_QUALITY = 80


class Sound:
    """Samples at one rate, from zero, without gaps; where the source changes its manner, a new filter begins."""

    def __init__(self) -> None:
        self.graph: Any = None
        self.manner: tuple[Any, ...] = ()
        self.begun = False

    def take(self, frame: Any) -> list[Any]:
        """What comes out for this."""
        manner = (frame.format.name, frame.layout.name, frame.sample_rate, frame.time_base)
        out: list[Any] = []
        if manner != self.manner:
            out = self.rest()
            self._lay(frame)
            self.manner = manner
        self.graph.push(frame)
        return out + self._pulled()

    def rest(self) -> list[Any]:
        """What the filter still holds."""
        if self.graph is None:
            return []
        self.graph.push(None)
        return self._pulled()

    def _lay(self, frame: Any) -> None:
        self.graph = av.filter.Graph()
        source = self.graph.add_abuffer(
            sample_rate=frame.sample_rate, format=frame.format.name, layout=frame.layout.name, time_base=frame.time_base
        )
        even = f"{SOUND_RATE}:async=1000" + ("" if self.begun else ":first_pts=0")
        # The encoder begins with a piece of silence; in its place, so that no time is negative, the first samples go.
        begins = self.graph.add("atrim", f"start_sample={0 if self.begun else PRIMING}")
        shaped = self.graph.add("aformat", "sample_fmts=fltp:channel_layouts=stereo")
        sink = self.graph.add("abuffersink")
        self.graph.link_nodes(source, self.graph.add("aresample", even), begins, shaped, sink).configure()
        self.begun = True

    def _pulled(self) -> list[Any]:
        out: list[Any] = []
        while True:
            try:
                out.append(self.graph.pull())
            except (av.error.BlockingIOError, av.error.EOFError):
                return out


class Poster:
    """Keeps the picture of the moment that was asked for; without one, the richest among the first."""

    def __init__(self, at: float | None, length: float | None) -> None:
        self.at = at
        self.until = min(max((length or 0) * 0.1, 10), POSTER_WITHIN)
        self.frame: Any = None
        self.best = -1.0

    def look(self, frame: Any, seconds: float, *, whole: bool) -> None:
        """Look at a picture; at every one that stands at a whole second where none was asked for."""
        if self.at is not None:
            if self.frame is None or seconds <= self.at:
                self.frame = frame
        elif self.frame is None or (whole and seconds <= self.until):
            worth = _richness(frame)
            # A later one must be clearly better: what comes first is what the author began with.
            if worth > self.best * 1.25:
                self.frame, self.best = frame, worth

    def file(self, into: Any) -> None:
        """Write it as WebP."""
        context = av.CodecContext.create("libwebp", "w")
        frame = self.frame.reformat(format="yuv420p")
        context.width, context.height, context.pix_fmt = frame.width, frame.height, "yuv420p"
        context.time_base = Fraction(1, 25)
        context.options = {"quality": str(POSTER_QUALITY), "compression_level": "4"}
        frame.pts, frame.time_base = 0, context.time_base
        for packet in (*context.encode(frame), *context.encode(None)):
            into.write(bytes(packet))
        into.flush()


def _richness(frame: Any) -> float:
    """How much there is to see: the spread of a small grey copy, less for the very dark and the very bright."""
    grey = frame.reformat(width=48, height=27, format="gray")
    plane = grey.planes[0]
    raw, line = bytes(plane), plane.line_size
    dots = [dot for row in range(27) for dot in raw[row * line : row * line + 48]]
    mean = sum(dots) / len(dots)
    spread = sum((dot - mean) ** 2 for dot in dots) / len(dots)
    return float((spread + 1) * (1 if 30 <= mean <= 225 else 0.3))
