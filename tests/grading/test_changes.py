"""Grading anew: who changes is shown before anything counts, and nothing is graded twice."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coursetools.exercises import Outcome
from coursetools.grading.arrival import Lateness
from coursetools.grading.batch import NothingGradedError, grade_folder, show_changes
from coursetools.grading.changes import compare, summary_sentence
from coursetools.grading.changes.files import write_changes
from coursetools.grading.gradebook import Given, give_points, open_gradebook
from coursetools.grading.late import LatePolicy
from coursetools.grading.order import GRADEBOOK
from coursetools.grading.records import Grade, RunStatus
from grading.samples import ODD_TEXTS, check, exercise, full_grade
from grading.scripted import ScriptedRunner
from grading.test_batch import EXITS, graded, handed, lines_of, order, written
from grading.test_grader import LESSON

__all__ = ["handed"]


@pytest.fixture
def corrected(monkeypatch: pytest.MonkeyPatch) -> None:
    """The checks are other ones than a moment ago, and so is the name of what marks."""
    monkeypatch.setattr("coursetools.grading.batch.version_of", lambda *_: "corrected")


def nobody() -> ScriptedRunner:
    raise AssertionError("it is graded already")


def shown(handed: Path, out: Path, **more: object):
    return show_changes(handed, order(out, **more), lambda: ScriptedRunner(LESSON, EXITS))


def test_changes_are_shown_and_nothing_that_counts_is_written(
    handed: Path, tmp_path: Path, corrected: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    with monkeypatch.context() as before:
        before.setattr("coursetools.grading.batch.version_of", lambda *_: "first")
        graded(handed, out)
    files = written(out)
    for student in ("bob", "cleo"):
        path = handed / student / "lesson.ipynb"
        path.write_bytes(path.read_bytes().replace(b"second = 2", b"second = 3"))
    changes = shown(handed, out)
    assert written(out) == files
    assert {c.grade.student_id for c in changes.told} == {"bob", "cleo"}
    assert (changes.marks, changes.up, changes.down, changes.unchanged) == (2, 0, 2, 4)
    assert all(c.handed_in_anew for c in changes.told)
    with open_gradebook(out / GRADEBOOK) as book:
        (counts,) = book.latest()
        assert counts.version == "first"
        assert {grade.score for grade in book.grades(counts, full=False)} == {4.0}
    # Without the option, what was graded for the look is what counts.
    summary = grade_folder(handed, order(out), nobody)
    assert (summary.graded_now, summary.changes.marks) == (0, 2)
    assert written(out) != files
    with open_gradebook(out / GRADEBOOK) as book:
        assert [each.version for each in book.gradings()] == ["first", "corrected"]
        assert [g.score for g in book.grades(counts, full=False)] == [4.0] * 6  # the history
    assert grade_folder(handed, order(out), nobody).changes.marks == 0


def test_a_look_at_the_same_checks_changes_nothing_that_counts(
    handed: Path, tmp_path: Path, corrected: None
) -> None:
    out = tmp_path / "out"
    graded(handed, out)
    before = lines_of(out)
    (handed / "finn" / "lesson.ipynb").unlink()
    changes = shown(handed, out)
    assert [c.grade.student_id for c in changes.told] == ["finn"]
    assert changes.told[0].after is None
    assert lines_of(out) == before


def test_there_must_be_something_to_compare_with(handed: Path, tmp_path: Path) -> None:
    with pytest.raises(NothingGradedError, match="no marks of lesson 9"):
        shown(handed, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_late_policy_runs_nothing_again_and_comes_on_top_of_a_persons_points(
    handed: Path, tmp_path: Path, corrected: None
) -> None:
    out = tmp_path / "out"
    graded(handed, out)
    with open_gradebook(out / GRADEBOOK) as book:
        give_points(book, [Given("bob", "9.1", "0", "")], "mia")
    due = datetime.now(UTC) - timedelta(days=1, hours=1)
    policy = LatePolicy(due, penalty=10, handed_in={"ada": due, "bob": due + timedelta(hours=2)})
    changes = show_changes(handed, order(out, late=policy), nobody)
    assert changes.marks == 5  # all but ada; bob had lost his points before
    page = next(text for name, text in written(out).items() if name.startswith("feedback/cleo"))
    assert re.search(rb"on \d+ \w+ \d{4}, \d\d:\d\d \(UTC\), as its file says", page)
    summary = grade_folder(handed, order(out, late=policy), nobody)
    ada, bob, cleo, *_ = summary.grades
    assert (ada.deduction, ada.needs_review) == (0, False)
    assert (bob.score, bob.deduction, bob.needs_review) == (bob.exercises[1].score, 0.2, False)
    assert (cleo.score, cleo.deduction, cleo.final_score) == (4, 0.8, 3.2)
    assert "file was last changed" in cleo.review[0]
    pages = written(out)
    page = next(text for name, text in pages.items() if name.startswith("feedback/cleo"))
    assert b"0.8 of your 4 points, and 3.2 count." in page
    with (out / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    told = [rows["cleo"][name] for name in ("score", "late", "deduction", "final_score")]
    assert told == ["4", "2 days", "0.8", "3.2"]
    assert b"Handed in late" in pages["report.html"]
    assert grade_folder(handed, order(out), nobody).grades[2].final_score == 4


def test_what_differs_is_told_by_exercise_and_check() -> None:
    before = full_grade("ada")
    better = exercise(
        "1.4",
        "How much?",
        check(points=3),
        check(Outcome.FAILED, 0, name="new", description="New."),
    )
    after = replace(before, exercises=(*before.exercises[:3], better, before.exercises[4]))
    late = replace(after, student_id="zoe", path="z.ipynb")
    late = replace(
        late, arrival=replace(late.arrival, lateness=Lateness(datetime.now(UTC), percent=50))
    )
    changes = compare(
        [before, full_grade("bob"), replace(after, student_id="zoe", path="z.ipynb")],
        [
            after,
            replace(
                full_grade("bob"), status=RunStatus.SANDBOX_ERROR, review=("See to the sandbox.",)
            ),
            late,
        ],
    )
    ada, bob, zoe = changes.students
    (told,) = ada.exercises
    assert (told.exercise, told.before, told.after) == ("1.4", 0, 3)
    assert [(c.before, c.after) for c in told.checks] == [
        (Outcome.FAILED, Outcome.PASSED),
        (None, Outcome.FAILED),
    ]
    assert (ada.old, ada.new, ada.difference) == (6, 9, 3)
    assert bob.review == ("See to the sandbox.",)
    assert (bob.old, bob.new, bob.difference, bob.mark_changed) == (6, None, None, True)
    assert (zoe.exercises, zoe.difference) == ((), -4.5)
    assert summary_sentence(changes) == (
        "1 up, 1 down, 0 unchanged, 1 with a mark only before or only now; the mean goes from "
        "7.50 to 6.75 points."
    )
    fewer = replace(before, exercises=before.exercises[:4])
    assert summary_sentence(compare([before], [fewer])).endswith(
        ", of 12 in all where there were 14."
    )


def test_students_without_an_id_are_found_by_their_files() -> None:
    def nameless(path: str) -> Grade:
        return full_grade("", path=path)

    changes = compare([nameless("a.ipynb"), nameless("b.ipynb")], [nameless("b.ipynb")])
    assert [(c.grade.path, c.after is None) for c in changes.students] == [
        ("b.ipynb", False),
        ("a.ipynb", True),
    ]


def test_what_students_wrote_is_inert_in_the_files(tmp_path: Path) -> None:
    odd = [full_grade(text, name=text, path=f"{n}.ipynb") for n, text in enumerate(ODD_TEXTS)]
    table, page = write_changes(compare(odd, []), tmp_path, title="Lesson")
    assert "<script" not in page.read_text("utf-8")
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(ODD_TEXTS)
    assert not any(value[:1] in ("=", "+", "@") for row in rows for value in row.values())
