"""The template: imports what notebooks need once, then forks one jailed runner a submission.

    python -m coursetools.sandbox.template --control FD [--drop-to ID] MODULE...

Runs inside bubblewrap. A fork copies one thread, so nothing may run here that starts another, and
whatever is in this process's memory is in every student's: no lesson, no check, no answer.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import signal
import socket
import sys
from collections.abc import Sequence

from coursetools.sandbox import jail, linux
from coursetools.sandbox.frames import Frames

_COVERS = ("sys", "sysrq-trigger", "irq", "bus")


def main(arguments: Sequence[str] | None = None) -> None:
    """Import the modules, then fork until the supervisor is gone."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--control", type=int, required=True)
    parser.add_argument("--drop-to", type=int)
    parser.add_argument("modules", nargs="*")
    asked = parser.parse_args(arguments)
    control = socket.socket(fileno=asked.control)
    control.set_inheritable(False)
    if asked.drop_to is not None:
        _drop_to(asked.drop_to)
    sys.path[0] = ""  # as a notebook has it
    sys.argv = sys.argv[:1]
    gc.disable()  # nothing that is imported is ever garbage; forks turn it on again
    try:
        from coursetools.sandbox.runner import import_modules

        import_modules(asked.modules)
    except BaseException as error:
        jail.say(control, error=f"{type(error).__name__}: {error}")
        raise
    gc.freeze()  # else a fork's first collection copies every page of what is imported
    threads = len(os.listdir("/proc/self/task"))
    jail.say(control, threads=threads, pid=os.getpid())
    if threads == 1:
        _serve(control)
    os._exit(0)  # at once: nothing of it is worth tidying up


def _drop_to(number: int) -> None:
    """Stop being root, for good.

    As root, bubblewrap covers parts of `/proc` with read-only mounts, and while one is there
    Linux refuses a `/proc` to the namespaces inside.
    """
    for cover in _COVERS:
        linux.unmount(f"/proc/{cover}")
    os.setgroups([])
    os.setresgid(number, number, number)
    os.setresuid(number, number, number)
    linux.prctl(linux.SET_DUMPABLE, 1)  # else the files in /proc/self would still be root's


def _serve(control: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # wardens need nobody to wait for them
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is the supervisor's
    while True:
        data, descriptors, _, _ = socket.recv_fds(control, 16, 2)
        if not data:
            return
        channel, end = (socket.socket(fileno=descriptor) for descriptor in descriptors)
        if os.fork() == 0:
            gc.enable()
            try:
                jail.warden(channel, end, _run)
            except BaseException as error:  # noqa: BLE001 - ours, whatever it is
                with contextlib.suppress(OSError):
                    jail.say(channel, error=f"{type(error).__name__}: {error}")
            os._exit(1)
        channel.close()
        end.close()


def _run(end: socket.socket) -> None:
    from coursetools.sandbox.runner import leave, serve

    serve(Frames(end))
    leave()


if __name__ == "__main__":
    main()
