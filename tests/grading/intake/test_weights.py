"""Files of trained weights: whose notebook they belong to."""

import pytest

from coursetools.capstone.recipe import Node, Recipe
from coursetools.capstone.weights_file import tag_of, write_capstone
from coursetools.grading.intake import receive
from grading.intake.handing_in import fates, notebook, put, reason, zipped


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
