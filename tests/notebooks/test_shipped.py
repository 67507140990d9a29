"""The notebook as it is shipped: every cell runs, says what is stored, and earns nothing."""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from coursetools.exercises import Lesson
from notebooks.runs import Mark, answer_cells, read, tell_scores, told_scores

SANITIZE = Path(__file__).with_name("nbval-sanitize.cfg")


@dataclass(frozen=True)
class Run:
    """What nbval reported, and what the exercises earned."""

    passed: bool
    report: str
    marks: dict[str, Mark]


@pytest.fixture(scope="module")
def shipped(path: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("shipped")
    notebook = read(path)
    tell_scores(notebook)
    nbformat.write(notebook, folder / path.name)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "--nbval", f"--nbval-sanitize-with={SANITIZE}"),
            *("-q", "--color=no", "--rootdir", folder, "-p", "no:cacheprovider", path.name),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    marks = told_scores(folder) if (folder / "scores.json").exists() else {}
    return Run(done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:], marks)


def test_outputs_are_those_stored(shipped: Run) -> None:
    assert shipped.passed, shipped.report


def test_starter_earns_nothing(shipped: Run, lesson: Lesson) -> None:
    assert {number: mark.score for number, mark in shipped.marks.items()} == {
        exercise.number: 0 for exercise in lesson.exercises
    }


def test_no_check_with_points_passes_on_the_starter(shipped: Run) -> None:
    assert shipped.marks
    for number, mark in shipped.marks.items():
        worth = [outcome for outcome, points, _ in mark.checks if points]
        assert set(worth) <= {"failed", "skipped"}, number


def test_every_exercise_has_an_answer_cell(path: Path, lesson: Lesson) -> None:
    cells = answer_cells(read(path))
    assert sorted(cells) == sorted(exercise.number for exercise in lesson.exercises)
    for number, cell in cells.items():
        assert cell.metadata["coursetools"]["exercise"] == number
        assert cell.source.rstrip().endswith(f"q_{number.partition('.')[2]}.check()")


def test_every_cell_was_run_to_be_stored(path: Path) -> None:
    # nbval does not mind a cell without stored outputs
    counts = [cell.execution_count for cell in read(path).cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1)), "run make notebooks"


def test_nothing_stored_is_a_warning_or_a_fault(path: Path) -> None:
    outputs = [output for cell in read(path).cells for output in cell.get("outputs", ())]
    assert outputs, "run make notebooks"
    assert [o.text for o in outputs if o.output_type == "stream" and o.name == "stderr"] == []
    assert [o.ename for o in outputs if o.output_type == "error"] == []


def test_every_stored_figure_has_its_text(path: Path) -> None:
    html = "".join(
        output.data.get("text/html", "")
        for cell in read(path).cells
        for output in cell.get("outputs", ())
        if "data" in output
    )
    pictures = re.findall(r"<img\b[^>]*>", html)
    assert pictures
    for picture in pictures:
        text = re.search(r'\balt="([^"]*)"', picture)
        assert text is not None
        assert len(text.group(1).split()) > 3, text.group(1)
