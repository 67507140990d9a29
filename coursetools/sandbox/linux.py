"""The few system calls of Linux that the jail needs and Python's library does not have."""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from functools import cache
from pathlib import Path
from typing import Any

# <linux/sched.h>
NEWNS = 0x00020000
NEWCGROUP = 0x02000000
NEWUTS = 0x04000000
NEWIPC = 0x08000000
NEWUSER = 0x10000000
NEWPID = 0x20000000
NEWNET = 0x40000000
NAMESPACES = NEWNS | NEWCGROUP | NEWUTS | NEWIPC | NEWUSER | NEWPID | NEWNET

# <sys/mount.h>
RDONLY, NOSUID, NODEV, NOEXEC = 1, 2, 4, 8
BIND, REC, PRIVATE = 4096, 16384, 1 << 18

# <sys/prctl.h>
SET_PDEATHSIG = 1
SET_DUMPABLE = 4
SET_SECCOMP = 22
CAPBSET_DROP = 24
SET_NO_NEW_PRIVS = 38
CAP_AMBIENT = 47
_AMBIENT_CLEAR_ALL = 4

_CAPABILITIES_VERSION_3 = 0x20080522
_SYS_ADMIN = 21


@cache
def _libc() -> Any:
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        name = errno.errorcode.get(number, str(number))
        raise OSError(number, f"{what}: {name}, {os.strerror(number)}")


def unshare(flags: int) -> None:
    """Enter new namespaces.

    Raises:
        OSError: The system does not let us; so with all calls here.
    """
    _checked(_libc().unshare(flags), "unshare")


def mount(source: str, target: str, kind: str = "", flags: int = 0, data: str = "") -> None:
    """Mount something; `kind` is empty for a bind mount or a change of flags."""
    parts = (source.encode(), target.encode(), kind.encode())
    result = _libc().mount(*parts, ctypes.c_ulong(flags), data.encode())
    _checked(result, f"mounting {kind or source} on {target}")


def unmount(target: str) -> bool:
    """Unmount what is on `target`; False if nothing was."""
    return bool(_libc().umount2(target.encode(), 0) == 0)


def prctl(option: int, first: int = 0, second: int = 0) -> None:
    """Change a setting of this process."""
    numbers = [ctypes.c_ulong(value) for value in (first, second, 0, 0)]
    _checked(_libc().prctl(option, *numbers), f"prctl {option}")


def install_filter(code: bytes, count: int) -> None:
    """Put a seccomp program of `count` instructions over this process, for good."""
    buffer = ctypes.create_string_buffer(code)
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", count, ctypes.addressof(buffer)))
    prctl(SET_SECCOMP, 2, ctypes.addressof(program))


def drop_capabilities() -> None:
    """Empty every set of capabilities of this process, which has one thread, for good."""
    for number in range(64):
        try:
            prctl(CAPBSET_DROP, number)
        except OSError:  # past the last one that this kernel has
            break
    prctl(CAP_AMBIENT, _AMBIENT_CLEAR_ALL)
    header = struct.pack("Ii", _CAPABILITIES_VERSION_3, 0)
    _checked(_libc().capset(header, bytes(24)), "capset")


def may_become(number: int) -> bool:
    """Say whether this process is a root that may mount and become another user.

    Not every root is: one inside a user namespace may have no other number to become.
    """
    if os.geteuid() != 0:
        return False
    own = Path("/proc/self")
    lines = (own / "status").read_text("ascii", errors="replace").splitlines()
    effective = next((line.split()[1] for line in lines if line.startswith("CapEff:")), "0")
    if not int(effective, 16) >> _SYS_ADMIN & 1:
        return False
    if (own / "setgroups").read_text("ascii").strip() != "allow":
        return False
    return all(_maps((own / f"{kind}_map").read_text("ascii"), number) for kind in ("uid", "gid"))


def _maps(table: str, number: int) -> bool:
    """Say whether a namespace has a user of this number."""
    ranges = (map(int, line.split()) for line in table.splitlines())
    return any(first <= number < first + count for first, _, count in ranges)
