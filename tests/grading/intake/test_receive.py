"""A folder of anything: each file is accounted for, and each student known."""

import os
import socket

import pytest

from coursetools.grading.intake import IntakeError, Roster, RosterEntry, receive
from grading.intake.handing_in import fates, ids, notebook, put, reason

ROSTER = Roster(
    (
        RosterEntry("a1815", "Ada Lovelace", ("4711",)),
        RosterEntry("b1", "Bob Öz"),
        RosterEntry("c1", "Anna Schmidt"),
        RosterEntry("c2", "Anna Schmidt"),
    )
)


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


# ---- order


def test_the_same_files_come_in_the_same_order(folder):
    put(folder, {f"s{n}.ipynb": notebook(str(n)) for n in (3, 1, 10, 2)})
    found = receive(folder)
    assert ids(found) == ["s1", "s10", "s2", "s3"]
    assert [file.path for file in found.files] == sorted(file.path for file in found.files)
