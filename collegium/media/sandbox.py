"""Locks the calling process up before it opens a stranger's file. Imports nothing of Collegium, and little else.

Four walls, each of which stands alone:

* rlimits: address space, CPU seconds, open files, bytes written, no core dumps. Everywhere.
* identity: a process of root becomes nobody, without groups. As root.
* network: a network namespace of its own, with nothing in it. On Linux as root, and for others where user
  namespaces are allowed.
* seccomp: a list of the system calls that decoding needs; every other call fails (no sockets, no files opened, no
  programs started, no other process touched). On Linux, x86-64 and 64-bit ARM, as root and as anybody.

So without Linux only the rlimits hold, and the parent's wall clock; with Linux, files and network are out of reach
for a decoder that has been taken over, whoever started it.
"""

import contextlib
import ctypes
import os
import platform
import resource
import signal
import struct
import sys

NOBODY = 65534
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 22, 4, 38
_MODE_FILTER = 2

# What decoding needs of the kernel: name, number on x86-64, number on ARM ("-": has no such call).
_CALLS = """
    read 0 63 | write 1 64 | close 3 57 | fstat 5 80 | lseek 8 62 | mmap 9 222 | mprotect 10 226 | munmap 11 215
    brk 12 214 | rt_sigaction 13 134 | rt_sigprocmask 14 135 | rt_sigreturn 15 139 | pread64 17 67 | readv 19 65
    writev 20 66 | sched_yield 24 124 | mremap 25 216 | madvise 28 233 | nanosleep 35 101 | getpid 39 172
    exit 60 93 | uname 63 160 | poll 7 - | fcntl 72 25 | gettimeofday 96 169 | getrlimit 97 163
    getrusage 98 165 | sysinfo 99 179 | getuid 102 174 | getgid 104 176 | geteuid 107 175 | getegid 108 177
    sigaltstack 131 132 | gettid 186 178 | time 201 - | futex 202 98 | sched_getaffinity 204 123
    set_tid_address 218 96 | restart_syscall 219 128 | clock_gettime 228 113 | clock_getres 229 114
    clock_nanosleep 230 115 | exit_group 231 94 | newfstatat 262 79 | ppoll 271 73 | set_robust_list 273 99
    getrandom 318 278 | membarrier 324 283 | rseq 334 293
"""
# Machine name: (audit architecture, number of clone, column of `_CALLS`).
_ARCHITECTURES = {"x86_64": (0xC000003E, 56, 1), "aarch64": (0xC00000B7, 220, 2)}
_CLONE3 = 435
_CLONE_THREAD = 0x00010000
_ALLOW, _KILL, _DENY, _NO_SUCH_CALL = 0x7FFF0000, 0x80000000, 0x00050000 | 1, 0x00050000 | 38


def limit_resources(*, memory: int, cpu: int, files: int, output: int) -> None:
    """Set the rlimits, hard ones, for good.

    Args:
        memory: bytes of address space.
        cpu: seconds of processor time.
        files: the highest number of open files.
        output: bytes that may be written to a file.
    """
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_NOFILE, files),
        (resource.RLIMIT_FSIZE, output),
        (resource.RLIMIT_CORE, 0),
    ):
        # Somebody may have set less already, and macOS knows no limit on address space.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def lock_up() -> list[str]:
    """Put up every wall this system has. Returns their names."""
    walls = ["rlimits"]
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    if libc is not None and _leave_network(libc):
        walls.append("network")
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        walls.append("identity")
    if libc is not None:
        libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if _filter_calls(libc):
            walls.append("seccomp")
    return walls


def _leave_network(libc: ctypes.CDLL) -> bool:
    """A network namespace without devices; a user namespace first where one is not root."""
    flags = _CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWNET | _CLONE_NEWUSER
    return bool(libc.unshare(flags) == 0)


def _filter_calls(libc: ctypes.CDLL) -> bool:
    """Install the seccomp filter."""
    architecture = _ARCHITECTURES.get(platform.machine())
    if architecture is None or sys.maxsize < 2**32:
        return False
    code = _program(*architecture)
    buffer = ctypes.create_string_buffer(code, len(code))
    # struct sock_fprog: a length, padding, a pointer.
    program = ctypes.create_string_buffer(struct.pack("@HxxxxxxP", len(code) // 8, ctypes.addressof(buffer)))
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _allowed(column: int) -> list[int]:
    """The numbers of the calls that stay allowed on this machine."""
    calls = [call.split() for call in _CALLS.replace("\n", "|").split("|") if call.strip()]
    return [int(call[column]) for call in calls if call[column] != "-"]


def _program(audit: int, clone: int, column: int) -> bytes:
    """The filter, in the kernel's packet-filter language.

    Threads may be made, processes not. clone3 keeps its flags where a filter cannot look, so it does not exist,
    and the C library falls back on clone.
    """
    load_architecture, load_number, load_flags = (0x20, 0, 0, 4), (0x20, 0, 0, 0), (0x20, 0, 0, 16)
    end = lambda verdict: (0x06, 0, 0, verdict)  # noqa: E731 - a name for what is asked twice
    lines: list[tuple[int, int, int, int]] = [load_architecture, (0x15, 1, 0, audit), end(_KILL), load_number]
    # The x32 numbers of x86-64 lie above this bit; there is no reason to speak it.
    lines += [(0x35, 0, 1, 0x40000000), end(_DENY)]
    lines += [(0x15, 0, 1, _CLONE3), end(_NO_SUCH_CALL)]
    for number in _allowed(column):
        lines += [(0x15, 0, 1, number), end(_ALLOW)]
    lines += [(0x15, 0, 3, clone), load_flags, (0x45, 0, 1, _CLONE_THREAD), end(_ALLOW), end(_DENY)]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)
