"""A film of four seconds for the demo: a night at the gauge, drawn picture by picture, with the sound of water."""

import io
import math
from fractions import Fraction
from random import Random
from typing import Any

import av
import numpy as np

from collegium.portability.demo.showing.drawings import box, disc, fade, image, line
from collegium.videos.webvtt import Cue

WIDTH, HEIGHT, RATE, SECONDS = 320, 180, 20, 4
HEARD = 48_000
# By language; when each line begins and ends, in thousandths of a second, and what it says.
CAPTIONS = {
    "en": (
        Cue(200, 1800, "[Wind. Water against concrete]"),
        Cue(1800, 2900, "03:10: the gate opens"),
        Cue(2900, 3900, "[Water running]\n06:00: nine centimetres lower"),
    ),
    "sv": (
        Cue(200, 1800, "[Vind. Vatten mot betong]"),
        Cue(1800, 2900, "03.10: luckan öppnas"),
        Cue(2900, 3900, "[Vatten rinner]\n06.00: nio centimeter lägre"),
    ),
}
OPENS = 0.45


def night() -> bytes:
    """The film, as an MP4."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as out:
        shown: Any = out.add_stream("libx264", rate=RATE, options={"preset": "veryfast", "crf": "20"})
        shown.width, shown.height, shown.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        heard: Any = out.add_stream("aac", rate=HEARD, layout="stereo")
        for number in range(RATE * SECONDS):
            out.mux(shown.encode(_picture(number / (RATE * SECONDS - 1))))
        for frame in _sound():
            out.mux(heard.encode(frame))
        for stream in (shown, heard):
            out.mux(stream.encode(None))
    return file.getvalue()


def _picture(part: float) -> Any:
    """What is to be seen when this part of the night has passed."""
    pixels = image(_scene(part), WIDTH, HEIGHT).numpy()[:, :, :3]
    return av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")


def _scene(part: float) -> str:
    dawn = max(0.0, (part - 0.35) / 0.65)
    sky = fade("sky", _between("#0e1730", "#7fa6c4", dawn), _between("#26304d", "#f3cfa0", dawn))
    opened = max(0.0, min(1.0, (part - OPENS) / 0.12))
    level = 92 + 16 * max(0.0, part - OPENS) / (1 - OPENS)
    parts = [f"<defs>{sky}</defs>", box(0, 0, WIDTH, HEIGHT, "url(#sky)")]
    if dawn < 1:
        rng = Random(7)  # noqa: S311 - the same stars in every picture, not a secret
        stars = ((rng.uniform(0, 320), rng.uniform(0, 70)) for _star in range(28))
        parts += [disc(x, y, 0.9, "#fff", f'opacity="{1 - dawn:.2f}"') for x, y in stars]
    parts.append(
        disc(40 + 230 * part, 44 - 24 * math.sin(math.pi * part), 10, "#f5f0dc", f'opacity="{1 - dawn * 0.8:.2f}"')
    )
    hill = _between("#141c2c", "#5d7f70", dawn)
    parts.append(f'<path d="M0 96 Q60 60 120 84 T220 80 T320 92 V180 H0 Z" fill="{hill}"/>')
    waves = [(x, level + 1.6 * math.sin(x / 9 + part * 30)) for x in range(0, 196, 6)]
    parts.append(line([*waves, (196, 180), (0, 180)], "none", 0, _between("#1c3550", "#6f9fae", dawn)))
    parts += [box(190, 74, 46, 106, _between("#4a4a50", "#c4beb0", dawn)), box(184, 68, 58, 8, "#8b867b")]
    parts += [box(204, 60 - 26 * opened, 18, 48, "#b5623f"), box(211, 30, 4, 36, "#3a3a3f")]
    parts += [
        box(162, 80, 9, 70, "#f6f3ea"),
        *(box(162, 82 + n * 8, 5 if n % 2 else 9, 2, "#20242b") for n in range(9)),
    ]
    if opened:
        way = f"M236 {112 - 4 * opened:g} Q268 114 280 180 H236 Z"
        fall = f'<path d="{way}" fill="#dfeef0" opacity="{0.85 * opened:.2f}"/>'
        foam = [disc(262 + 7 * n, 174 + 3 * math.sin(part * 60 + n), 6, "#f4fafa") for n in range(7)]
        parts += [fall, *foam]
    return "".join(parts)


def _between(one: str, other: str, part: float) -> str:
    """A colour so far on the way from one to another."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(low + (high - low) * min(1.0, part)):02x}" for low, high in pairs)


def _sound() -> list[Any]:
    """Soft noise that swells when the gate opens."""
    count = HEARD * SECONDS
    rough = np.random.default_rng(11).standard_normal(count)
    soft = np.convolve(rough, np.ones(24) / 24, mode="same")
    at = np.linspace(0, 1, count)
    loud = 0.05 + 0.16 * np.clip((at - OPENS) / 0.12, 0, 1)
    samples = (soft * loud * np.clip((1 - at) / 0.06, 0, 1)).astype(np.float32)
    frames = []
    for start in range(0, count, 1024):
        piece = samples[start : start + 1024]
        frame = av.AudioFrame.from_ndarray(np.stack([piece, piece]), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = HEARD, start, Fraction(1, HEARD)
        frames.append(frame)
    return frames
