"""The template: imports TensorFlow once, then forks one Jupyter kernel a request.

    python -m coursetools.kernels.template --listen FD --lifeline FD MODULE...

Theory of operation. There are three processes. The *owner* (a Jupyter server, a test run) starts
the *template* and holds the other end of its lifeline; when the owner is gone, the lifeline ends,
and so does the template. For each kernel the owner opens a connection, writes one request
(command, environment, folder) and may hand over descriptors for the kernel's output. The template
forks, answers with the child's pid and a pidfd, and when the child has ended writes its exit code.
The *kernel* is that child: it keeps its end of the connection open, and ends when the owner closes
it, so that no kernel outlives its owner. It does outlive a template that dies.

A fork copies one thread. So nothing may run here that starts another: the modules are imported
with one thread for linear algebra, no TensorFlow operation is run, and a request is refused,
which means a cold kernel, if there is more than one thread after all.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib
import json
import os
import random
import runpy
import select
import signal
import socket
import sys
import threading
from collections import deque
from collections.abc import Iterable, Sequence
from typing import Any

LONGEST_REQUEST = 1 << 20
REQUEST_SECONDS = 10.0
QUIET_SECONDS = 5.0
"""How long nothing must be asked before another module is imported."""

SOON_SECONDS = 0.2
"""The same for what the very next kernel starts with."""

FIRST = ("ipykernel.kernelapp", "numpy", "tensorflow", "keras")
"""What must be there before the first kernel is forked."""

STARTING = (
    "ipykernel.debugger",
    "tornado.platform.asyncio",
    "sqlite3",
    "IPython.core.completerlib",
    "IPython.extensions.storemagic",
)
"""What ipykernel imports while it starts; its debugger takes as long as all the rest of it."""

LATER = (
    *STARTING,
    "matplotlib.pyplot",
    "pandas",
    "ipywidgets",
    "scipy.signal",
    "skimage.data",
)
"""What is imported once no kernel is asked for: the first need not wait for it.

Kernels of the course import all of this anyway; none of it knows a solution or a check.
"""


class Kernel:
    """A forked kernel as its template sees it."""

    def __init__(self, pid: int, connection: socket.socket) -> None:
        self.pid = pid
        self.pidfd = os.pidfd_open(pid)
        self.connection = connection

    def introduce(self) -> None:
        """Tell the owner who it is."""
        socket.send_fds(self.connection, [_line({"pid": self.pid})], [self.pidfd])

    def bury(self) -> None:
        """Tell the owner how it ended."""
        _, status = os.waitpid(self.pid, 0)
        with contextlib.suppress(OSError):  # an owner that has gone does not want to know
            self.connection.send(_line({"exit": os.waitstatus_to_exitcode(status)}))
        self.connection.close()
        os.close(self.pidfd)


def serve(
    listener: socket.socket, lifeline: int, later: Iterable[str] = ()
) -> dict[str, Any] | None:
    """Fork a kernel for each connection until the owner is gone; import in the pauses.

    Returns:
        In a forked child the request that it is to become; in the template None, at its end.
    """
    kernels: dict[int, Kernel] = {}
    modules = deque(later)
    while True:
        pause = _quiet_before(modules[0]) if modules else None
        ready, _, _ = select.select([listener.fileno(), lifeline, *kernels], [], [], pause)
        if not ready and modules:
            _import(modules.popleft())
            continue
        for descriptor in kernels.keys() & set(ready):
            kernels.pop(descriptor).bury()
        if lifeline in ready:
            return None
        if listener.fileno() in ready:
            connection, _ = listener.accept()
            connection.settimeout(REQUEST_SECONDS)
            request, descriptors = _read(connection)
            if request is None:
                connection.close()
                continue
            gc.freeze()  # else a child's first collection copies every page of what is imported
            pid = os.fork()
            if pid == 0:
                listener.close()
                os.close(lifeline)
                for kernel in kernels.values():
                    kernel.connection.close()
                    os.close(kernel.pidfd)
                return request | {"connection": connection, "descriptors": descriptors}
            for descriptor in descriptors:
                os.close(descriptor)
            kernel = Kernel(pid, connection)
            kernels[kernel.pidfd] = kernel
            with contextlib.suppress(OSError):
                kernel.introduce()


def _quiet_before(module: str) -> float:
    return SOON_SECONDS if module in STARTING else QUIET_SECONDS


def become_kernel(request: dict[str, Any]) -> None:
    """Turn this forked child into the kernel that was asked for; returns when it has ended."""
    os.setsid()  # a group of its own: an interrupt reaches the kernel and what it started
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for number, descriptor in zip((1, 2), request["descriptors"], strict=False):
        os.dup2(descriptor, number)
        os.close(descriptor)
    os.environ.clear()
    os.environ.update(request["env"])
    os.chdir(request["cwd"])
    sys.argv = request["argv"]
    sys.path[0] = ""  # as `python -m` has it
    for folder in reversed(request["env"].get("PYTHONPATH", "").split(os.pathsep)):
        if folder and folder not in sys.path:
            sys.path.insert(1, folder)
    _draw_anew()
    _forget_this_package()
    if not request["independent"]:
        threading.Thread(target=_end_with_owner, args=(request["connection"],), daemon=True).start()
    runpy.run_module("ipykernel_launcher", run_name="__main__", alter_sys=True)


def _read(connection: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    """Read a request and the descriptors that came with it; None for one that is refused."""
    descriptors: list[int] = []
    message = b""
    with contextlib.suppress(OSError):  # one that says nothing in time is refused
        while not message.endswith(b"\n") and len(message) < LONGEST_REQUEST:
            part, found, _, _ = socket.recv_fds(connection, LONGEST_REQUEST, 2)
            descriptors += found
            if not part:
                break
            message += part
    threads = len(os.listdir("/proc/self/task"))
    if message.endswith(b"\n") and threads == 1:
        request: dict[str, Any] = json.loads(message)
        return request, descriptors
    with contextlib.suppress(OSError):
        connection.send(_line({"refused": f"the template has {threads} threads"}))
    for descriptor in descriptors:
        os.close(descriptor)
    return None, []


def _import(module: str) -> None:
    """Import, and keep TensorFlow's talk of processors and cards out of the owner's terminal."""
    real = os.dup(2)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)
    os.close(null)
    try:
        importlib.import_module(module)
    finally:
        os.dup2(real, 2)
        os.close(real)


def _draw_anew() -> None:
    """Give this fork random numbers of its own: it has the template's state."""
    random.seed()
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()


def _forget_this_package() -> None:
    """Let the kernel import the package itself: it may find another copy of it first."""
    package = (__package__ or "").partition(".")[0]
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        del sys.modules[name]


def _end_with_owner(connection: socket.socket) -> None:
    connection.settimeout(None)
    with contextlib.suppress(OSError):
        connection.recv(1)
    os._exit(1)


def _line(message: dict[str, Any]) -> bytes:
    return json.dumps(message).encode() + b"\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Import the modules, then serve."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--listen", type=int, required=True)
    parser.add_argument("--lifeline", type=int, required=True)
    parser.add_argument("modules", nargs="*", help="what to import, in place of the course's")
    asked = parser.parse_args(arguments)

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is meant for the owner
    for name in asked.modules or FIRST:
        _import(name)
    listener = socket.socket(fileno=asked.listen)
    request = serve(listener, asked.lifeline, () if asked.modules else LATER)
    if request is not None:
        become_kernel(request)


if __name__ == "__main__":
    main()
