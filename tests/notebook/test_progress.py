"""The file beside the notebook: what it keeps, and that nothing rests on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from coursetools.notebook.progress import FOLDER

FILE = Path(FOLDER) / "progress-lesson-7.json"
CONNECT = "q_1, q_2, q_3, q_4 = ct.open_lesson(practice_lesson.LESSON, {!r})"


def answer(notebook: Any, value: object) -> Any:
    return notebook.run(f"# Exercise 7.1\nproduct = {value}\nq_1.check()")


def test_nothing_is_written_before_there_is_something_to_keep(notebook: Any) -> None:
    answer(notebook, "____")
    assert not FILE.exists()


def test_what_is_kept(notebook: Any) -> None:
    answer(notebook, 800)
    notebook.run("q_1.hint(); q_1.solution()")
    data = json.loads(FILE.read_text(encoding="utf-8"))
    record = data["students"]["demo"]["7.1"]
    times = [record.pop("first"), record.pop("last")]
    assert record == {
        "best": 1.0,
        "solved": False,
        "attempts": 1,
        "hints": 1,
        "solution_views": 1,
        "version": "0.1.0",
    }
    assert times == sorted(times)
    assert all(time.endswith("+00:00") for time in times)
    assert [path.name for path in FILE.parent.iterdir()] == [FILE.name]


def test_the_best_score_is_kept(notebook: Any) -> None:
    for value in (700, 250, "____", 800):
        answer(notebook, value)
    record = notebook["q_1"]._session.progress.record("7.1")
    assert (record.best, record.solved, record.attempts) == (4.0, True, 3)


def test_progress_survives_connecting_again(notebook: Any) -> None:
    answer(notebook, 700)
    assert "Lesson 7: 1 of 4 exercises, 4 of 9 points" in notebook.run(CONNECT.format("")).text


def test_each_id_has_its_own(notebook: Any) -> None:
    answer(notebook, 700)
    assert "0 of 9 points" in notebook.run(CONNECT.format("Zoë")).text
    notebook.run("q_1.hint()")
    assert "4 of 9 points" in notebook.run(CONNECT.format("")).text
    assert set(json.loads(FILE.read_text(encoding="utf-8"))["students"]) == {"demo", "zoë"}


def test_table(notebook: Any) -> None:
    answer(notebook, 800)
    shown = notebook.run("ct.progress()")
    assert shown.text.splitlines() == [
        "• So far · Lesson 7: 0 of 4 exercises, 1 of 9 points",
        "  ◐ 7.1 Times `h`: partly right, 1 of 4",
        "  – 7.2 A letter: not answered yet, 0 of 2",
        "  – 7.3 Two answers: not answered yet, 0 of 2",
        "  – 7.4 Broken: not answered yet, 0 of 1",
    ]
    assert shown.html.count("<tr>") == 5
    assert shown.result is None


def test_a_folder_that_cannot_be_written_costs_one_sentence(notebook: Any) -> None:
    Path(FOLDER).write_text("a file in the way", encoding="utf-8")
    first, second = answer(notebook, 800), answer(notebook, 700)
    assert first.text.splitlines()[0].startswith("◐ Partly right")
    assert (
        "Progress is not kept: `.coursetools` beside the notebook cannot be written" in first.text
    )
    assert "Progress is not kept" not in second.text
    assert "Lesson 7: 1 of 4 exercises, 4 of 9 points" in second.text
    assert Path(FOLDER).read_text(encoding="utf-8") == "a file in the way"


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "{",
        "[]",
        '{"students": []}',
        '{"students": {"demo": 3}}',
        '{"students": {"demo": {"7.1": {"best": "NaN"}}}}',
        '{"students": {"demo": {"7.1": []}}}',
        "\udc80".encode("utf-8", "surrogatepass"),
        "[" * 100_000,
    ],
)
def test_a_damaged_file_costs_one_sentence(notebook: Any, damage: str | bytes) -> None:
    FILE.parent.mkdir()
    content = damage if isinstance(damage, bytes) else damage.encode()
    FILE.write_bytes(content)
    assert "`progress-lesson-7.json` is damaged" in notebook.run(CONNECT.format("")).text
    assert FILE.read_bytes() == content
    assert answer(notebook, 700).text.startswith("✓ Right")
    assert "4 of 9 points" in notebook.run(CONNECT.format("")).text


def test_a_write_that_fails_half_way_leaves_the_old_file(
    notebook: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(notebook, 800)
    before = FILE.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    assert "(No space left on device)" in answer(notebook, 700).text
    assert FILE.read_bytes() == before
    assert [path.name for path in FILE.parent.iterdir()] == [FILE.name]
