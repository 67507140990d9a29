"""The table: for spreadsheets, inert in them, and no zero that nobody gave."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from coursetools.grading.gradebook import write_csv
from coursetools.grading.records import Grade, RunStatus
from grading.samples import check, exercise, full_grade


def written(path: Path, *grades: Grade, missing: dict[str, str] | None = None) -> list[list[str]]:
    write_csv(grades, missing or {}, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_whole_table(tmp_path: Path) -> None:
    rows = written(
        tmp_path / "grades.csv", full_grade("b"), full_grade("a"), missing={"aa": "Émile"}
    )
    numbers = [f"exercise 1.{place}" for place in range(1, 6)]
    head = ["id", "name", "score", "max_score", "handed_in", "late", "deduction", "final_score"]
    head += ["status", "needs_review", "pending"]
    ada = ["Ada Byron", "6", "14", "", "", "0", "6", "finished", "yes", "1.3"]
    ada += ["2", "1", "3", "0", ""]
    assert rows == [
        [*head, *numbers, "file"],
        ["a", *ada, "a.ipynb"],
        ["aa", "Émile", *[""] * 6, "missing", *[""] * 8],
        ["b", *ada, "b.ipynb"],
    ]


def test_begins_with_a_mark_that_spreadsheets_know(tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"
    written(path, full_grade())
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid,name,score")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "＝", "\0="])
def test_formulas_are_texts(tmp_path: Path, start: str) -> None:
    formula = f'{start}HYPERLINK("http://example.org","x"),1'
    rows = written(tmp_path / "grades.csv", full_grade(formula, formula, formula))
    (row,) = rows[1:]
    assert len(row) == len(rows[0])
    texts = [row[0], row[1], row[-1]]
    assert all(text[0] == "'" or text[0] == "\\" for text in texts)
    assert all("HYPERLINK" in text for text in texts)


def test_our_failure_and_a_persons_mark_are_no_zero(tmp_path: Path) -> None:
    for_a_person = exercise("1.1", "Say why", check(points=2), score=None, available=0)
    failure = replace(full_grade("a"), status=RunStatus.SANDBOX_ERROR)
    pending = replace(full_grade("b"), exercises=(for_a_person,))
    wrong = replace(full_grade("c"), exercises=(exercise("1.1", "", score=0.0),))
    rows = written(tmp_path / "grades.csv", failure, pending, wrong)
    assert [row[2] for row in rows[1:]] == ["", "", "0"]
    assert [row[7] for row in rows[1:]] == ["", "", "0"]
    assert rows[2][11] == ""


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"
    written(path, full_grade())
    before = path.read_bytes()

    def broken() -> object:
        yield full_grade("b")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_csv(broken(), {}, path)  # type: ignore[arg-type]
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["grades.csv"]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "none" / "grades.csv"
    with pytest.raises(FileNotFoundError) as caught:
        write_csv([], {}, path)
    assert caught.value.filename == str(path)
