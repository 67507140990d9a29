"""`coursetools grade` with a late policy and with `--show-changes`, as an instructor types it."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from coursetools.cli import app
from coursetools.cli import grade as grade_command
from coursetools.cli.lesson import Wanted
from coursetools.grading.notebook import read_notebook
from grading.scripted import RELEASED, ScriptedRunner
from grading.test_batch import EXITS, handed
from grading.test_grader import LESSON

__all__ = ["handed"]


@pytest.fixture(autouse=True)
def scripted(monkeypatch):
    monkeypatch.setattr("coursetools.grading.batch.version_of", lambda *_: "as it is now")
    monkeypatch.setattr(grade_command, "why_not", lambda: None)
    monkeypatch.setattr(grade_command, "wanted_lesson", lambda _: Wanted(LESSON))
    monkeypatch.setattr(grade_command, "load_release", lambda *_: read_notebook(RELEASED))
    monkeypatch.setattr(grade_command, "_runner", lambda _: lambda: ScriptedRunner(LESSON, EXITS))


def said(*arguments):
    words = ["grade", "--lesson", "9", *map(str, arguments)]
    result = CliRunner().invoke(app, words)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def test_a_policy_is_looked_at_first_then_counts_and_its_absence_is_said(handed, tmp_path):
    out, late = tmp_path / "out", tmp_path / "late.toml"
    day = "2020-01-01T00:00:00Z"
    late.write_text(f"due = {day}\npenalty = 50\n[extensions]\nx = {day}\n", "utf-8")
    assert said(handed, "--out", out)[0] == 0
    before = (out / "gradebook.csv").read_bytes()
    code, words = said(handed, "--out", out, "--late", late, "--show-changes")
    assert (code, "0 up, 6 down, 0 unchanged; the mean goes from 4.00 to 0.00" in words) == (
        0,
        True,
    )
    assert "Taken off for lateness: 0 → 4." in words
    assert "No mark was written." in words
    assert (out / "gradebook.csv").read_bytes() == before
    assert (out / "changes.html").is_file()
    code, words = said(handed, "--out", out, "--late", late)
    assert (code, "6 graded (0 now), 6 for review" in words) == (0, True), words
    assert "6 marks changed against the last grading: 0 up, 6 down" in words
    assert "unknown   x: the late policy names it" in words
    assert "had a late policy" not in words
    assert "had a late policy" in said(handed, "--out", out)[1]
    assert (out / "gradebook.csv").read_bytes() == before


def test_mistakes_in_a_policy_are_all_said_before_anything_is_graded(handed, tmp_path):
    late, roster = tmp_path / "late.toml", tmp_path / "class.csv"
    roster.write_text("id,name\nada,Ada\n", "utf-8")
    late.write_text("due = 2020-01-01\n[extensions]\nzoe = 2020-01-01T00:00:00Z\n", "utf-8")
    code, words = said(handed, "--out", tmp_path / "out", "--roster", roster, "--late", late)
    assert code == 1
    assert "`due` is no time" in words
    assert "`extensions.zoe`: nobody of the roster" in words
    assert words.endswith("Nothing was graded.\n")
    assert not (tmp_path / "out").exists()
    assert said(handed, "--out", tmp_path / "out", "--late", tmp_path / "none.toml")[0] == 1


def test_changes_of_nothing_are_said(handed, tmp_path):
    code, words = said(handed, "--out", tmp_path / "out", "--show-changes")
    assert (code, "There is nothing to compare with" in words) == (1, True)
