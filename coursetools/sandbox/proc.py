"""What the system says of processes, as seen from outside them (Linux; elsewhere nothing)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PROC = Path("/proc")
_KILOBYTE = 1024
_FREE_FILES = 64
"""Open files that a process may have without being asked what they hold."""
_BUFFER = 256 * _KILOBYTE
"""The most that a socket keeps in its buffer, as Linux is delivered."""


def known() -> bool:
    """Say whether processes can be looked at here."""
    return sys.platform == "linux" and (_PROC / "self" / "stat").exists()


def tree(pid: int) -> list[int]:
    """Give a process and all its descendants that run.

    In a PID namespace of their own none escapes this: orphans become children of its first
    process.
    """
    todo, seen = [pid], []
    while todo:
        one = todo.pop()
        seen.append(one)
        try:
            tasks = os.listdir(_PROC / str(one) / "task")
        except OSError:
            continue
        for task in tasks:
            todo += map(int, _read(f"{one}/task/{task}/children").split())
    return seen


def memory(pid: int) -> int:
    """Give the bytes of a process: its share of shared pages, and what no share holds.

    That is its page tables, which grow when one byte in every 2 MB of a large mapping is read,
    and what its sockets may keep in their buffers, if it has many of them open.
    """
    status = _fields(_read(f"{pid}/status"))
    share = _fields(_read(f"{pid}/smaps_rollup")).get("Pss")
    resident = status.get("VmRSS", 0)  # where the share cannot be read, the whole
    return (resident if share is None else share) + _unshared(pid, status)


def most_memory(pid: int) -> int:
    """Give what `memory` cannot be above: shared pages in full. It costs a hundredth of it."""
    status = _fields(_read(f"{pid}/status"))
    return status.get("VmRSS", 0) + _unshared(pid, status)


def cpu(pid: int) -> float:
    """Give the seconds of processor time that a process took, ended children included."""
    fields = _read(f"{pid}/stat").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK") if fields else 0.0


def _unshared(pid: int, status: dict[str, int]) -> int:
    """Give the bytes of a process that no page of its own stands for."""
    return status.get("VmPTE", 0) + max(0, _open_files(pid) - _FREE_FILES) * _BUFFER


def _open_files(pid: int) -> int:
    try:
        return len(os.listdir(_PROC / str(pid) / "fd"))
    except OSError:
        return 0


def _fields(text: str) -> dict[str, int]:
    """Give the sizes of a file in /proc by their names, in bytes."""
    found = {}
    for line in text.splitlines():
        name, _, value = line.partition(":")
        parts = value.split()
        if len(parts) == 2 and parts[1] == "kB":
            found[name] = int(parts[0]) * _KILOBYTE
    return found


def _read(name: str) -> str:
    try:
        return (_PROC / name).read_text()
    except OSError:  # it has ended
        return ""
