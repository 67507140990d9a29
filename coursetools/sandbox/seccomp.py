"""A filter of system calls, for x86-64 and 64-bit ARM; other machines go without and say so.

It is not the wall: the namespaces are. It takes away parts of the kernel that no lesson needs,
and memory that belongs to no process, which the watch could not see.
"""

from __future__ import annotations

import errno
import platform
import struct
from dataclasses import dataclass

from coursetools.sandbox import linux

# Names, then the number on x86-64 and on 64-bit ARM (<asm/unistd.h>).
_FORBIDDEN = {
    # looking into other processes
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    # mounts and namespaces
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "unshare": (272, 97),
    "setns": (308, 268),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    # large and seldom used parts of the kernel
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "kexec_load": (246, 104),
    "swapon": (167, 224),
    "reboot": (169, 142),
    "quotactl": (179, 60),
    # memory that no process maps
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "vmsplice": (278, 75),
}


@dataclass(frozen=True)
class _Machine:
    """What differs between machines."""

    column: int
    audit: int
    clone: int
    clone3: int
    socket: int
    ioctl: int


_MACHINES = {
    "x86_64": _Machine(0, 0xC000003E, clone=56, clone3=435, socket=41, ioctl=16),
    "aarch64": _Machine(1, 0xC00000B7, clone=220, clone3=435, socket=198, ioctl=29),
}

_X32 = 0x40000000
_TIOCSTI = 0x5412
_FAMILIES = (1, 2, 10)
"""Local and internet sockets, of which none leads anywhere."""

# Instructions of a classic Berkeley packet filter, and where it finds what it looks at.
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _FIRST, _SECOND = 0, 4, 16, 24
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000

_Instruction = tuple[int, int, int, int]


def known() -> bool:
    """Say whether there is a filter for this machine."""
    return platform.machine() in _MACHINES


def install() -> None:
    """Put the filter over this process and all that it starts; does nothing if there is none."""
    if known():
        code = program(platform.machine())
        linux.install_filter(b"".join(struct.pack("HBBI", *line) for line in code), len(code))


def program(name: str) -> list[_Instruction]:
    """Give the filter of a machine: code, steps if true, steps if false, operand."""
    machine = _MACHINES[name]
    lines = [_load(_ARCHITECTURE), (_EQUAL, 1, 0, machine.audit), _return(_KILL), _load(_NUMBER)]
    if name == "x86_64":  # its other table of numbers
        lines += [(_AT_LEAST, 0, 1, _X32), _return(_KILL)]
    for numbers in _FORBIDDEN.values():
        lines += [(_EQUAL, 0, 1, numbers[machine.column]), _return(_ERROR | errno.EPERM)]
    # Its flags cannot be seen. The C library falls back to clone, whose flags can.
    lines += [(_EQUAL, 0, 1, machine.clone3), _return(_ERROR | errno.ENOSYS)]
    lines += [
        (_EQUAL, 0, 4, machine.clone),
        _load(_FIRST),
        (_ANY_BIT, 0, 1, linux.NAMESPACES),
        _return(_ERROR | errno.EPERM),
        _return(_ALLOW),
    ]
    lines += [(_EQUAL, 0, 2 + len(_FAMILIES), machine.socket), _load(_FIRST)]
    for left, family in zip(reversed(range(len(_FAMILIES))), _FAMILIES, strict=True):
        lines += [(_EQUAL, 1 + left, 0, family)]
    lines += [_return(_ERROR | errno.EAFNOSUPPORT)]
    lines += [_load(_NUMBER), (_EQUAL, 0, 3, machine.ioctl), _load(_SECOND)]
    lines += [(_EQUAL, 0, 1, _TIOCSTI), _return(_ERROR | errno.EPERM)]
    return [*lines, _return(_ALLOW)]


def _load(offset: int) -> _Instruction:
    return (_LOAD, 0, 0, offset)


def _return(value: int) -> _Instruction:
    return (_RETURN, 0, 0, value)
