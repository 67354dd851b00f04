"""How long a photograph takes from its bytes to its files: beside what decoding alone takes, in the same run.

`bin/bench pictures [--runs 15] [--megapixels 12]`. A photograph of a camera's grain is made once, as JPEG; runs
and floors take turns, so that a machine that is busy for a moment is busy for both.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import pyvips

from collegium.media import decode
from collegium.media.decode import process_image

SHARP = 0.9
DECODE = """
import sys, pyvips
pyvips.Image.jpegload_buffer(sys.stdin.buffer.read()).copy_memory()
"""


def photograph(megapixels: int) -> bytes:
    """A picture with large shapes, edges and grain, three by two, as a camera writes it."""
    height = round((megapixels * 1e6 * 2 / 3) ** 0.5)
    width = height * 3 // 2
    plane = pyvips.Image.xyz(width, height)
    waves = (plane[0] * 360 / 700).sin() * 50 + (plane[1] * 360 / 450).cos() * 50 + 120
    edges = ((plane[0] / 190).floor() + (plane[1] / 230).floor()) % 2 * 35
    grain = pyvips.Image.gaussnoise(width, height, sigma=9, mean=0, seed=7)
    bands = [waves + edges + grain, waves * SHARP + grain, plane[1] * 200 / height + edges + grain]
    whole = bands[0].bandjoin(bands[1:]).cast("uchar").copy(interpretation="srgb")
    return bytes(whole.jpegsave_buffer(Q=90))


def decoded(data: bytes) -> None:
    """The floor: a fresh process that decodes every pixel, and nothing more."""
    environment = {"VIPS_CONCURRENCY": "1", "PATH": os.environ.get("PATH", "")}
    subprocess.run([sys.executable, "-c", DECODE], input=data, env=environment, check=True)


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of one run by the clock, and of the processor in its processes."""

    def spent() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    began, before = time.perf_counter(), spent()
    act()
    return (time.perf_counter() - began) * 1000, (spent() - before) * 1000


def row(name: str, runs: list[tuple[float, float]]) -> float:
    """Print one line of the table; the middle by the clock."""
    clock, work = (statistics.median(each) for each in zip(*runs, strict=True))
    print(f"{name:38}p50 {clock:6.0f} ms   slowest {max(runs)[0]:6.0f} ms   processor {work:6.0f} ms")
    return clock


def main(words: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bin/bench pictures", description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--megapixels", type=int, default=12)
    options = parser.parse_args(words)
    data = photograph(options.megapixels)
    ready: list[tuple[float, float]] = []
    floor: list[tuple[float, float]] = []
    for _run in range(options.runs):
        ready.append(timed(lambda: process_image(data, None, "posted")))
        floor.append(timed(lambda: decoded(data)))
    sizes = ", ".join(str(width) for width in decode.SIZES["posted"])
    print(f"a photograph of {options.megapixels} megapixels ({len(data) / 1e6:.1f} MB), {options.runs} runs of each")
    middle = row(f"ready in {sizes} pixels", ready)
    bare = row("floor: every pixel decoded, no more", floor)
    print(f"{middle / bare:.1f} times the floor")


if __name__ == "__main__":
    main()
