"""How long a video takes to be made, beside its floors: `bin/bench videos [--seconds 60]`.

The source is drawn here: 1280 by 720, 30 pictures a second, with noise that spares an encoder nothing, and sound. It is
made by the very process that makes the videos of members. Two floors stand beside it: reading the source, and encoding
the one size of 720p that everybody gets, without reading, sound, a second size or a poster.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from django.conf import settings

RATE = 30


def main(words: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bin/bench videos", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="how long the source is (default 60)")
    seconds = parser.parse_args(words).seconds
    with tempfile.TemporaryDirectory() as folder:
        settings.configure(DATA_DIR=folder, USE_I18N=False)
        source = Path(folder) / "source.mp4"
        draw(source, seconds)
        size = source.stat().st_size / 1e6
        print(f"{seconds} s of 1280 x 720, {RATE} a second, H.264 and AAC, {size:.0f} MB")
        floors = [("floor: reading it", lambda: read(source)), ("floor: x264 alone, 720p", lambda: encode(seconds))]
        for name, work in [*floors, ("all of it", lambda: make(source, seconds))]:
            wall, cpu = timed(work)
            print(f"{name:26} {wall:7.1f} s   {cpu:7.1f} s of one core   {cpu / seconds:5.2f} of real time")


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds by the clock, and of the processor, children included."""

    def spent() -> float:
        used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(each.ru_utime + each.ru_stime for each in used)

    began, before = time.perf_counter(), spent()
    work()
    return time.perf_counter() - began, spent() - before


def pictures(seconds: int) -> Iterator[Any]:
    """Moving colours with noise."""
    graph = av.filter.Graph()
    nodes = [
        graph.add("testsrc2", f"size=1280x720:rate={RATE}:duration={seconds}"),
        graph.add("noise", "alls=8:allf=t"),
        graph.add("format", "yuv420p"),
        graph.add("buffersink"),
    ]
    graph.link_nodes(*nodes).configure()
    for number in range(seconds * RATE):
        frame = graph.pull()
        frame.pts, frame.time_base, frame.pict_type = number, Fraction(1, RATE), 0
        yield frame


def draw(place: Path, seconds: int) -> None:
    """The source, as a telephone would send it: much larger than what is made of it."""
    with av.open(str(place), "w") as out:
        shown = out.add_stream("libx264", rate=RATE, options={"preset": "ultrafast", "crf": "26"})
        shown.width, shown.height, shown.pix_fmt = 1280, 720, "yuv420p"
        heard = out.add_stream("aac", rate=48_000, layout="stereo")
        graph = av.filter.Graph()
        tone = graph.add("sine", f"frequency=330:sample_rate=48000:duration={seconds}:samples_per_frame=1600")
        shape = graph.add("aformat", "sample_fmts=fltp:channel_layouts=stereo")
        graph.link_nodes(tone, shape, graph.add("abuffersink")).configure()
        for frame in pictures(seconds):
            out.mux(shown.encode(frame))
            out.mux(heard.encode(graph.pull()))
        for stream in (shown, heard):
            out.mux(stream.encode(None))


def read(place: Path) -> None:
    """Every picture of it, with one thread."""
    with av.open(str(place)) as container:
        (stream,) = container.streams.video
        stream.codec_context.thread_count = 1
        for _frame in container.decode(stream):
            pass


def encode(seconds: int) -> None:
    """As the largest size is encoded, and nothing else; drawing the pictures is part of it."""
    context = av.CodecContext.create("libx264", "w")
    context.width, context.height, context.pix_fmt = 1280, 720, "yuv420p"
    context.time_base, context.framerate = Fraction(1, RATE), Fraction(RATE)
    context.thread_count = 1
    context.options = {"preset": "veryfast", "crf": "23", "bf": "0", "threads": "1"}
    for frame in pictures(seconds):
        context.encode(frame)
    context.encode(None)


def make(place: Path, seconds: int) -> None:
    """What the worker does."""
    from collegium.media import videos  # noqa: PLC0415 - settings are there by now

    with videos.made(place, seconds=float(seconds)):
        pass


if __name__ == "__main__":
    main()
