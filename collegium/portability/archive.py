"""Opens a bundle, a folder or a zip of one, without ever trusting it.

Nothing is unpacked to disk: entries are streamed. What could hurt is refused before the first byte is inflated (too
many entries, too large, too dense, encrypted, overlapping, a way out of the folder), and what an entry claims about
its size is checked again while it is read.
"""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from collegium.portability.report import BundleError

GIGA = 1 << 30
MAX_ENTRIES = 1_000
MAX_DIRECTORY = 1 << 20  # bytes of a zip's table of contents
MAX_UNPACKED = 64 * GIGA
MAX_RATIO = 200  # CSV of real people packs to a fifth, a synthetic one to a thirtieth
RATIO_APPLIES_ABOVE = 1 << 20  # small files may be as dense as they like
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class Source:
    """The files of a bundle by name, wherever they lie."""

    def __init__(self, sizes: dict[str, int], opener: Callable[[str], IO[bytes]]) -> None:
        self.sizes = sizes
        self._opener = opener

    def __contains__(self, name: str) -> bool:
        return name in self.sizes

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """The bytes of one file; damage inside a zip becomes a `BundleError`."""
        with self._opener(name) as handle:
            yield handle


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """Open a folder or zip as a `Source`.

    Raises:
        BundleError: it is neither, or a zip that is not safe to read.
    """
    if path.is_dir():
        yield _folder(path)
    elif not path.exists():
        raise BundleError(f"There is no file or folder {path}.")
    else:
        with path.open("rb") as handle, _zip(handle, path) as archive:
            yield _entries(archive, path)


def _folder(path: Path) -> Source:
    files = {entry.name: entry for entry in sorted(path.iterdir()) if entry.is_file()}
    return Source({name: entry.stat().st_size for name, entry in files.items()}, lambda name: files[name].open("rb"))


@contextmanager
def _zip(handle: IO[bytes], path: Path) -> Iterator[zipfile.ZipFile]:
    _check_directory(handle, path)
    try:
        archive = zipfile.ZipFile(handle)
    except BROKEN as problem:
        raise BundleError(f"{path.name} is neither a folder nor a zip file that can be read ({problem}).") from None
    with archive:
        yield archive


def _check_directory(handle: IO[bytes], path: Path) -> None:
    """Refuse a table of contents too large to be honest, before `zipfile` reads all of it into memory."""
    size = handle.seek(0, 2)
    handle.seek(max(0, size - 66_000))
    tail = handle.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise BundleError(f"{path.name} is neither a folder nor a zip file.")
    count, directory = struct.unpack_from("<HL", tail, at + 10)
    if count == 0xFFFF or directory == 0xFFFFFFFF:
        wide = tail.rfind(b"PK\x06\x06")
        if wide < 0 or len(tail) < wide + 56:
            raise BundleError(f"{path.name} says it is a large zip, but its table of contents is missing.")
        count, directory = struct.unpack_from("<QQ", tail, wide + 32)
    if count > MAX_ENTRIES or directory > MAX_DIRECTORY:
        raise BundleError(f"{path.name} holds {count:,} entries; a bundle has at most {MAX_ENTRIES:,}.")
    handle.seek(0)


def _entries(archive: zipfile.ZipFile, path: Path) -> Source:
    """The entries of the one folder in the zip, checked."""
    infos = [info for info in archive.infolist() if not info.is_dir()]
    for info in infos:
        _check_entry(info, path)
    _check_together(infos, path)
    root = _root(infos)
    names: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = info.filename.removeprefix(root)
        if name.casefold() in (known.casefold() for known in names):
            raise BundleError(f"{path.name} holds {name} twice.")
        names[name] = info

    def reader(name: str) -> IO[bytes]:
        try:
            return io.BufferedReader(_Checked(archive.open(names[name]), path, name), 1 << 17)
        except BROKEN as problem:
            raise BundleError(f"{name} in {path.name} cannot be read ({problem}).") from None

    return Source({name: info.file_size for name, info in names.items()}, reader)


def _check_entry(info: zipfile.ZipInfo, path: Path) -> None:
    name = info.filename
    parts = PurePosixPath(name.replace("\\", "/")).parts
    # `orig_filename` still has what zipfile cuts off behind a NUL.
    if "\x00" in info.orig_filename or "\\" in name or name.startswith("/") or ".." in parts or ":" in name:
        raise BundleError(f"{path.name} holds a path that leads out of its folder: {name!r}.")
    mode = info.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise BundleError(f"{name} in {path.name} is a link or a device, not a file.")
    if info.flag_bits & 0x1:
        raise BundleError(f"{name} in {path.name} is encrypted; a bundle has no password.")
    if info.compress_type not in METHODS:
        raise BundleError(f"{name} in {path.name} is packed in a way that is not supported; use plain deflate.")
    if info.file_size > RATIO_APPLIES_ABOVE and info.file_size > MAX_RATIO * max(1, info.compress_size):
        raise BundleError(
            f"{name} in {path.name} unpacks to more than {MAX_RATIO} times its size; that is no honest file."
        )


def _check_together(infos: list[zipfile.ZipInfo], path: Path) -> None:
    if sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise BundleError(f"{path.name} would unpack to more than {MAX_UNPACKED // GIGA} GB.")
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise BundleError(f"Entries of {path.name} lie on top of each other; that is no honest zip.")
        end = info.header_offset + 30 + info.compress_size


def _root(infos: list[zipfile.ZipInfo]) -> str:
    """A zip made of a folder holds its name in front of every file."""
    tops = {info.filename.partition("/")[0] for info in infos if not info.filename.startswith("__MACOSX/")}
    inside = all("/" in info.filename for info in infos)
    return f"{tops.pop()}/" if inside and len(tops) == 1 else ""


class _Checked(io.RawIOBase):
    """A stream out of a zip whose damage is told in a sentence. `zipfile` itself stops at the size an entry claims."""

    def __init__(self, raw: IO[bytes], path: Path, name: str) -> None:
        super().__init__()
        self._raw, self._path, self._name = raw, path, name

    def readable(self) -> bool:
        """Only ever read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer with the next bytes."""
        try:
            piece = self._raw.read(len(buffer))
        except BROKEN as problem:
            raise BundleError(f"{self._name} in {self._path.name} is damaged ({problem}).") from None
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        """Let go of the entry too."""
        self._raw.close()
        super().close()
