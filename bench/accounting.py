"""What processes cost, read from the kernel: processor time and memory of whole families of processes."""

import os
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def parents() -> dict[int, int]:
    """Every process and its parent."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            found[int(entry.name)] = int(fields[1])
    return found


def family(root: int) -> list[int]:
    """A process and all its descendants."""
    known, members = parents(), [root]
    for process in members:
        members += [child for child, parent in known.items() if parent == process]
    return members


def cpu_seconds(processes: list[int]) -> float:
    """User and system time of these processes and of their children that have ended, in seconds."""
    total = 0
    for process in processes:
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(int(fields[place]) for place in (11, 12, 13, 14))
    return total / TICK


def memory_bytes(processes: list[int]) -> int:
    """Their proportional set size: shared pages are counted once, divided among those who share them."""
    total = 0
    for process in processes:
        try:
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)
    return total * 1024


def mapped_bytes(process: int, folder: Path) -> tuple[int, int]:
    """What of a folder's files is in this process's memory: resident, and its proportional share of that."""
    resident = proportional = 0
    inside = False
    for line in Path(f"/proc/{process}/smaps").read_text().splitlines():
        name, _colon, rest = line.partition(":")
        if " " in name:  # the line that opens a mapping: its addresses, rights and file
            inside = str(folder) in line
        elif inside and name == "Rss":
            resident += int(rest.split()[0])
        elif inside and name == "Pss":
            proportional += int(rest.split()[0])
    return resident * 1024, proportional * 1024


def resident_bytes(process: int) -> int:
    """All memory of one process that is not swapped out, shared pages included."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    return next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Rss:")), 0) * 1024
