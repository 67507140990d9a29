"""The provisioner that Jupyter finds by name: a forked kernel, or a cold one where that fails."""

from __future__ import annotations

import asyncio
import atexit
import os
import sys
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from coursetools.kernels.forked import ForkedKernel, Template, TemplateError

LAUNCHER = "ipykernel_launcher"

_TEMPLATE = Template()
atexit.register(_TEMPLATE.stop)


def can_fork() -> bool:
    """Whether this system forks kernels: Linux, with pidfds (5.3 and newer)."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open")


class WarmProvisioner(LocalProvisioner):
    """Starts kernels by forking a process that has imported TensorFlow.

    Everything else, from interrupting to restarting, is jupyter_client's own: a `ForkedKernel`
    answers as the `Popen` of a cold kernel does. A kernel of another Python or with a pipe for
    its output, a system that does not fork and a template that fails get a cold kernel.
    """

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel and return its connection information."""
        arguments = forkable(cmd, kwargs)
        if arguments is None:
            return await super().launch_kernel(cmd, **kwargs)
        try:
            kernel = await asyncio.to_thread(_fork, arguments, kwargs)
        except TemplateError as error:
            self.log.warning("Starting a cold kernel, since no warm one is to be had. %s", error)
            return await super().launch_kernel(cmd, **kwargs)
        self.process = kernel  # type: ignore[assignment]  # has what is asked of a Popen
        self.pid = self.pgid = kernel.pid
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info


def forkable(cmd: list[str], options: dict[str, Any]) -> list[str] | None:
    """Return the kernel's arguments, its module first, if a fork of this Python can be it."""
    outputs = [options.get(name) for name in ("stdin", "stdout", "stderr")]
    if (
        not can_fork()
        or cmd[1:3] != ["-m", LAUNCHER]
        or Path(cmd[0]).resolve() != Path(sys.executable).resolve()
        or any(isinstance(output, int) and output < 0 for output in outputs)  # PIPE and its like
    ):
        return None
    return cmd[2:]


def _fork(arguments: list[str], options: dict[str, Any]) -> ForkedKernel:
    outputs = [options.get(name) for name in ("stdout", "stderr")]
    return _TEMPLATE.fork(
        arguments,
        env=options.get("env") or os.environ,
        cwd=options.get("cwd"),
        outputs=[_descriptor(output, number) for number, output in enumerate(outputs, start=1)]
        if any(output is not None for output in outputs)
        else (),
        independent=bool(options.get("independent")),
    )


def _descriptor(output: Any, default: int) -> int:
    if output is None:
        return default
    return int(output) if isinstance(output, int) else int(output.fileno())
