"""File names as Canvas, Moodle, Gradescope and shares give them."""

import pytest

from coursetools.grading.intake.gradescope import Person, read_metadata
from coursetools.grading.intake.names import sender_of

LESSON = "1-the-convolutional-classifier"

NAMES = {
    # Canvas: name, LATE, the user's number, the upload's number, the file's own name
    f"lovelaceada_4711_98765_{LESSON}.ipynb": ("4711", "lovelaceada", "platform", 0, False),
    f"lovelaceada_LATE_4711_98765_{LESSON}-2.ipynb": ("4711", "lovelaceada", "platform", 2, True),
    "lovelaceada_4711_98765_my_solution_final-11.ipynb": (
        "4711",
        "lovelaceada",
        "platform",
        11,
        False,
    ),
    "müllerjörg_77_12345_lesson 1 (2).ipynb": ("77", "müllerjörg", "platform", 2, False),
    "o'neilsean_77_12345_x.ipynb": ("77", "o'neilsean", "platform", 0, False),
    "lovelaceada_4711_98765_all.zip/deep/er/x.ipynb": ("4711", "lovelaceada", "platform", 0, False),
    "anon_Ab3dE_LATE_98765_x.ipynb": ("Ab3dE", "", "platform", 0, True),
    "anon_Ab3dE_98765_x-1.ipynb": ("Ab3dE", "", "platform", 1, False),
    # Moodle: a folder a student, or all in one folder; with or without the last underscore
    f"Ada Lovelace_123456_assignsubmission_file_/{LESSON}.ipynb": (
        "123456",
        "Ada Lovelace",
        "platform",
        0,
        False,
    ),
    "Ada Lovelace_123456_assignsubmission_file/x.ipynb": (
        "123456",
        "Ada Lovelace",
        "platform",
        0,
        False,
    ),
    "Ada Lovelace_123456_assignsubmission_file_x.ipynb": (
        "123456",
        "Ada Lovelace",
        "platform",
        0,
        False,
    ),
    "Ada_Lovelace_123456_assignsubmission_file_/x.ipynb": (
        "123456",
        "Ada Lovelace",
        "platform",
        0,
        False,
    ),
    "CS101-HW1-889/José Ñandú-Öz_9_assignsubmission_file_/x.ipynb": (
        "9",
        "José Ñandú-Öz",
        "platform",
        0,
        False,
    ),
    "Participant_123456_assignsubmission_file_/x.ipynb": ("123456", "", "platform", 0, False),
    "Participant 42_123456_assignsubmission_file_/x.ipynb": ("123456", "", "platform", 0, False),
    # Gradescope without its list
    "assignment_99_export/submission_31415926/x.ipynb": (
        "",
        "submission_31415926",
        "platform",
        0,
        False,
    ),
    # shares
    f"a1815/{LESSON}.ipynb": ("a1815", "", "folder", 0, False),
    f"a1815/{LESSON} (3).ipynb": ("a1815", "", "folder", 3, False),
    "a1815/Untitled.ipynb": ("a1815", "", "folder", 0, False),
    "submissions/a1815/lesson1/x.ipynb": ("a1815", "", "folder", 0, False),
    "submitted/a1815/ps1/x.ipynb": ("a1815", "", "folder", 0, False),
    "section 2/a1815/try 3/x.ipynb": ("a1815", "", "folder", 3, False),
    "a1815.ipynb": ("a1815", "", "name", 0, False),
    "4711.ipynb": ("4711", "", "name", 0, False),
    "late/a1815.ipynb": ("a1815", "", "name", 0, False),
    "a1815 - Copy.ipynb": ("a1815", "", "name", 1, False),
    "a1815 - Copy (2).ipynb": ("a1815", "", "name", 2, False),
    "a1815-Copy1.ipynb": ("a1815", "", "name", 1, False),
    "a1815 copy 4.ipynb": ("a1815", "", "name", 4, False),
    "a1815_v3.ipynb": ("a1815", "", "name", 3, False),
    "a1815.ipynb.txt": ("a1815", "", "name", 0, False),
    "a1815.IPYNB": ("a1815", "", "name", 0, False),
    f"{LESSON}_a1815.ipynb": ("a1815", "", "name", 0, False),
    f"a1815-{LESSON}.ipynb": ("a1815", "", "name", 0, False),
    "Ada Lovelace.ipynb": ("Ada Lovelace", "", "name", 0, False),
    "Jose\u0301.ipynb": ("José", "", "name", 0, False),
    "a1815.zip/x.ipynb": ("a1815", "", "folder", 0, False),
    # nothing tells
    f"{LESSON}.ipynb": ("", "", "", 0, False),
    "Untitled12.ipynb": ("", "", "", 0, False),
    "lesson 1 - final (2).ipynb": ("", "", "", 2, False),
    "homework/notebook.ipynb": ("", "", "", 0, False),
    "---.ipynb": ("", "", "", 0, False),
    # what only looks like a platform's name
    "Ada_2026_11_x.ipynb": ("Ada_2026_11_x", "", "name", 0, False),
    "ada lovelace_20_11_x.ipynb": ("ada lovelace_20_11_x", "", "name", 0, False),
}


@pytest.mark.parametrize(("path", "told"), NAMES.items(), ids=NAMES)
def test_a_name_tells_whose_it_is(path, told):
    found = sender_of(path, [LESSON])
    assert (found.id, found.name, found.known_by, found.attempt, found.late) == told


GRADESCOPE = b"""---
submission_31415926:
  :submitters:
  - :name: Ada O'Lovelace
    :sid: '1815'
    :email: ada@uni.edu
  :created_at: 2026-11-24 12:00:00.000000000 Z
  :score: 0.0
  :status: processed
  :history:
  - :id: 1
    :name: nobody
submission_2718:
  :submitters:
  - :name: "Bob"
    :sid:
    :email: bob@uni.edu
  - :name: Cyd
    :sid: "77"
    :email: cyd@uni.edu
"""


def test_gradescopes_list_tells_who_handed_in_what():
    people = read_metadata(GRADESCOPE)
    assert people == {
        "submission_31415926": (Person("Ada O'Lovelace", "1815", "ada@uni.edu"),),
        "submission_2718": (
            Person("Bob", "", "bob@uni.edu"),
            Person("Cyd", "77", "cyd@uni.edu"),
        ),
    }
    found = sender_of("submission_2718/x.ipynb", people=people)
    assert (found.id, found.name, found.together) == ("bob@uni.edu", "Bob", 2)


def test_any_bytes_are_a_list_of_nobody():
    assert read_metadata(b"\xff\x00submission_1:\n  - :name: x") == {}
