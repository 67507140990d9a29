"""What a student sees of one exercise: question, result, hints, solution."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from coursetools.answers import Text
from coursetools.exercises import Exercise, Lesson
from coursetools.notebook import view

RIGHT = 700  # 100 times what "demo" draws
FIRST_LINES = {
    "____": "– Not answered yet · 7.1 Times `h` · 4 points",
    "[____]": "– Not answered yet · 7.1 Times `h` · 4 points",
    "250": "↻ Not yet · 7.1 Times `h` · 0 of 4 points",
    "800": "◐ Partly right · 7.1 Times `h` · 1 of 4 points",
    "'seven'": "? Could not be read · 7.1 Times `h` · 0 of 4 points",
    "RIGHT": "✓ Right · 7.1 Times `h` · 4 of 4 points",
}


def answer(notebook: Any, value: str) -> Any:
    notebook.shell.user_ns["RIGHT"] = RIGHT
    return notebook.run(f"# Exercise 7.1\nproduct = {value}\nq_1.check()")


@pytest.mark.parametrize(("value", "line"), FIRST_LINES.items())
def test_first_line_says_how_it_stands(notebook: Any, value: str, line: str) -> None:
    assert answer(notebook, value).text.splitlines()[0] == line


def test_result_in_plain_text(notebook: Any) -> None:
    assert answer(notebook, "800").text.splitlines()[1:] == [
        "  ✓ It is a multiple of 100. (right · 1 of 1)",
        "  ↻ The product is exact. (not yet · 0 of 3)",
        "      `8` is not your number.",
        "  Lesson 7: 0 of 4 exercises, 1 of 9 points",
    ]


def test_what_waits_for_another_check_repeats_nothing(notebook: Any) -> None:
    assert answer(notebook, "250").text.splitlines()[1:4] == [
        "  ↻ It is a multiple of 100. (not yet · 0 of 1)",
        "      `250` does not end in two zeros. Is <b>this</b> escaped?",
        "  ⋯ The product is exact. (fix the above first · 0 of 3)",
    ]


def test_note_on_what_is_right(notebook: Any) -> None:
    assert "      Well multiplied." in answer(notebook, "RIGHT").text.splitlines()


def test_check_returns_nothing_and_keeps_the_result(notebook: Any) -> None:
    assert answer(notebook, "800").result is None
    assert notebook["q_1"].result.score == 1


class Words(HTMLParser):
    """The words of some HTML, without its style."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] != ["style"] or not data.startswith(".ct-card"):
            self.words += re.findall(r"\w+", data)


@pytest.mark.parametrize("value", FIRST_LINES)
def test_html_says_what_the_text_says(notebook: Any, value: str) -> None:
    shown = answer(notebook, value)
    text = re.findall(r"\w+", shown.text)
    assert sorted(Words(shown.html).words) == sorted(text)


def test_html_escapes_and_marks(notebook: Any) -> None:
    html = answer(notebook, "250").html
    assert "<code>250</code>" in html
    assert "<b>" not in html
    assert "&lt;b&gt;this&lt;/b&gt;" in html
    assert 'role="status"' in html


def test_untouched_is_no_attempt(notebook: Any) -> None:
    answer(notebook, "____")
    assert notebook["q_1"]._session.progress.record("7.1").attempts == 0


def test_open_answers_beside_a_given_one_are_named(notebook: Any) -> None:
    shown = notebook.run("# Exercise 7.3\nhistory = ____\nbest = 2\nq_3.check()")
    assert shown.text.splitlines() == [
        "– Not answered yet · 7.3 Two answers · 2 points",
        "  Still open: `history`.",
    ]


def test_one_answer_of_two(notebook: Any) -> None:
    shown = notebook.run("# Exercise 7.3\nhistory = {'loss': [1.0]}\nbest = ____\nq_3.check()")
    assert shown.text.splitlines() == [
        "◐ Partly right · 7.3 Two answers · 1 of 2 points",
        "  ✓ There is a loss. (right · 1 of 1)",
        "  – The epoch is the best one. (not answered yet · 0 of 1)",
        "  Your answer is stored in this cell. Save the notebook to hand it in.",
        "  Lesson 7: 0 of 4 exercises, 1 of 9 points",
    ]


def test_error_of_a_check_is_ours(notebook: Any) -> None:
    shown = notebook.run("# Exercise 7.4\nanything = 3\nq_4.check()")
    assert shown.text.startswith("! Our error, not yours · 7.4 Broken · no mark")
    assert "0 of 9 points" in shown.text
    assert notebook["q_4"]._session.progress.record("7.4").attempts == 0


def test_error_of_the_notebook_side_is_a_sentence(
    notebook: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("no such thing")

    monkeypatch.setattr(view, "result_card", fail)
    shown = answer(notebook, "800")
    assert shown.error is None
    assert shown.text.splitlines() == [
        "! Our error, not yours",
        "  `q_1.check()` did not work. The fault is ours and costs you no points; your answer is "
        "as it was. If it happens again, tell your teacher the next line.",
        "  OSError: no such thing",
    ]


def test_hints_come_one_after_the_other(notebook: Any) -> None:
    shown = notebook.run("for _ in range(4): q_1.hint()")
    titles = [b["text/plain"].splitlines()[0].split(" · ")[0] for b in shown.bundles]
    assert titles == ["» Hint 1 of 3", "» Hint 2 of 3", "» Hint 3 of 3", "» Hint 3 of 3"]
    assert "gives the next one" in shown.bundles[1]["text/plain"]
    assert "That was the last hint. `q_1.solution()`" in shown.bundles[2]["text/plain"]
    assert "There are no further hints. `q_1.solution()`" in shown.bundles[3]["text/plain"]


def test_a_hint_by_number(notebook: Any) -> None:
    shown = notebook.run("q_1.hint(2); q_1.hint(); q_1.hint(9)")
    assert [b["text/plain"].splitlines()[1].strip() for b in shown.bundles] == [
        "Or two zeros.",
        "`100 * h`",
        "`100 * h`",
    ]


@pytest.mark.parametrize("number", ["0", "-1", "'two'", "True", "1.5"])
def test_no_such_hint(notebook: Any, number: str) -> None:
    shown = notebook.run(f"q_1.hint({number})")
    assert shown.text == (
        f"• Note · Hints are numbered from 1 to 3; there is no hint `{eval(number)!r}`."
    )


def test_exercise_without_hints(notebook: Any) -> None:
    assert "This exercise has no hints." in notebook.run("q_2.hint()").text


def test_solution_as_this_student_would_type_it(notebook: Any) -> None:
    shown = notebook.run("q_1.solution()")
    assert "  product = 100 * 7" in shown.text.splitlines()
    assert "changes no mark" in shown.text
    assert '<span class="ct-n">100</span>' in shown.html


def test_hints_and_solution_change_no_mark(notebook: Any) -> None:
    notebook.run("q_1.hint(); q_1.solution()")
    assert answer(notebook, "RIGHT").text.startswith("✓ Right")
    record = notebook["q_1"]._session.progress.record("7.1")
    assert (record.best, record.hints, record.solution_views) == (4.0, 1, 1)


def test_the_exercise_alone_shows_question_and_state(notebook: Any) -> None:
    first = repr(notebook["q_1"]).splitlines()
    assert first[0] == "– Not answered yet · 7.1 Times `h` · 4 points · 2 min"
    assert first[1] == "  How much is 100 times 7?"
    assert first[-1] == "  `q_1.check()` · `q_1.hint()` · `q_1.solution()`"
    answer(notebook, "800")
    assert repr(notebook["q_1"]).startswith("◐ Partly right, 1 of 4 so far · 7.1")
    bundle = notebook["q_1"]._repr_mimebundle_()
    assert bundle["text/plain"] == repr(notebook["q_1"])
    assert "<strong>7</strong>" in bundle["text/html"]


def test_options_in_the_order_of_this_student(notebook: Any) -> None:
    text = repr(notebook["q_2"])
    letters = re.findall(r"- ([A-D]) The (\w+)\.", text)
    right = next(letter for letter, word in letters if word == "second")
    assert [letter for letter, _ in letters] == ["A", "B", "C", "D"]
    shown = notebook.run(f"# Exercise 7.2\nwhich = '{right}'\nq_2.check()")
    assert shown.text.startswith("✓ Right · 7.2")


def test_blank_error_names_the_exercise(notebook: Any) -> None:
    error = notebook.run("# Exercise 7.1\nproduct = ____ + 1\nq_1.check()", fails=True).error
    assert type(error).__name__ == "BlankError"
    assert "of exercise 7.1 " in str(error)
    elsewhere = notebook.run("product = ____ + 1", fails=True).error
    assert "exercise" not in str(elsewhere)


@pytest.fixture
def essay(notebook: Any) -> Any:
    """A lesson whose one exercise is a text, open in the notebook."""
    exercise = Exercise(number="8.1", title="Why?", question="Say why.", answers={"why": Text()})

    @exercise.check(points=3, by_hand=True)
    def reason(why: str) -> None:
        """The reason is named."""

    notebook.shell.user_ns["LESSON"] = Lesson(8, "Essays", (exercise,))
    notebook.run("(q_1,) = ct.open_lesson(LESSON, '')")
    return notebook


def test_a_text_waits_for_a_person_and_counts_as_handed_in(essay: Any) -> None:
    told = essay.run("# Exercise 8.1\nwhy = 'Because.'\nq_1.check()").text.splitlines()
    assert told == [
        "✎ For a person to mark · 8.1 Why? · 3 points",
        "  ✎ The reason is named. (for a person to mark · 3 points)",
        "  Lesson 8: 1 of 1 exercises, 0 of 3 points",
    ]
    assert repr(essay.run("q_1").result).startswith("✎ For a person to mark · 8.1 Why?")
    assert "8.1 Why?: for a person to mark, 0 of 3" in essay.run("ct.progress()").text


def test_a_text_that_is_missing_is_not_answered_yet(essay: Any) -> None:
    told = essay.run("# Exercise 8.1\nwhy = ____\nq_1.check()").text
    assert told.startswith("– Not answered yet · 8.1 Why?")
    assert "0 of 1 exercises" in essay.run("ct.progress()").text
