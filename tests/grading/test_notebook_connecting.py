"""The student id of a notebook: read from the `connect` cell, never run."""

import pytest

from coursetools.grading.notebook import notebook_id, notebook_lesson
from coursetools.grading.notebook.connecting import notebook_ids
from grading.small_lesson import code, notebook, text

IDS = {
    'q_1, q_2 = ct.connect(lesson=7, student_id="ada")': "ada",
    "q_1, q_2 = ct.connect(7, 'ada')": "ada",
    'coursetools.connect(student_id="  ada ", lesson=7)': "ada",
    'connect(7, student_id="Ä. Öz, 17")': "Ä. Öz, 17",
    '%matplotlib inline\nct.connect(7, student_id="ada")': "ada",
    '!pip list\nq = ct.connect(7, student_id="ada")': "ada",
    "ct.connect(7, student_id=\"=cmd|' /C calc'!A0\")": "=cmd|' /C calc'!A0",
    "ct.connect(lesson=7)": "",
    'ct.connect(lesson=7, student_id="")': "",
    'ct.connect(lesson=7, student_id="a" "b")': "ab",
    "ct.connect(lesson=7, student_id=me)": None,
    'ct.connect(lesson=7, student_id="a" + "b")': None,
    'ct.connect(lesson=7, student_id=f"{me}")': None,
    "ct.connect(lesson=7, student_id=4711)": None,
    "ct.connect(lesson=7, student_id=b'ada')": None,
    'ct.connect(lesson=7, student_id="a\\nb")': None,
    f'ct.connect(lesson=7, student_id="{"a" * 201}")': None,
    'database.connect("server", "password")': None,
    "ct.connect(lesson=7, student_id=": None,
    "ct.connect(7, student_id='ada') \x00": None,
    "connect(" * 2_000: None,
    "-" * 9_000 + "ct.connect(7, 'ada')": None,
    "ct.connect(7, 'ada')" + " " * 10_000: None,
    "# ct.connect(7, 'ada')": None,
}


@pytest.mark.parametrize(("source", "found"), IDS.items())
def test_the_id_is_what_stands_in_quotes(source, found):
    assert notebook_id(notebook([code("x = 1"), code(source)])) == found


def test_nothing_of_the_cell_is_run(tmp_path):
    trace = tmp_path / "ran"
    source = f"ct.connect(7, student_id=open({str(trace)!r}, 'w').name)"
    assert notebook_id(notebook([code(source, "connect")])) is None
    assert not trace.exists()


def test_text_does_not_connect():
    assert notebook_id(notebook([text('ct.connect(7, student_id="ada")')])) is None


def test_the_released_cell_goes_before_others():
    found = notebook(
        [code('ct.connect(7, student_id="bob")'), code('ct.connect(7, "ada")', "connect")]
    )
    assert notebook_id(found) == "ada"
    assert notebook_ids(found) == ("ada", "bob")


def test_an_id_that_was_written_goes_before_none():
    found = notebook([code("ct.connect(7)", "connect"), code('ct.connect(7, "bob")')])
    assert notebook_id(found) == "bob"


@pytest.mark.parametrize(
    ("source", "lesson"),
    [
        ("ct.connect(lesson=2)", 2),
        ("ct.connect(2, 'ada')", 2),
        ("ct.connect()", None),
        ("ct.connect(lesson=True)", None),
        ("ct.connect(lesson='2')", None),
        ("ct.connect(lesson=n)", None),
    ],
)
def test_the_lesson_is_the_number_that_it_connects_with(source, lesson):
    assert notebook_lesson(notebook([code(source)])) == lesson
