"""Several notebooks of one student: which one counts, and what is said of the others."""

import os

from coursetools.grading.intake import receive
from grading.intake.handing_in import fates, notebook, put, reason, zipped


def tries(folder, files, times=()):
    put(folder, files)
    for name, time in times:
        os.utime(folder / name, (time, time))
    return receive(folder)


def test_the_platforms_number_goes_before_the_time(folder):
    names = [f"ada_4711_{n}_x{end}.ipynb" for n, end in enumerate(("-10", "-9", ""), 10)]
    found = tries(
        folder,
        {name: notebook("ada", str(n)) for n, name in enumerate(names)},
        [(name, 1_000 * (n + 1)) for n, name in enumerate(names)],
    )
    assert fates(found) == {names[0]: "graded", names[1]: "superseded", names[2]: "superseded"}
    assert "by the number of the try in its name" in reason(found, names[1])
    assert f"`{names[0]}` counts" in reason(found, names[1])
    assert found.submissions[0].notes == ("The last of 3 tries counts.",)


def test_without_numbers_the_time_decides(folder):
    found = tries(
        folder,
        {"ada/z.ipynb": notebook("ada", "1"), "ada/a.ipynb": notebook("ada", "2")},
        [("ada/z.ipynb", 1_000), ("ada/a.ipynb", 2_000)],
    )
    assert fates(found)["ada/z.ipynb"] == "superseded"
    assert "changed later" in reason(found, "ada/z.ipynb")


def test_without_times_the_name_decides(folder):
    found = tries(
        folder,
        {"ada/part9.ipynb": notebook("ada", "1"), "ada/part10.ipynb": notebook("ada", "2")},
        [("ada/part9.ipynb", 1_000), ("ada/part10.ipynb", 1_000)],
    )
    assert fates(found)["ada/part9.ipynb"] == "superseded"
    assert "name comes later" in reason(found, "ada/part9.ipynb")


def test_times_in_archives_count(folder):
    times = {"new.ipynb": (2026, 11, 2, 0, 0, 0), "old.ipynb": (2026, 11, 1, 0, 0, 0)}
    members = {"new.ipynb": notebook("ada", "1"), "old.ipynb": notebook("ada", "2")}
    found = tries(folder, {"ada.zip": zipped(members, times=times)})
    assert fates(found)["ada.zip/new.ipynb"] == "graded"
    assert fates(found)["ada.zip/old.ipynb"] == "superseded"


def test_a_folder_of_unlike_names_needs_a_person(folder):
    found = tries(folder, {"group/kim.ipynb": notebook(), "weekend/dan.ipynb": notebook()})
    assert [s.review for s in found.submissions] == [(), ()]
    found = tries(folder, {"weekend/kim.ipynb": notebook("x")})
    assert "notebooks of different names" in found.submissions[1].review[0]


def test_a_try_that_cannot_be_read_does_not_count_and_is_told(folder):
    found = tries(folder, {"ada_47_11_x.ipynb": notebook("ada"), "ada_47_12_x-1.ipynb": b"{"})
    assert fates(found) == {"ada_47_11_x.ipynb": "needs_review", "ada_47_12_x-1.ipynb": "rejected"}
    assert "Another try, `ada_47_12_x-1.ipynb`, cannot be read" in found.submissions[0].review[0]


def test_a_notebook_of_nothing_does_not_stand_for_the_lesson(folder):
    scratch = b'{"nbformat": 4, "metadata": {}, "cells": []}'
    found = tries(
        folder,
        {"ada/x.ipynb": notebook("ada"), "ada/scratch.ipynb": scratch},
        [("ada/x.ipynb", 1_000), ("ada/scratch.ipynb", 2_000)],
    )
    assert fates(found)["ada/scratch.ipynb"] == "superseded"
    assert "does not connect" in reason(found, "ada/scratch.ipynb")


def test_notebooks_of_other_lessons_are_no_tries(folder):
    put(folder, {"ada/7.ipynb": notebook("ada"), "ada/2.ipynb": notebook("ada", lesson_number=2)})
    found = receive(folder, lesson=7)
    assert fates(found) == {"ada/7.ipynb": "graded", "ada/2.ipynb": "rejected"}
    assert "It is a notebook of lesson 2" in reason(found, "ada/2.ipynb")
    assert len(receive(folder).submissions) == 2


def test_equal_files_of_two_students_are_both_graded_and_noted(folder):
    put(folder, {"ada.ipynb": notebook("x"), "bob.ipynb": notebook("x"), "c.ipynb": notebook("c")})
    found = receive(folder)
    assert set(fates(found).values()) == {"graded"}
    assert [bool(s.notes) for s in found.submissions] == [True, True, False]
    assert "byte for byte" in found.submissions[0].notes[0]
    assert "bob" not in found.submissions[0].notes[0]


def test_a_folder_of_the_class_is_not_one_student(folder):
    found = tries(
        folder,
        {"spring.zip": zipped({"ada.ipynb": notebook("ada"), "bob.ipynb": notebook("bob")})},
    )
    assert [(s.student_id, s.review) for s in found.submissions] == [("ada", ()), ("bob", ())]
    assert set(found.known_by.values()) == {"name"}


def test_tries_that_name_different_ids_need_a_person(folder):
    found = tries(
        folder,
        {"spring/lesson.ipynb": notebook("ada"), "spring/lesson (2).ipynb": notebook("bob")},
    )
    (submission,) = found.submissions
    assert submission.path == "spring/lesson (2).ipynb"
    assert "Its 2 tries name 2 different ids" in submission.review[0]
