"""What is to be read is written from the gradebook alone: the same bytes, without submissions."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursetools.grading.gradebook import Given, Grading, give_points, open_gradebook
from coursetools.grading.order import GRADEBOOK
from coursetools.grading.written import SHOWS, NothingShownError, rewrite, shown_in
from grading.gradebook.test_book import save
from grading.samples import full_grade
from grading.test_batch import graded, handed, written

__all__ = ["handed"]


def test_after_points_it_writes_what_grading_again_would(handed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    graded(handed, out)
    before = written(out)
    with open_gradebook(out / GRADEBOOK) as book:
        give_points(book, [Given("bob", "9.1", "0.5", "Nearly.")], "mia")
        rewrite(book, out, {"bob"})
    after = written(out)
    changed = {name for name in after if after[name] != before[name]}
    assert {name.partition("-")[0] for name in changed} >= {"gradebook.csv", "feedback/bob"}
    assert not any(name.startswith("feedback/ada") for name in changed)
    graded(handed, out)
    assert written(out) == after


def test_a_folder_says_which_lesson_of_a_database_it_shows(tmp_path: Path) -> None:
    one, other = Grading(1, "a"), Grading(2, "a")
    with open_gradebook(tmp_path / "all.sqlite") as book:
        save(book, full_grade(), grading=one)
        assert shown_in(book, tmp_path) == one
        save(book, full_grade(), grading=other)
        with pytest.raises(NothingShownError, match="once more"):
            shown_in(book, tmp_path)
        (tmp_path / SHOWS).write_text("1\n", "ascii")
        assert shown_in(book, tmp_path) == one
        later = Grading(1, "b")
        save(book, full_grade(), grading=later)
        assert shown_in(book, tmp_path) == later  # its marks are the ones that count
