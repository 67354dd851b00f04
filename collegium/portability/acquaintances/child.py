"""The process that reads a stranger's address book. Started for one file, locked up before it sees a byte of it.

Its standard input, a file, has one line of JSON ({"line": n, "words": […], "pasted": bool}) and then the bytes. It
writes one line of JSON: {"rows": [[line, ["email:ada@…"]], …], "blank": n, …} or {"refused": [code, line]}. Knows
nothing of Collegium: no settings, no database, no secrets; can open no file and reach no network.
"""

import io
import json
import os
import re
from typing import Any

from collegium.media import sandbox
from collegium.portability.acquaintances import cards, spelling, tables
from collegium.portability.acquaintances.book import Book, RefusedError, Wanted, keys_in
from collegium.portability.linkedin import text

# Address space. A table of five megabytes needs 150 MB of it.
MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 6
OPEN_FILES = 16
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a]")
_PAGE = re.compile(r"\s*<(?:!doctype|html|\?xml)", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s,;<>\"()]+")


def main() -> None:
    """One file."""
    sandbox.limit_resources(memory=MEMORY, cpu=CPU_SECONDS, files=OPEN_FILES, output=64 * 1024 * 1024)
    # Codecs of quoted-printable texts are looked up while files can still be opened.
    for name in ("utf-8", "iso-8859-1", "iso-8859-15", "windows-1252", "us-ascii"):
        b"".decode(name)
    sandbox.lock_up()
    source = io.BufferedReader(io.FileIO(0, "r", closefd=False))
    asked = json.loads(source.readline())
    said = answer(source.read(), Wanted(asked["line"], tuple(asked["words"])), pasted=asked["pasted"])
    out = io.FileIO(1, "w", closefd=False)
    raw = memoryview(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(errors="replace"))
    while raw:
        raw = raw[out.write(raw) or 0 :]
    # Nothing is worth tidying up.
    os._exit(0)


def answer(data: bytes, wanted: Wanted, *, pasted: bool) -> dict[str, Any]:
    """What to say of these bytes."""
    try:
        book = read(data, wanted, pasted=pasted)
    except RefusedError as refused:
        return {"refused": [refused.code, refused.line]}
    except MemoryError:
        return {"refused": ["memory", 0]}
    return {
        "rows": [[line, [f"{sort}:{value}" for sort, value in keys]] for line, keys in book.rows],
        "blank": book.blank,
        "national": book.national,
        "passed": book.passed,
        "problems": book.problems,
    }


def read(data: bytes, wanted: Wanted, *, pasted: bool) -> Book:
    """What stands in these bytes.

    Raises:
        RefusedError: nothing that could be read.
    """
    if not data.strip():
        raise RefusedError("empty")
    if data.startswith(b"PK\x03\x04"):
        raise RefusedError("zip")
    sniffer = text.Sniffer()
    sniffer.feed(data)
    said = "".join(text.decode([data], sniffer.encoding(), set())).lstrip("\ufeff")
    if _BINARY.search(said):
        raise RefusedError("binary", said.count("\n", 0, _BINARY.search(said).start()) + 1)  # type: ignore[union-attr]
    if _PAGE.match(said):
        raise RefusedError("page")
    if cards.looks_like(said):
        return cards.read(said, wanted)
    return read_words(said, wanted) if pasted else tables.read(said, wanted)


def read_words(said: str, wanted: Wanted) -> Book:
    """Addresses somebody pasted: each counts as a person, whatever stands between them, and is numbered for itself."""
    book = Book()
    number = 0
    for line in said.split("\n"):
        whole = list(keys_in(line))
        found = whole or [key for word in _SEPARATORS.split(line) for key in keys_in(word)]
        if not found and (dialled := spelling.phone(line)):
            found = [("phone", dialled)]
        if not found and line.strip():
            book.count()
            book.take(0, [], 0)
        for key in found:
            book.count()
            number += 1
            if wanted.takes(number, line):
                book.take(number, [key], 0)
            else:
                book.passed += 1
    return book


if __name__ == "__main__":
    main()
