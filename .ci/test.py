"""`make test`: everything that CI checks, in parts, with a table of minutes and memory at the end.

    python .ci/test.py              all parts
    python .ci/test.py lint units   these parts

Three parts run beside each other: machines have two cores, and a part waits for a browser, a
clock or a disk part of its time. Each line of output begins with the name of its part.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from coursetools.kernels.forked import SHARED, Template

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTEST = (sys.executable, "-m", "pytest", "-q", "--color=no")

UNITS = ("tests", "-m", "not browser and not notebook")
MODELS = ("tests/capstone", "tests/lessons", "tests/notebook", "tests/pretrained", "tests/probes")
TRAINING = ("tests/training",)
GRADING = ("tests/adversaries", "tests/cli", "tests/grading", "tests/sandbox")

# part -> the commands it consists of; a command of pytest's also counts tests
PARTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "lint": (
        (str(BIN / "ruff"), "check", "--quiet"),
        (str(BIN / "ruff"), "format", "--check", "--quiet"),
        (str(BIN / "mypy"), "--no-error-summary"),
        (str(BIN / "lint-imports"), "--no-cache"),
    ),
    "units": (
        (*PYTEST, *UNITS, *(f"--ignore={folder}" for folder in (*MODELS, *TRAINING, *GRADING))),
    ),
    # Processes of their own, since one that has tested many models holds on to their memory.
    "models": (
        (*PYTEST, *UNITS[1:], *MODELS),
        (*PYTEST, *UNITS[1:], *TRAINING),
    ),
    "notebooks": ((*PYTEST, "tests/notebooks"),),
    "grading": ((*PYTEST, *UNITS[1:], *GRADING),),
    "browser": ((*PYTEST, "tests/browser"),),
}

# Parts begin in this order, the longest first.
AT_ONCE = 3
ORDER = ("browser", "notebooks", "models", "lint", "grading", "units")

# Warm kernels are forks of one process for all parts: their memory is counted by itself.
KERNELS = "kernels"

MOST_MINUTES = 15.0
# Three parts at a time, and the template that all kernels are forked from.
MOST_GIGABYTES = 8.0


@dataclass
class Result:
    """How a part went: its exit codes, minutes, peak memory in GB and counts of tests."""

    part: str
    failed_commands: list[str] = field(default_factory=list)
    minutes: float = 0.0
    gigabytes: float = 0.0
    passed: int = 0
    failed: int = 0
    skipped: int = 0


class MemoryWatch(threading.Thread):
    """Samples how much memory each part's processes hold, and all of them together.

    Every two seconds: the system takes 10 ms to add up one process with TensorFlow. Shared pages
    are counted once (PSS) where the system tells, else as often as they are mapped.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak_together = 0.0
        self._peaks: dict[str, float] = {}
        self._roots: dict[str, int] = {}
        self._done = threading.Event()

    def enter(self, part: str, pid: int) -> None:
        """Watch the process `pid` and its children as those of `part`."""
        self._roots[part] = pid

    def leave(self, part: str) -> float:
        """Stop watching a part and return its peak in GB."""
        self._roots.pop(part, None)
        return self._peaks.get(part, 0.0)

    def run(self) -> None:
        """Sample until told to stop."""
        while not self._done.wait(2):
            now = {part: tree_gigabytes(pid) for part, pid in list(self._roots.items())}
            for part, gigabytes in now.items():
                self._peaks[part] = max(self._peaks.get(part, 0.0), gigabytes)
            self.peak_together = max(self.peak_together, sum(now.values()))

    def stop(self) -> None:
        """End the sampling."""
        self._done.set()
        self.join()


def tree_gigabytes(pid: int) -> float:
    """Return the memory of a process and all its descendants, in GB."""
    total = 0
    try:
        processes = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.Error:
        return 0.0
    for process in processes:
        try:
            memory = process.memory_full_info()
        except psutil.Error:
            continue  # it ended, or is not ours to look at
        total += getattr(memory, "pss", memory.rss)
    return total / 1e9


def run_part(part: str, watch: MemoryWatch, say: threading.Lock) -> Result:
    """Run the commands of a part one after the other, all of them, whatever fails."""
    result = Result(part)
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for number, command in enumerate(PARTS[part]):
            report = Path(folder) / f"{number}.xml"
            is_pytest = command[: len(PYTEST)] == PYTEST
            code = stream(
                part, (*command, f"--junitxml={report}") if is_pytest else command, watch, say
            )
            # pytest's 5 is "no tests": of a part that must have some, that is a failure too
            if code != 0:
                result.failed_commands.append(f"{shortened(command)} ended with {code}")
            if report.exists():
                count(report, result)
    result.gigabytes = watch.leave(part)
    result.minutes = (time.monotonic() - start) / 60
    return result


def shortened(command: Iterable[str]) -> str:
    """Return a command without the folders of its program and without its options."""
    program, *arguments = command
    words = [word for word in arguments if not word.startswith("-")]
    return " ".join([Path(program).name, *words[:2]])


def stream(part: str, command: Iterable[str], watch: MemoryWatch, say: threading.Lock) -> int:
    """Run a command, print its lines under the name of the part, and return its exit code."""
    with subprocess.Popen(
        list(command), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        watch.enter(part, process.pid)
        for line in process.stdout or ():
            with say:
                print(f"{part:<9} | {line}", end="", flush=True)
    return process.returncode


def count(report: Path, result: Result) -> None:
    """Add the tests of a JUnit file to the result; an error in a fixture is a failure."""
    for suite in ET.parse(report).getroot().iter("testsuite"):
        tests, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        result.passed += tests - skipped - failed
        result.failed += failed
        result.skipped += skipped


def table(results: Iterable[Result], minutes: float, gigabytes: float) -> str:
    """Return the closing table, with what went wrong and what took too much."""
    lines = [
        "",
        f"{'part':<10}{'minutes':>8}{'peak GB':>9}{'passed':>8}{'failed':>8}{'skipped':>9}",
    ]
    for result in results:
        lines.append(
            f"{result.part:<10}{result.minutes:8.1f}{result.gigabytes:9.1f}"
            f"{result.passed:8}{result.failed:8}{result.skipped:9}"
        )
        lines += [f"  FAILED: {words}" for words in result.failed_commands]
    lines.append(f"{'together':<10}{minutes:8.1f}{gigabytes:9.1f}")
    if minutes > MOST_MINUTES:
        lines.append(f"TOO SLOW: over {MOST_MINUTES:.0f} minutes in all is a defect.")
    if gigabytes > MOST_GIGABYTES:
        lines.append(f"TOO LARGE: over {MOST_GIGABYTES:.0f} GB at a time is a defect.")
    return "\n".join(lines)


def main() -> int:
    """Run the parts that were asked for and return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="parts to run; default: all")
    asked = parser.parse_args().parts or list(PARTS)

    start = time.monotonic()
    template = Template()
    if asked != ["lint"] and sys.platform == "linux":  # one for the kernels of all parts
        template.start()
        os.environ[SHARED] = str(template.socket)
    say, results = threading.Lock(), list[Result]()
    watch = MemoryWatch()
    if template.pid is not None:
        watch.enter(KERNELS, template.pid)
    watch.start()
    with ThreadPoolExecutor(max_workers=AT_ONCE) as beside:
        running = [beside.submit(run_part, part, watch, say) for part in ORDER if part in asked]
        results += [part.result() for part in running]
    watch.stop()

    results.sort(key=lambda result: list(PARTS).index(result.part))
    if template.pid is not None:
        results.append(Result(KERNELS, gigabytes=watch.leave(KERNELS)))
    template.stop()
    print(table(results, (time.monotonic() - start) / 60, watch.peak_together))
    if asked != ["lint"]:  # lint counts no tests
        passed, failed, skipped = (
            sum(getattr(result, word) for result in results)
            for word in ("passed", "failed", "skipped")
        )
        print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return int(any(result.failed_commands for result in results))


if __name__ == "__main__":
    sys.exit(main())
