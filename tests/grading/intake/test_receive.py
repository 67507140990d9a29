"""A folder of anything, to one submission a student, each file accounted for."""

import os
import socket

import pytest

from coursetools.capstone.recipe import Node, Recipe
from coursetools.capstone.weights_file import tag_of, write_capstone
from coursetools.grading.intake import IntakeError, Roster, RosterEntry, receive
from grading.intake.handing_in import fates, ids, notebook, put, reason, zipped

ROSTER = Roster(
    (
        RosterEntry("a1815", "Ada Lovelace", ("4711",)),
        RosterEntry("b1", "Bob Öz"),
        RosterEntry("c1", "Anna Schmidt"),
        RosterEntry("c2", "Anna Schmidt"),
    )
)


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "in"
    place.mkdir()
    return place


# ---- every file is accounted for


def test_files_that_are_no_notebooks_are_rejected_with_a_reason(folder):
    put(
        folder,
        {
            "ada.ipynb": notebook("ada"),
            "bob/report.pdf": b"%PDF",
            "bob/work.rar": b"Rar!",
            "bob/x.ipynb": b"",
            "cyd.ipynb": b"{",
            "dan.ipynb": b"[1]",
            "eve.ipynb": b" " * 30_000_001,
            ".DS_Store": b"",
            "ada/.ipynb_checkpoints/x-checkpoint.ipynb": notebook("ada"),
            "__MACOSX/._ada.ipynb": b"\x00",
        },
    )
    found = receive(folder)
    assert fates(found) == dict.fromkeys(fates(found), "rejected") | {"ada.ipynb": "graded"}
    assert len(found.files) == 10
    for file in found.files:
        assert file.disposition == "graded" or file.reason.endswith(".")
    assert reason(found, "bob/x.ipynb") == "The file is empty."
    assert "hand in a zip" in reason(found, "bob/work.rar")
    assert "30 MB" in reason(found, "eve.ipynb")
    assert "earlier state" in reason(found, "ada/.ipynb_checkpoints/x-checkpoint.ipynb")


def test_links_pipes_and_sockets_are_neither_followed_nor_opened(folder, tmp_path):
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(notebook("eve"))
    (folder / "link.ipynb").symlink_to(secret)
    (folder / "folder").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.ipynb")
    with socket.socket(socket.AF_UNIX) as listening:
        here = os.getcwd()
        os.chdir(folder)  # a socket's name may not be long
        try:
            listening.bind("socket.ipynb")
        finally:
            os.chdir(here)
        found = receive(folder)
    assert set(fates(found).values()) == {"rejected"}
    assert len(found.files) == 4
    assert "link" in reason(found, "link.ipynb")
    assert "link" in reason(found, "folder")
    assert "pipe" in reason(found, "pipe.ipynb")
    assert "socket" in reason(found, "socket.ipynb")


@pytest.mark.skipif(os.geteuid() == 0, reason="everything may be read by root")
def test_what_may_not_be_read_is_told(folder):
    put(folder, {"ada.ipynb": notebook("ada"), "bob/x.ipynb": notebook("bob")})
    (folder / "ada.ipynb").chmod(0)
    (folder / "bob").chmod(0)
    try:
        found = receive(folder)
    finally:
        (folder / "bob").chmod(0o700)
    assert "may not be opened" in reason(found, "ada.ipynb")
    assert "may not be opened" in reason(found, "bob")


def test_a_file_that_may_not_be_opened_is_told(folder, monkeypatch):
    put(folder, {"ada.ipynb": notebook("ada"), "bob.ipynb": notebook("bob")})
    real = os.open

    def refusing(path, *more, **others):
        if os.fsdecode(path).endswith("ada.ipynb"):
            raise PermissionError(13, "Permission denied")
        return real(path, *more, **others)

    monkeypatch.setattr(os, "open", refusing)
    found = receive(folder)
    assert fates(found) == {"ada.ipynb": "rejected", "bob.ipynb": "graded"}
    assert "may not be opened" in reason(found, "ada.ipynb")


def test_names_that_are_no_text_are_shown(folder):
    (folder / "a\nb.txt").write_bytes(b"")
    with open(os.fsencode(folder) + b"/\xff.txt", "wb"):
        pass
    assert list(fates(receive(folder))) == ["\\xff.txt", "a\\nb.txt"]


def test_a_source_that_is_not_there_is_told(tmp_path):
    with pytest.raises(IntakeError, match="is not there"):
        receive(tmp_path / "nowhere")


def test_a_source_that_is_no_folder_is_told(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(IntakeError, match="is not there"):
        receive(tmp_path / "pipe")


def test_an_empty_folder_holds_nothing(folder):
    found = receive(folder, ROSTER)
    assert (found.submissions, found.files, found.missing) == ((), (), ROSTER.entries)


# ---- whose it is


def test_without_a_roster_students_are_called_as_they_are_there(folder):
    put(
        folder,
        {
            "ada/1-the-convolutional-classifier.ipynb": notebook("ada"),
            "bob öz.ipynb": notebook(),
            "lovelacekim_4711_50_x.ipynb": notebook(),
            "lesson.ipynb": notebook("me"),
        },
    )
    found = receive(folder)
    assert [(s.student_id, s.name, s.path) for s in found.submissions] == [
        ("", "", "lesson.ipynb"),
        ("4711", "lovelacekim", "lovelacekim_4711_50_x.ipynb"),
        ("ada", "ada", "ada/1-the-convolutional-classifier.ipynb"),
        ("bob öz", "bob öz", "bob öz.ipynb"),
    ]
    assert found.known_by == {
        "lesson.ipynb": "",
        "lovelacekim_4711_50_x.ipynb": "platform",
        "ada/1-the-convolutional-classifier.ipynb": "folder",
        "bob öz.ipynb": "name",
    }


def test_with_a_roster_students_have_its_ids_and_names(folder):
    put(
        folder,
        {
            "lovelaceada_4711_50_x.ipynb": notebook(),
            "O\u0308z, Bob_77_assignsubmission_file_/x.ipynb": notebook(),
        },
    )
    found = receive(folder, ROSTER)
    assert [(s.student_id, s.name, s.review) for s in found.submissions] == [
        ("a1815", "Ada Lovelace", ()),
        ("b1", "Bob Öz", ()),
    ]
    assert [entry.id for entry in found.missing] == ["c1", "c2"]
    assert set(found.known_by.values()) == {"roster"}


def test_a_name_of_two_people_needs_a_person(folder):
    put(folder, {"Anna Schmidt_1_assignsubmission_file_/x.ipynb": notebook()})
    found = receive(folder, ROSTER)
    (submission,) = found.submissions
    assert "fits 2 people of the roster (`c1`, `c2`)" in submission.review[0]
    assert fates(found) == {submission.path: "needs_review"}
    assert [entry.id for entry in found.missing] == ["a1815", "b1", "c1", "c2"]


def test_of_two_people_the_id_in_the_notebook_tells_and_is_doubted(folder):
    put(folder, {"Anna Schmidt_1_assignsubmission_file_/x.ipynb": notebook("C2")})
    (submission,) = receive(folder, ROSTER).submissions
    assert submission.student_id == "c2"
    assert "by the id `c2` in the notebook alone" in submission.review[0]


def test_a_notebooks_id_does_not_overrule_its_name(folder):
    put(folder, {"a1815/x.ipynb": notebook("b1")})
    (submission,) = receive(folder, ROSTER).submissions
    assert (submission.student_id, submission.review) == ("a1815", ())


def test_who_is_not_in_the_roster_needs_a_person(folder):
    put(folder, {"eve.ipynb": notebook("eve")})
    (submission,) = receive(folder, ROSTER).submissions
    assert submission.student_id == "eve"
    assert "Nobody of the roster" in submission.review[0]


def test_who_handed_in_nothing_that_can_be_read_is_missing(folder):
    put(folder, {"a1815/x.ipynb": b"{"})
    found = receive(folder, ROSTER)
    assert ROSTER.entries[0] in found.missing


def test_gradescopes_list_is_read_wherever_it_comes(folder):
    people = (
        "submission_123:\n  :submitters:\n"
        "  - :name: Ada Lovelace\n    :sid: a1815\n"
        "  - :name: Bob Öz\n    :sid: b1\n"
    )
    put(
        folder / "export",
        {
            "submission_123/x.ipynb": notebook(),
            "submission_metadata.yml": people.encode(),
            "submission_999/x.ipynb": notebook(),
        },
    )
    found = receive(folder, ROSTER)
    assert ids(found) == ["", "a1815"]
    assert "2 people handed it in together" in found.submissions[1].review[0]
    assert fates(found)["export/submission_metadata.yml"] == "beside"


# ---- which try counts


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


# ---- weights beside a notebook


@pytest.fixture
def capstone(tmp_path):
    def make(tag):
        file = tmp_path / "made.npz"
        write_capstone(file, Recipe((Node("Flatten", {}, (0,)),), tag), {1: []})
        return file.read_bytes()

    return make


def test_weights_in_a_students_folder_belong_to_the_notebook(folder, capstone):
    put(folder, {"ada/x.ipynb": notebook("ada"), "ada/capstone.npz": b"anything"})
    found = receive(folder)
    assert found.submissions[0].capstone == b"anything"
    assert reason(found, "ada/capstone.npz") == "It belongs to `ada/x.ipynb`."
    assert fates(found)["ada/capstone.npz"] == "beside"


def test_weights_in_the_same_archive_or_by_the_same_sender_belong_to_it(folder):
    put(
        folder,
        {
            "ada_47_11_x.ipynb": notebook("ada"),
            "ada_47_12_capstone.npz": b"of ada",
            "bob_48_13_all.zip": zipped({"x.ipynb": notebook("bob"), "capstone.npz": b"of bob"}),
        },
    )
    found = receive(folder)
    assert [(s.student_id, s.capstone) for s in found.submissions] == [
        ("47", b"of ada"),
        ("48", b"of bob"),
    ]


def test_loose_weights_find_their_notebook_by_the_word_in_both(folder, capstone):
    assert tag_of(capstone("word-a")) == "word-a"
    put(
        folder,
        {
            "ada.ipynb": notebook("ada", tag="word-a"),
            "bob.ipynb": notebook("bob", tag="word-b"),
            "capstone.npz": capstone("word-b"),
            "capstone (1).npz": capstone("word-a"),
            "capstone (2).npz": capstone("word-c"),
        },
    )
    found = receive(folder)
    assert [tag_of(s.capstone) for s in found.submissions] == ["word-a", "word-b"]
    assert reason(found, "capstone (2).npz") == "It belongs to no notebook."


def test_weights_of_another_word_are_told(folder, capstone):
    put(
        folder,
        {"ada/x.ipynb": notebook("ada", tag="word-a"), "ada/capstone.npz": capstone("word-b")},
    )
    (submission,) = receive(folder).submissions
    assert submission.capstone == capstone("word-b")
    assert "other ones than those that were last checked" in submission.notes[0]


def test_of_two_files_the_one_with_the_word_counts(folder, capstone):
    put(
        folder,
        {
            "ada/x.ipynb": notebook("ada", tag="word-a"),
            "ada/a.npz": capstone("word-a"),
            "ada/b.npz": capstone("word-b"),
        },
    )
    found = receive(folder)
    assert tag_of(found.submissions[0].capstone) == "word-a"
    assert fates(found)["ada/b.npz"] == "superseded"


def test_weights_that_may_be_of_two_need_a_person(folder, capstone):
    put(
        folder,
        {
            "ada.ipynb": notebook("ada", tag="word"),
            "bob.ipynb": notebook("bob", tag="word"),
            "capstone.npz": capstone("word"),
        },
    )
    found = receive(folder)
    assert fates(found) == dict.fromkeys(fates(found), "needs_review")
    assert [s.capstone for s in found.submissions] == [None, None]


# ---- order


def test_the_same_files_come_in_the_same_order(folder):
    put(folder, {f"s{n}.ipynb": notebook(str(n)) for n in (3, 1, 10, 2)})
    found = receive(folder)
    assert ids(found) == ["s1", "s10", "s2", "s3"]
    assert [file.path for file in found.files] == sorted(file.path for file in found.files)
