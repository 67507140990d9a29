"""Judging a capstone in a process of its own, within limits of time and memory.

Theory of operation. The parent starts one child and never reads the student's file itself. The
child reads it as hostile data, builds the network from the published list, says that it is ready,
and predicts. The parent watches: until *ready* the clock is ours, since loading TensorFlow takes
as long as the machine is slow; afterwards it is the network's. Memory is watched from outside
where the system tells it (Linux), because TensorFlow's address space says nothing of its use.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coursetools.answers import schema
from coursetools.answers.kind import UnreadableAnswer
from coursetools.capstone.report import Judgement
from coursetools.run_status import RunStatus

_EVERY = 0.05
_LONGEST_LINE = 64 * 1024
_PACKAGE = Path(__file__).parents[2]


@dataclass(frozen=True)
class Limits:
    """What the child may take."""

    start: float = 240.0
    """Seconds until the network stands."""
    network: float = 60.0
    """Seconds for all its predictions."""
    memory: int = 3 * 1024**3
    """Bytes of memory, TensorFlow's own half gigabyte among them."""


LIMITS = Limits()


class JudgeError(RuntimeError):
    """The judge did not work, which is not the student's fault: a person has to look."""


def judge(file: Path, *, holdout: Path | None = None, limits: Limits = LIMITS) -> Judgement:
    """Judge a capstone.

    Args:
        file: The `capstone.npz`, from anyone.
        holdout: The folder of an instructor's own pictures; None for the practice part.
        limits: What the process may take.

    Raises:
        JudgeError: The process could not be run, or failed for a reason of ours.
    """
    command = [sys.executable, "-P", "-m", __package__, str(file.absolute())]
    if holdout is not None:
        command.append(str(holdout.absolute()))
    return run_limited(command, limits)


def run_limited(command: Sequence[str], limits: Limits) -> Judgement:
    """Run a judge's process within limits and read its report."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as log:
        try:
            child = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=folder,  # not beside the notebook, where a `keras.py` may lie
                env=_environment(),
                start_new_session=True,
            )
        except OSError as error:
            raise JudgeError(f"The judge's process could not be started: {error}.") from error
        with child:
            try:
                status, lines = _watched(child, limits)
            finally:
                child.kill()
        if status is not RunStatus.FINISHED:
            return Judgement(status=status, seconds=limits.network)
        if child.returncode < 0:
            return Judgement(status=RunStatus.KILLED)
        if child.returncode:
            raise JudgeError("The judge did not work: " + _last_line(log))
        return _read(lines)


def _environment() -> dict[str, str]:
    """Give what the child needs of ours, and the package that this one runs from."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    course = {name: value for name, value in os.environ.items() if name.startswith("COURSETOOLS_")}
    return {
        **kept,
        **course,
        "PYTHONPATH": str(_PACKAGE),
        "CUDA_VISIBLE_DEVICES": "-1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }


def _watched(child: subprocess.Popen[bytes], limits: Limits) -> tuple[RunStatus, list[bytes]]:
    """Wait until the child ends or takes too much."""
    lines: list[bytes] = []
    ready = threading.Event()
    reader = threading.Thread(target=_collect, args=(child.stdout, lines, ready), daemon=True)
    reader.start()
    began, standing = time.monotonic(), None
    while child.poll() is None:
        now = time.monotonic()
        if standing is None and ready.is_set():
            standing = now
        if standing is None and now - began > limits.start:
            child.kill()
            raise JudgeError(f"No network stood after {limits.start:.0f} seconds.")
        if standing is not None and now - standing > limits.network:
            return RunStatus.TIMED_OUT, lines
        if _memory_of(child.pid) > limits.memory:
            return RunStatus.OUT_OF_MEMORY, lines
        time.sleep(_EVERY)
    reader.join(timeout=5)
    return RunStatus.FINISHED, lines


def _collect(stream: Any, lines: list[bytes], ready: threading.Event) -> None:
    for _ in range(2):
        line = stream.readline(_LONGEST_LINE)
        if not line:
            return
        lines.append(line)
        ready.set()


def _memory_of(process: int) -> int:
    """Give the bytes that a process keeps in memory, 0 where the system does not tell."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text("ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _read(lines: list[bytes]) -> Judgement:
    try:
        data = schema.mapping(schema.loads_answer(lines[-1], _LONGEST_LINE), "report")
        if data.get("out_of_memory"):
            return Judgement(status=RunStatus.OUT_OF_MEMORY)
        refused = schema.text(data.get("refused", ""), "refused", 2_000)
        shape = schema.items(data.get("shape", []), "shape", 8)
        return Judgement(
            refused=refused,
            digest=schema.text(data.get("digest", ""), "digest"),
            tag=schema.text(data.get("tag", ""), "tag"),
            largest=schema.text(data.get("largest", ""), "largest"),
            largest_parameters=_count(data, "largest_parameters"),
            shape=tuple(schema.integer(size, "shape", 0) for size in shape),
            in_range=schema.truth(data.get("in_range", False), "in_range"),
            provisional=schema.truth(data.get("provisional", True), "provisional"),
            parameters=_count(data, "parameters"),
            right=_count(data, "right"),
            pictures=_count(data, "pictures"),
            valid_right=_count(data, "valid_right"),
            valid_pictures=_count(data, "valid_pictures"),
        )
    except (IndexError, UnreadableAnswer):
        return Judgement(status=RunStatus.GARBLED)


def _count(data: dict[str, Any], name: str) -> int:
    return schema.integer(data.get(name, 0), name, 0)


def _last_line(log: Any) -> str:
    log.seek(0, os.SEEK_END)
    log.seek(max(0, log.tell() - 4_000))
    lines = log.read().decode(errors="replace").strip().splitlines()
    return json.dumps(lines[-1]) if lines else "it said nothing."
