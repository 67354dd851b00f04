"""The data folder under measurement: the operator's commands on it, and the processes that serve it."""

import subprocess
import sys
from pathlib import Path

from bench import accounting

CLONE = Path(__file__).resolve().parents[1]


def collegium(data: Path, *words: str, capture: bool = False) -> str:
    """Run the operator's command on this data folder."""
    command = [sys.executable, "-m", "collegium.cli", words[0], "--data", str(data), *words[1:]]
    done = subprocess.run(command, cwd=CLONE, check=True, text=True, stdout=subprocess.PIPE if capture else None)
    return done.stdout or ""


def serving(server: int, data: Path) -> tuple[list[int], list[int]]:
    """The processes that work for a page: ours, and the database's."""
    base = _postgres(data)
    return [process for process in accounting.family(server) if process not in base], base


def _postgres(data: Path) -> list[int]:
    """The database of this data folder, which may not be a descendant of the server."""
    pid = next((data / "postgres").rglob("postmaster.pid"), None)
    return accounting.family(int(pid.read_text().split()[0])) if pid else []
