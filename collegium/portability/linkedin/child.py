"""The process that opens a stranger's archive. Started for one archive, locked up before it sees a byte of it.

The archive is its standard input, a file; the kinds of rows that are wanted stand in its arguments. It writes lines
of JSON (`reader`) to standard output. Knows nothing of Collegium: no settings, no database, no secrets; can open no
file and reach no network.
"""

import io
import json
import os
import sys
from typing import Any

from collegium.media import sandbox
from collegium.portability.linkedin import snapshot
from collegium.portability.linkedin.reader import Walk, plain
from collegium.portability.linkedin.things import Problem, RefusedError

# Address space. A usual archive needs 60 MB of it; the rows remembered against repetition are the most that grows.
MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 28
OPEN_FILES = 16
_BUFFER = 256 * 1024


def main() -> None:
    """One archive."""
    sandbox.limit_resources(memory=MEMORY, cpu=CPU_SECONDS, files=OPEN_FILES, output=0)
    sandbox.lock_up()
    out = io.BufferedWriter(io.FileIO(1, "w", closefd=False), _BUFFER)
    kinds = sys.argv[1].split(",") if len(sys.argv) > 1 else []

    def say(said: list[Any]) -> None:
        out.write(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(errors="replace") + b"\n")
        if said[0] == "at":
            out.flush()

    say(read(kinds, say))
    out.flush()
    # Nothing is worth tidying up.
    os._exit(0)


def read(kinds: list[str], say: Any) -> list[Any]:
    """Walk through the archive; the last thing to say."""
    source = io.BufferedReader(io.FileIO(0, "r", closefd=False))
    walk = Walk(kinds, say)
    try:
        if snapshot.looks_like(source.read(512)):
            snapshot.read(source, walk)
        else:
            walk.archive(source)
    except RefusedError as refused:
        return ["refused", plain(refused.problem)]
    except MemoryError:
        return ["refused", plain(Problem("memory"))]
    return ["end"]


if __name__ == "__main__":
    main()
