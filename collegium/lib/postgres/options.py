"""How the embedded server is set: small enough to idle beside the rest on a modest machine, safe by default.

Given on the command line at each start, not kept in the data directory, so that a new version of Collegium changes them
without touching anybody's files.
"""

import os
from pathlib import Path

MB = 1 << 20
# What a control group (a container, a systemd unit) may use, where there is a bound.
BOUND = Path("/sys/fs/cgroup/memory.max")
# The database's own buffers: an eighth of the memory, within these bounds. What it never needed it never takes.
LEAST, MOST = 128 * MB, 2048 * MB

ALWAYS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "150",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "wal_buffers": "4MB",
    "wal_compression": "on",
    "min_wal_size": "80MB",
    "max_wal_size": "1GB",
    "checkpoint_timeout": "10min",
    # Flash storage is the rule now; the default of 4 keeps the planner from good indexes.
    "random_page_cost": "1.1",
    # Compiling costs more than any of our statements take.
    "jit": "off",
    "max_parallel_workers_per_gather": "1",
    "autovacuum_max_workers": "2",
    "io_workers": "1",
    # Nobody reads along (an embedded server has no replicas): what fills a table or an index made in the same
    # transaction goes straight to its file. A community of a million members moves in twice as fast.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "timezone": "UTC",
    "lc_messages": "C",
    "idle_in_transaction_session_timeout": "10min",
    # What members write must never reach a log: neither the statement that failed nor the values in its detail line.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
    "log_line_prefix": "%m %p %q%d ",
}

# A server whose data may vanish with the machine: for tests only.
FLEETING = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}


def memory_bytes() -> int:
    """How much memory this machine, or the control group we are in, has."""
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        return min(whole, int(BOUND.read_text()))
    except (OSError, ValueError):
        return whole


def sized(memory: int) -> dict[str, str]:
    """The options that follow from the memory there is.

    Args:
        memory: bytes.

    Source: PostgreSQL's manual, "Resource Consumption", advises a quarter of a machine that serves nothing else; here
    the web workers and the files of the graph live beside it.
    """
    buffers = max(LEAST, min(MOST, memory // 8))
    return {"shared_buffers": f"{buffers // MB}MB", "effective_cache_size": f"{max(buffers, memory // 2) // MB}MB"}


def arguments(socket_folder: str, *, fleeting: bool) -> list[str]:
    """The options as the words of a command line."""
    chosen = ALWAYS | sized(LEAST if fleeting else memory_bytes()) | (FLEETING if fleeting else {})
    chosen |= {"unix_socket_directories": socket_folder}
    return [word for name, value in chosen.items() for word in ("-c", f"{name}={value}")]
