"""Where the pieces lie in an MP4 that was made here, and the lists by which players find them (HLS, RFC 8216)."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import IO, NamedTuple

_HEAD = 8
MOST_PIECES = 4000
SOUND = "mp4a.40.2"


class Piece(NamedTuple):
    """A stretch that can be shown by itself."""

    at: int
    length: int
    seconds: float


def read(path: Path, *, frames: int, each: int, pace: float) -> tuple[str, int, list[Piece]]:
    """Take a file apart, believing nothing of it.

    Args:
        path: of the file.
        frames: how many pictures it shows.
        each: how many of them a piece has; the last has the rest.
        pace: pictures a second.

    Returns:
        Its codecs, how many bytes stand before its first piece, and the pieces.

    Raises:
        ValueError: it is not of the one form that is made here.
    """
    with path.open("rb") as file:
        boxes = _boxes(file, path.stat().st_size)
        kinds = [kind for kind, _at, _length in boxes]
        count = math.ceil(frames / each)
        if kinds != [b"ftyp", b"moov", *[b"moof", b"mdat"] * count]:
            raise ValueError("not in pieces")
        head = boxes[2][1]
        file.seek(0)
        codecs = _codecs(file.read(head))
    found = []
    for number in range(count):
        at, length = boxes[2 + 2 * number][1], boxes[2 + 2 * number][2] + boxes[3 + 2 * number][2]
        found.append(Piece(at, length, min(each, frames - number * each) / pace))
    return codecs, head, found


def _boxes(file: IO[bytes], size: int) -> list[tuple[bytes, int, int]]:
    """Kind, place and length of the outermost boxes; they fill the file.

    Raises:
        ValueError: they do not.
    """
    found: list[tuple[bytes, int, int]] = []
    at = 0
    while at < size:
        file.seek(at)
        head = file.read(_HEAD)
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        if length < _HEAD or at + length > size or len(found) > 2 * MOST_PIECES:
            raise ValueError("not a file of boxes")
        found.append((kind, at, length))
        at += length
    return found


def _codecs(head: bytes) -> str:
    """What a player has to know beforehand: profile and level of the picture, and whether there is sound."""
    place = head.find(b"avcC")
    if place < 0 or len(head) < place + 8:
        raise ValueError("no picture")
    picture = f"avc1.{head[place + 5 : place + 8].hex()}"
    return f"{picture},{SOUND}" if b"mp4a" in head else picture


def playlist(address: str, head: int, pieces: Sequence[Piece]) -> str:
    """The list of the pieces of one size, all of them in one file.

    Args:
        address: of the file, as seen from the list.
        head: how many of its bytes stand before the first piece.
        pieces: of it.
    """
    longest = max((math.ceil(piece.seconds) for piece in pieces), default=1)
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{longest}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        f'#EXT-X-MAP:URI="{address}",BYTERANGE="{head}@0"',
    ]
    for piece in pieces:
        lines += [f"#EXTINF:{piece.seconds:.5f},", f"#EXT-X-BYTERANGE:{piece.length}@{piece.at}", address]
    return "\n".join([*lines, "#EXT-X-ENDLIST", ""])


def peak(pieces: Sequence[Piece]) -> int:
    """The most bits a second that any piece needs."""
    return max((math.ceil(piece.length * 8 / piece.seconds) for piece in pieces), default=1)


def choice(sizes: Sequence[tuple[str, int, int, str, int]]) -> str:
    """The list of sizes a player chooses from.

    Args:
        sizes: address, width, height, codecs and most bits a second of each.
    """
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for address, width, height, codecs, bits in sizes:
        lines.append(f'#EXT-X-STREAM-INF:BANDWIDTH={bits},RESOLUTION={width}x{height},CODECS="{codecs}"')
        lines.append(address)
    return "\n".join([*lines, ""])
