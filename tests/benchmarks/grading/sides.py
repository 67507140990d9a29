"""The two graders, each on its own copy of the same submissions, each measured whole."""

import csv
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat

from benchmarks.grading import assignment
from benchmarks.grading.measuring import Taken, measured
from coursetools import lessons
from coursetools.grading.notebook.released import release_file

HERE = Path(__file__).resolve().parent
NAME = "lesson"

_CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "benchmark"
c.Execute.timeout = 600
"""


@dataclass(frozen=True)
class Side:
    """What one grader took for how many submissions, and the scores it gave, by student."""

    submissions: int
    taken: Taken
    scores: dict[str, float]

    @property
    def wall(self) -> float:
        """Seconds a submission."""
        return self.taken.wall / self.submissions

    @property
    def cpu(self) -> float:
        """Seconds of processor time a submission."""
        return self.taken.cpu / self.submissions


def ours(lesson: int, submissions: int, jobs: int, folder: Path) -> Side:
    """Grade with `coursetools grade`, in the sandbox.

    Args:
        lesson: Its number.
        submissions: How many.
        jobs: How many at once; 0 for one a processor.
        folder: A new one to work in.
    """
    released = nbformat.read(release_file(lesson), as_version=4)
    ids = assignment.students(submissions)
    assignment.write_submissions(released, lessons.load(lesson), ids, folder / "submissions")
    command = [str(Path(sys.executable).parent / "coursetools"), "grade", "submissions"]
    command += ["--lesson", str(lesson), "--out", "graded", "--jobs", str(jobs)]
    taken = measured(command, folder, folder / "words.txt")
    with (folder / "graded" / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        scores = {row["id"]: float(row["score"]) for row in csv.DictReader(file)}
    return Side(submissions, taken, scores)


def nbgrader(lesson: int, ids: Sequence[str], folder: Path, python: Path) -> Side:
    """Grade with `nbgrader autograde`, as it is delivered but for a longer timeout.

    Args:
        lesson: Its number.
        ids: Of the students.
        folder: A new one to work in; what is not yet grading is made before the clock starts.
        python: Of nbgrader's environment.
    """
    asked = lessons.load(lesson)
    released = nbformat.read(release_file(lesson), as_version=4)
    source = folder / "source" / NAME
    source.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(_CONFIG)
    nbformat.write(assignment.nbgrader_source(released, asked), source / f"{NAME}.ipynb")
    environment = _environment(folder, python)
    program = str(python.parent / "nbgrader")

    def run(*arguments: str) -> Taken:
        log = folder / f"{arguments[0]}.txt"
        return measured([program, *arguments], folder, log, environment)

    run("generate_assignment", NAME, "--create")
    made = nbformat.read(folder / "release" / NAME / f"{NAME}.ipynb", as_version=4)
    assignment.write_nbgrader_submissions(made, asked, ids, folder / "submitted", NAME)
    taken = run("autograde", NAME, "--create")
    run("export", "--to", "grades.csv")
    with (folder / "grades.csv").open(newline="") as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    return Side(len(ids), taken, scores)


def _environment(folder: Path, python: Path) -> dict[str, str]:
    """Give the variables: nothing of this project's kernels, and what the first cell imports."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "PYTHON"))}
    return kept | {
        "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(HERE),
        "VIRTUAL_ENV": str(python.parent.parent),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
    }
