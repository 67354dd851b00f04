"""Unpacking what came, a piece at a time: a megabyte of zeros fits in a kilobyte, and is never made."""

import zlib
from collections.abc import Callable

import brotli

from collegium.lib.fetch.refused import RefusedError

PIECE = 16 * 1024
ENCODINGS = "gzip, deflate, br"


# Takes packed bytes in and gives plain ones out, at most so many at a time.
Unpacker = Callable[[bytes, int], bytes]


def unpacker(encoding: str) -> Unpacker:
    """The one for a `Content-Encoding`; encodings upon encodings are refused.

    Raises:
        RefusedError: it is none that was asked for ("encoding").
    """
    match encoding.strip().lower():
        case "" | "identity":
            return lambda packed, most: packed[:most]
        case "gzip" | "x-gzip":
            return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress
        case "deflate":
            return _Deflate()
        case "br":
            return _Brotli()
    raise RefusedError("encoding")


class _Deflate:
    """Some servers send it with its wrapping, some without; the first byte tells."""

    def __init__(self) -> None:
        self._unpack: Callable[[bytes, int], bytes] | None = None

    def __call__(self, packed: bytes, most: int) -> bytes:
        if self._unpack is None:
            wrapped = packed[:1] and packed[0] & 0x0F == 8
            self._unpack = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS).decompress
        return self._unpack(packed, most)


class _Brotli:
    def __init__(self) -> None:
        self._decompressor = brotli.Decompressor()

    def __call__(self, packed: bytes, most: int) -> bytes:
        made: bytes = self._decompressor.process(packed, output_buffer_limit=most)
        return made


def gather(read: Callable[[int], bytes], encoding: str, most: int, *, cut: bool) -> bytes:
    """Read a body whole.

    Args:
        read: gives at most so many bytes more of it, none at its end.
        encoding: how it is packed.
        most: bytes it may have unpacked.
        cut: take the beginning of a longer one instead of refusing it.

    Raises:
        RefusedError: it has more ("large"), or cannot be unpacked ("broken").
    """
    unpack, parts, size = unpacker(encoding), list[bytes](), 0
    while packed := read(PIECE):
        try:
            # One byte more than there is room for shows that there is more; what is packed further stays packed.
            plain = unpack(packed, most - size + 1)
        except (zlib.error, brotli.error):
            raise RefusedError("broken") from None
        parts.append(plain)
        size += len(plain)
        if size > most:
            if cut:
                return b"".join(parts)[:most]
            raise RefusedError("large")
    return b"".join(parts)
