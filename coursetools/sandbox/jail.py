"""The jail of one submission: namespaces, mounts, limits, privileges, in the order that works.

Runs in forks of the template, single-threaded, before any student code. `warden` is the first
fork and stays outside the jail; `init` is the first process inside it; the runner is its child.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import stat
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from coursetools.sandbox import linux, seccomp

_ID = 1000
"""Who a student is inside: an ordinary number, mapped to whoever the template runs as."""

_REQUEST = 1 << 16
_NOT_STARTED = 97
_SCRATCH_FILES = 20_000
_SHARED = 64 * 1024 * 1024
_OPEN_FILES = 256
_ADDRESSES = 64 * 1024**3
"""Bytes of address space: far more than TensorFlow takes, and a bound for page tables."""

_CPU_MARGIN = 5
_OTHERS = 10_000
_HERE = "/tmp"
_SHIELDED = linux.NOSUID | linux.NODEV

Run = Callable[[socket.socket], None]
"""What the runner does with its end of the socket."""


def warden(
    channel: socket.socket, end: socket.socket, run: Callable[[socket.socket], None]
) -> None:
    """Make the namespaces, start init in them, and tell the supervisor how it ended.

    Never returns. Nobody inside can see, signal or reach this process.

    Args:
        channel: To the supervisor; the request waits in it.
        end: The runner's end of its socket.
        run: What the runner does with it.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    linux.prctl(linux.SET_PDEATHSIG, signal.SIGKILL)  # the template's end is ours, and init's
    os.setsid()
    close_all_but(channel.fileno(), end.fileno())
    # Read only now: what a later fork might find in its memory was never in the template's.
    request = json.loads(channel.recv(_REQUEST))
    ids = {"setgroups": "deny", "uid_map": _mapped(os.geteuid()), "gid_map": _mapped(os.getegid())}
    linux.unshare(linux.NAMESPACES)
    for name, text in ids.items():
        Path("/proc/self", name).write_text(text, encoding="ascii")
    ready, go = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(go)
        try:
            os.read(ready, 1)  # until the supervisor has a handle on us
            os.close(ready)
            _init(request, channel, end, run)
        except BaseException as error:  # noqa: BLE001 - ours, whatever it is
            say(channel, error=f"{type(error).__name__}: {error}")
        os._exit(_NOT_STARTED)
    end.close()
    pidfd = os.pidfd_open(pid)
    say(channel, pidfd, init=True)
    os.close(pidfd)
    os.close(go)
    _, status, usage = os.wait4(pid, 0)
    say(channel, exit=os.waitstatus_to_exitcode(status), cpu=usage.ru_utime + usage.ru_stime)
    os._exit(0)


def say(channel: socket.socket, *descriptors: int, **message: Any) -> None:
    """Send a message, with descriptors."""
    data = json.dumps(message).encode("ascii")
    socket.send_fds(channel, [data], list(descriptors))


def close_all_but(*kept: int) -> None:
    """Close every descriptor from 3 up that is not named."""
    last = 2
    for descriptor in sorted(kept):
        os.closerange(last + 1, descriptor)
        last = descriptor
    os.closerange(last + 1, 1 << 16)


def _mapped(number: int) -> str:
    # Unmapped, its files on a file system of its own would have no owner that can be written down.
    return f"{_ID} {number} 1"


def _init(
    request: Mapping[str, Any],
    channel: socket.socket,
    end: socket.socket,
    run: Run,
) -> None:
    """Furnish the jail, start the runner, and bury whoever dies until the runner has."""
    linux.prctl(linux.SET_PDEATHSIG, signal.SIGKILL)
    os.setsid()
    # Should the system run out of memory after all, this is what it is to end first.
    Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    _mount(request)
    os.chdir(_work())
    _limit(request)
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)
    linux.drop_capabilities()
    linux.prctl(linux.SET_NO_NEW_PRIVS, 1)
    if request["seccomp"]:
        seccomp.install()
    pid = os.fork()
    if pid == 0:
        _become_runner(end, run)
    runner = os.pidfd_open(pid)
    linux.prctl(linux.SET_DUMPABLE, 0)  # nobody inside may look into us or at what we hold
    say(channel, runner, runner=True)
    close_all_but()
    while True:  # the first process of a namespace inherits all orphans
        ended, status = os.wait()
        if ended == pid:
            code = os.waitstatus_to_exitcode(status)
            os._exit(code if code >= 0 else 128 - code)


def _become_runner(end: socket.socket, run: Run) -> None:
    try:
        os.dup2(end.fileno(), 3, inheritable=False)
        end.detach()
        close_all_but(3)
        home = f"{_HERE}/home"
        ipython = f"{home}/.ipython"
        os.environ.update(HOME=home, TMPDIR=_HERE, MPLCONFIGDIR=home, IPYTHONDIR=ipython)
        run(socket.socket(fileno=3))
    finally:
        os._exit(_NOT_STARTED)


def _work() -> str:
    return f"{_HERE}/work"


def _mount(request: Mapping[str, Any]) -> None:
    """Give the jail its own view of files, in which only the scratch can be written to."""
    linux.mount("none", "/", flags=linux.REC | linux.PRIVATE)
    linux.mount("proc", "/proc", "proc", _SHIELDED | linux.NOEXEC)
    size = f"size={request['scratch']},nr_inodes={_SCRATCH_FILES},mode=700"
    with _Carried(path for path in request["paths"] if Path(path).is_relative_to(_HERE)) as carried:
        linux.mount("tmpfs", _HERE, "tmpfs", _SHIELDED, size)
        carried.put_back()
    size = f"size={min(request['scratch'], _SHARED)},nr_inodes=1000,mode=700"
    linux.mount("tmpfs", "/dev/shm", "tmpfs", _SHIELDED, size)
    linux.mount("devpts", "/dev/pts", "devpts", linux.NOSUID | linux.NOEXEC, "ptmxmode=0666")
    for folder in ("home", "work"):
        os.makedirs(f"{_HERE}/{folder}")
    try:
        Path("/proc/sys/user/max_user_namespaces").write_text("0", encoding="ascii")
    except OSError:
        if not (request["seccomp"] and seccomp.known()):  # else the filter refuses them
            raise


class _Carried:
    """What lies below the scratch, such as a checkout in `/tmp`, held while that is mounted."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._held = {path: os.open(path, os.O_PATH) for path in paths}

    def __enter__(self) -> _Carried:
        return self

    def __exit__(self, *error: object) -> None:
        for descriptor in self._held.values():
            os.close(descriptor)

    def put_back(self) -> None:
        """Mount them where they were, as read-only as they were."""
        for path, descriptor in self._held.items():
            if not Path(path).exists():
                if stat.S_ISDIR(os.fstat(descriptor).st_mode):
                    os.makedirs(path)
                else:
                    os.makedirs(Path(path).parent, exist_ok=True)
                    Path(path).touch()
                linux.mount(f"/proc/self/fd/{descriptor}", path, flags=linux.BIND | linux.REC)


def _counts_own() -> bool:
    """Say whether Linux counts processes by user namespace; before 5.14 it counts all of a user's.

    Those outside would then leave no room for one inside, and the watch alone keeps count.
    """
    return tuple(map(int, os.uname().release.split(".")[:2])) >= (5, 14)


def _limit(request: Mapping[str, Any]) -> None:
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: _OPEN_FILES,
        resource.RLIMIT_FSIZE: request["file"],
        resource.RLIMIT_NPROC: request["processes"] + (0 if _counts_own() else _OTHERS),
        resource.RLIMIT_CPU: int(request["cpu"]) + _CPU_MARGIN,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_AS: _ADDRESSES,
    }
    for limit, value in limits.items():
        most = resource.getrlimit(limit)[1]
        value = value if most == resource.RLIM_INFINITY else min(value, most)
        resource.setrlimit(limit, (value, value))
