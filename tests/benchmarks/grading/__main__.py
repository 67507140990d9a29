"""`make bench-grading`: our grader against nbgrader, one after the other, in one run.

    python -m benchmarks.grading --lessons 1 2 4 --submissions 60 --nbgrader 4

Both grade the same notebooks. Starting up is in both sides' times, a share of it in each
submission's. The exit code is 1 only with `--require`, if a ratio or a bound is not kept.
"""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.grading import assignment, sides
from benchmarks.grading.environment import ROOT, make_environment

LEAST_RATIO = {1: 5.0, 2: 10.0, 4: 10.0}
MOST_GIGABYTES = 6.0
MOST_MEGABYTES_EACH = 0.5
"""What a further submission may add to the peak of memory."""

_PLACE = ROOT / ".bench"
_GIGABYTE = 1024**3


def main() -> int:
    """Run what is asked for; gives the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lessons", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--submissions", type=int, default=60, help="for our grader: a class")
    parser.add_argument("--nbgrader", type=int, default=4, help="of these, for nbgrader")
    parser.add_argument(
        "--memory", type=int, nargs=2, metavar=("FEW", "MANY"), help="compare peaks of memory"
    )
    parser.add_argument("--require", action="store_true", help="fail if a bound is not kept")
    asked = parser.parse_args()
    _PLACE.mkdir(exist_ok=True)
    python = make_environment(_PLACE / "nbgrader")
    broken: list[str] = []
    with tempfile.TemporaryDirectory(dir=_PLACE) as folder:
        for lesson in asked.lessons:
            broken += _compare(lesson, asked.submissions, asked.nbgrader, python, Path(folder))
        if asked.memory:
            broken += _grow(asked.lessons[0], *asked.memory, Path(folder))
    for sentence in broken:
        print(f"not kept: {sentence}")
    return int(asked.require and bool(broken))


def _compare(lesson: int, count: int, few: int, python: Path, folder: Path) -> list[str]:
    """Run both on a lesson and print how they did; gives what was not kept."""
    ids = assignment.students(few)
    cores = os.cpu_count() or 1
    print(f"\nlesson {lesson}, load {os.getloadavg()[0]:.1f}, {cores} processors", flush=True)
    made = {}
    one, all_of_them = "coursetools --jobs 1", f"coursetools --jobs {cores}"
    made["nbgrader"] = sides.nbgrader(lesson, ids, folder / f"{lesson}-nbgrader", python)
    _print("nbgrader", made["nbgrader"])
    for words, jobs in {one: 1, all_of_them: cores}.items():
        made[words] = sides.ours(lesson, count, jobs, folder / f"{lesson}-ours-{jobs}")
        _print(words, made[words])
    shutil.rmtree(folder)
    folder.mkdir()
    other = made["nbgrader"]
    broken = []
    for words in (one, all_of_them):
        cpu, wall = other.cpu / made[words].cpu, other.wall / made[words].wall
        print(f"  ratio, {words}: {cpu:.1f} of processor time, {wall:.1f} of wall", flush=True)
        if min(cpu, wall) < LEAST_RATIO.get(lesson, 0):
            broken.append(f"lesson {lesson}, {words}: at least {LEAST_RATIO[lesson]:g}")
        if made[words].taken.memory > MOST_GIGABYTES * _GIGABYTE:
            broken.append(f"lesson {lesson}, {words}: under {MOST_GIGABYTES:g} GB")
        apart = [name for name in ids if other.scores[name] != made[words].scores[name]]
        if apart:
            broken.append(f"lesson {lesson}: the same scores, but for {', '.join(apart)}")
    if not broken:
        print(f"  scores agree: {[other.scores[name] for name in ids]}", flush=True)
    return broken


def _grow(lesson: int, few: int, many: int, folder: Path) -> list[str]:
    """Compare the peaks of memory for few and for many submissions."""
    print(f"\nmemory, lesson {lesson}", flush=True)
    peaks = []
    for count in (few, many):
        side = sides.ours(lesson, count, 0, folder / f"memory-{count}")
        _print(f"{count} submissions", side)
        peaks.append(side.taken.memory)
    each = (peaks[1] - peaks[0]) / 1024**2 / (many - few)
    print(f"  a further submission adds {each:.2f} MB", flush=True)
    return [f"at most {MOST_MEGABYTES_EACH} MB a submission"] if each > MOST_MEGABYTES_EACH else []


def _print(words: str, side: sides.Side) -> None:
    print(
        f"  {words:22} {side.submissions:4} submissions: {side.wall:6.2f} s of wall and "
        f"{side.cpu:6.2f} s of processor time each, {60 / side.wall:6.1f} a minute, "
        f"peak {side.taken.memory / _GIGABYTE:.2f} GB",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
