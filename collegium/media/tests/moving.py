"""Small videos for tests, made here: colours that change, and a tone."""

import array
import io
import math
import struct
from fractions import Fraction
from typing import Any

import av


def video(
    width: int = 64,
    height: int = 48,
    seconds: float = 1.0,
    *,
    rate: int = 25,
    codec: str | None = "libx264",
    sound: str | None = "aac",
    container: str = "mp4",
    pixels: str = "yuv420p",
    options: dict[str, str] | None = None,
    metadata: dict[str, str] | None = None,
    times: Any = None,
    container_options: dict[str, str] | None = None,
) -> bytes:
    """A file; `times` says for each picture's number when it is shown, in thousandths of a second."""
    file = io.BytesIO()
    with av.open(file, "w", format=container, container_options=container_options or {}) as out:
        out.metadata.update(metadata or {})
        if codec:
            shown = out.add_stream(codec, rate=rate, options=options or {})
            shown.width, shown.height, shown.pix_fmt = width, height, pixels
            shown.codec_context.time_base = Fraction(1, 1000)
        heard = out.add_stream(sound, rate=48000, layout="stereo") if sound else None
        for number in range(int(seconds * rate) if codec else 0):
            frame = picture(width, height, number).reformat(format=pixels)
            frame.pts, frame.time_base = times(number) if times else number * 1000 // rate, Fraction(1, 1000)
            out.mux(shown.encode(frame))
        if heard is not None:
            for frame in tone(seconds, heard.codec_context.format.name):
                out.mux(heard.encode(frame))
        for stream in out.streams:
            out.mux(stream.encode(None))
    return file.getvalue()


def picture(width: int, height: int, number: int) -> Any:
    """One picture: the left half lighter than the right, both changing."""
    left = bytes([(number * 9) % 128 + 120, 200, 180, 255]) * (width // 2)
    right = bytes([20, (number * 5) % 60, 40, 255]) * (width - width // 2)
    return av.VideoFrame.from_bytes((left + right) * height, width, height, "rgba")


def tone(seconds: float, shape: str = "fltp") -> list[Any]:
    """Samples of a soft tone, in pieces."""
    samples = array.array("f", (math.sin(at / 18) * 0.2 for at in range(int(seconds * 48000))))
    frames = []
    for start in range(0, len(samples), 960):
        piece = samples[start : start + 960].tobytes()
        frame = av.AudioFrame(format="fltp", layout="stereo", samples=len(piece) // 4)
        frame.sample_rate, frame.pts, frame.time_base = 48000, start, Fraction(1, 48000)
        for plane in frame.planes:
            plane.update(piece.ljust(plane.buffer_size, b"\0"))
        frames.append(frame)
    return frames


def turned(data: bytes) -> bytes:
    """The same MP4, to be shown turned by a quarter to the right: the matrix of its track says so."""
    at = data.index(b"tkhd") + 4
    matrix = at + (52 if data[at] == 1 else 40)
    quarter = struct.pack(">9i", 0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30)
    return data[:matrix] + quarter + data[matrix + 36 :]


def lasting(seconds: int) -> bytes:
    """A Matroska file whose header claims to last so long."""
    data = bytearray(video(container="matroska"))
    at = data.index(b"\x44\x89\x88") + 3
    data[at : at + 8] = struct.pack(">d", seconds * 1000)
    return bytes(data)


def crowd(count: int) -> bytes:
    """An MP4 whose header lists one track so many times."""
    data = video(sound=None)
    at = data.index(b"moov") - 4
    length = int.from_bytes(data[at : at + 4], "big")
    moov = data[at : at + length]
    place = moov.index(b"trak") - 4
    track = moov[place : place + int.from_bytes(moov[place : place + 4], "big")]
    body = moov[8:] + track * (count - 1)
    return data[:at] + (len(body) + 8).to_bytes(4, "big") + b"moov" + body + data[at + length :]


def renamed(fourcc: bytes) -> bytes:
    """A Matroska file that says its pictures are coded as these four letters mean."""
    data = bytearray(video(sound=None, container="matroska"))
    at = data.index(b"V_MPEG4/ISO/AVC")
    data[at : at + 15] = b"V_MS/VFW/FOURCC"
    private = data.index(b"\x63\xa2") + 3
    header = struct.pack("<IiiHH4sIiiII", 40, 64, 48, 1, 24, fourcc, 0, 0, 0, 0, 0)
    data[private : private + 40] = header
    return bytes(data)


def parts_of(data: bytes) -> list[bytes]:
    """The kinds of the outermost boxes of an MP4."""
    found, at = [], 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        found.append(data[at + 4 : at + 8])
        at += length
    return found
