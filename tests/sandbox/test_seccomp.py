"""The filter of system calls, tried for both machines by a small interpreter of such filters."""

from __future__ import annotations

import errno

import pytest

from coursetools.sandbox import linux, seccomp

ALLOW, KILL, ERROR = 0x7FFF0000, 0x80000000, 0x00050000
AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# A few calls whose numbers are known from elsewhere: (x86-64, 64-bit ARM).
READ, CLONE, CLONE3, SOCKET, IOCTL = (0, 63), (56, 220), (435, 435), (41, 198), (16, 29)
PTRACE, MOUNT, UNSHARE = (101, 117), (165, 40), (272, 97)

MACHINES = pytest.mark.parametrize("machine", sorted(AUDIT))


def verdict(machine: str, call: tuple[int, int], *arguments: int, audit: int | None = None) -> int:
    """What the filter says of a call, as Linux would run it (<linux/filter.h>)."""
    number = call[machine == "aarch64"]
    data = {0: number, 4: AUDIT[machine] if audit is None else audit}
    data |= {16 + 8 * place: value & 0xFFFFFFFF for place, value in enumerate(arguments)}
    value = 0
    line = 0
    program = seccomp.program(machine)
    while True:
        code, if_true, if_false, operand = program[line]
        line += 1
        if code == 0x20:
            value = data.get(operand, 0)
        elif code == 0x06:
            return operand
        else:
            holds = {
                0x15: value == operand,
                0x35: value >= operand,
                0x45: bool(value & operand),
            }[code]
            line += if_true if holds else if_false


@MACHINES
def test_ordinary_calls_pass(machine: str) -> None:
    assert verdict(machine, READ) == ALLOW
    assert verdict(machine, CLONE, 0x003D0F00) == ALLOW  # a thread, as the C library makes it
    assert verdict(machine, IOCTL, 1, 0x5413) == ALLOW
    for family in (1, 2, 10):
        assert verdict(machine, SOCKET, family) == ALLOW


@MACHINES
def test_what_no_lesson_needs_is_refused(machine: str) -> None:
    for call in (PTRACE, MOUNT, UNSHARE):
        assert verdict(machine, call) == ERROR | errno.EPERM
    for numbers in seccomp._FORBIDDEN.values():
        assert verdict(machine, numbers) == ERROR | errno.EPERM


@MACHINES
def test_namespaces_cannot_be_made_by_clone(machine: str) -> None:
    for flag in (linux.NEWUSER, linux.NEWNS, linux.NEWPID | 0x100):
        assert verdict(machine, CLONE, flag) == ERROR | errno.EPERM
    assert verdict(machine, CLONE3) == ERROR | errno.ENOSYS


@MACHINES
def test_other_sockets_and_typing_into_a_terminal_are_refused(machine: str) -> None:
    for family in (0, 3, 16, 17, 40):
        assert verdict(machine, SOCKET, family) == ERROR | errno.EAFNOSUPPORT
    assert verdict(machine, IOCTL, 1, 0x5412) == ERROR | errno.EPERM


@MACHINES
def test_calls_of_another_table_end_the_process(machine: str) -> None:
    assert verdict(machine, READ, audit=0x40000003) == KILL


def test_the_other_numbers_of_x86_end_the_process() -> None:
    assert verdict("x86_64", (0x40000000, 0)) == KILL


def test_a_machine_without_a_filter_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(machine in AUDIT for machine in seccomp._MACHINES)
    monkeypatch.setattr(seccomp.platform, "machine", lambda: "riscv64")
    assert not seccomp.known()
    seccomp.install()  # does nothing
