"""Lesson 2's exercises in a notebook: cards, `ct.use`, and answers that build on each other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from coursetools.operations import KERNELS, convolve, relu

SOBEL = "my_kernel = [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]"
LINE_KERNEL = 'line_kernel = np.array(ct.use("2.1"), dtype="float32").reshape(3, 3)'
LINE_MAP = 'line_map = np.array(ct.use("2.2"), dtype="float32").reshape(200, 200)'
FILTER = """# Exercise 2.2
image_filter = convolve(image, line_kernel, padding="same")
q_2.check()
"""
DETECT = """# Exercise 2.3
image_detect = np.maximum(0, line_map)
q_3.check()
"""


@pytest.fixture
def lesson(bare: Any) -> Any:
    """A notebook that is connected to lesson 2, as far as its first exercise."""
    bare.run(
        "import numpy as np\n"
        "import coursetools as ct\n"
        "from coursetools.answers import ____\n"
        "from coursetools.datasets import lesson_picture\n"
        "from coursetools.operations import convolve\n"
        'q_1, q_2, q_3, q_4, q_5, q_6 = ct.connect(lesson=2, student_id="")\n'
        'image = lesson_picture("car-front", channels=1, size=200)'
    )
    return bare


def solved(notebook: Any, name: str) -> bool:
    return bool(notebook[name].result.solved)


def test_whoever_answers_nothing_goes_on_with_the_references(lesson: Any) -> None:
    lesson.run("# Exercise 2.1\nmy_kernel = ____\nq_1.check()")
    assert "reference answer for 2.1" in lesson.run(LINE_KERNEL).text
    assert lesson["line_kernel"].tolist() == [[-1, -1, -1], [2, 2, 2], [-1, -1, -1]]
    lesson.run("# Exercise 2.2\nimage_filter = ____\nq_2.check()")
    lesson.run(LINE_MAP)
    found = convolve(lesson["image"], lesson["line_kernel"], padding="same")
    assert np.allclose(lesson["line_map"], found, atol=1e-4)
    lesson.run("# Exercise 2.6\ndef my_conv(image, kernel):\n    return ____\n\nq_6.check()")
    assert lesson["q_6"].result.score == 0
    lesson.run('sliding = ct.use("2.6")')
    assert np.allclose(lesson["sliding"](np.eye(4), np.eye(2)), convolve(np.eye(4), np.eye(2)))
    lesson.run('detected_map = np.array(ct.use("2.3")).reshape(200, 200)')
    assert np.allclose(lesson["detected_map"], relu(found), atol=1e-4)


def test_the_reference_map_is_that_of_ones_own_kernel(lesson: Any) -> None:
    lesson.run(f"# Exercise 2.1\n{SOBEL}\nq_1.check()")
    assert lesson.run(LINE_KERNEL).bundles == []
    assert lesson["line_kernel"].tolist() == KERNELS["bottom_sobel"].tolist()
    lesson.run(LINE_MAP)
    found = convolve(lesson["image"], KERNELS["bottom_sobel"], padding="same")
    assert np.allclose(lesson["line_map"], found, atol=1e-4)
    lesson.run(DETECT)
    assert solved(lesson, "q_3")


def test_own_answers_are_built_on(lesson: Any) -> None:
    lesson.run(f"# Exercise 2.1\n{SOBEL}\nq_1.check()")
    lesson.run(LINE_KERNEL)
    lesson.run(FILTER)
    lesson.run(LINE_MAP)
    lesson.run(DETECT)
    assert [solved(lesson, name) for name in ("q_1", "q_2", "q_3")] == [True, True, True]
    # A kernel that is no longer right is forgotten: the map of another one is not the reference's.
    lesson.run("my_kernel = 0")
    lesson.run("q_2.check()")
    assert lesson["q_2"].result.score == 0


def test_a_map_made_with_the_reference_stays_right(lesson: Any) -> None:
    lesson.run("my_kernel = ____")
    lesson.run(LINE_KERNEL)
    lesson.run(FILTER)
    lesson.run(f"# Exercise 2.1\n{SOBEL}\nq_1.check()\nq_2.check()")
    assert solved(lesson, "q_1")
    assert solved(lesson, "q_2")


def test_the_reference_is_no_answer(lesson: Any) -> None:
    lesson.run("my_kernel = ____\nkept = ct.use('2.1')\nmy_kernel = kept\nq_1.check()")
    assert lesson["q_1"].result.score == 0


CARDS = [
    ("q_1", "my_kernel = np.ones((3, 3))", "it still answers `9`: make the nine numbers add up"),
    ("q_1", "my_kernel = [1, 2, 3]", "`my_kernel` could not be read. This asks for three rows of"),
    ("q_2", "image_filter = image", "That is the picture itself, as it came."),
    ("q_2", "image_filter = convolve(image, KERNEL)", "Your map is 198 by 198"),
    ("q_3", "image_detect = -image", "There is still a negative value"),
    ("q_4", "filtered = 1000\ndetected = 0", "`1000` is not it."),
    ("q_6", "def my_conv(image, kernel):\n    return 1 / 0", "`ZeroDivisionError: division by"),
    ("q_6", "my_conv = lambda image, kernel: image", "Without padding it stays inside"),
    ("q_6", "def my_conv(image, kernel):\n    return '<b>no</b>'", "your function gives a `str`"),
]


@pytest.mark.parametrize(("view", "source", "words"), CARDS)
def test_cards_say_the_same_in_html_and_in_plain_text(
    lesson: Any, view: str, source: str, words: str
) -> None:
    lesson.run("KERNEL = [[-1, -1, -1], [2, 2, 2], [-1, -1, -1]]")
    shown = lesson.run(f"{source}\n{view}.check()")
    assert words in shown.text
    assert "Traceback" not in shown.text
    assert "<b>no</b>" not in shown.html
    before, _, after = words.partition("`")
    assert before in shown.html or after.split("`")[0] in shown.html
    assert "0 of " in shown.text
    assert max(len(line) for line in shown.text.splitlines()) < 400


def test_the_question_shows_patch_and_kernel_as_tables(lesson: Any) -> None:
    shown = lesson.run("q_4")
    html = shown.result._repr_mimebundle_()["text/html"]
    text = repr(shown.result)
    assert html.count('<table class="ct-grid">') == 2
    assert "<caption><strong>Patch</strong></caption>" in html
    assert html.count("<td>") == 18
    assert sum(line.lstrip().startswith("|") for line in text.splitlines()) == 6
