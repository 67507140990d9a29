"""The list of a set's sums: written by an import, and what it finds out later."""

import json
import shutil

import pytest

from coursetools.datasets import (
    BrokenManifestError,
    folders,
    import_folder,
    manifest,
    read_manifest,
    verify,
)
from coursetools.paths import DataNotFoundError
from datasets.conftest import content


@pytest.fixture
def imported(write_set, home):
    return import_folder(write_set()).folder


def test_an_import_lists_every_picture_and_its_source(imported, home):
    listed = read_manifest(imported)
    pictures = {name: d for name, d in content(imported).items() if name.endswith(".jpg")}
    assert len(pictures) == 12
    assert listed.files == pictures
    assert listed.source == f"`{home / 'mine'}`"
    found = verify("full")
    assert (found.right, found.sound) == (12, True)


def test_what_has_changed_since_is_found(imported):
    (imported / "train" / "Car" / "00000.jpg").unlink()
    (imported / "train" / "Truck" / "00001.jpg").write_bytes(b"another")
    shutil.copy(imported / "valid" / "Car" / "00000.jpg", imported / "valid" / "Car" / "more.jpg")
    found = verify("full")
    assert not found.sound
    assert found.right == 10
    assert found.missing == ("train/Car/00000.jpg",)
    assert found.changed == ("train/Truck/00001.jpg",)
    assert found.unlisted == ("valid/Car/more.jpg",)


def test_the_pictures_of_the_course_are_those_of_its_list():
    found = verify("reduced")
    assert found.sound, found
    assert found.right > 400


def test_a_picture_put_into_the_course_s_set_is_found(tmp_path, monkeypatch):
    for part in folders.PARTS:
        for label in folders.CLASSES:
            (tmp_path / "car-or-truck" / part / label).mkdir(parents=True)
    (tmp_path / "car-or-truck" / "train" / "Car" / "more.jpg").write_bytes(b"x")
    (tmp_path / "manifest.json").write_text('{"files": {}}')
    monkeypatch.setattr(manifest, "data_folder", lambda: tmp_path)
    assert verify("reduced").unlisted == ("car-or-truck/train/Car/more.jpg",)


BROKEN = {
    "no json": "Expecting value",
    "[]": "it has no `files` with a sum each",
    '{"files": ["a"]}': "it has no `files` with a sum each",
    '{"files": {"a": 3}}': "it has no `files` with a sum each",
    '{"files": {"../../etc/passwd": "0"}}': "names `../../etc/passwd`, which is outside",
    '{"files": {"/etc/passwd": "0"}}': "names `/etc/passwd`, which is outside",
    '{"files": {"": "0"}}': "names ``, which is outside",
}


@pytest.mark.parametrize(("text", "words"), BROKEN.items())
def test_a_list_that_cannot_be_used_is_explained(imported, text, words):
    (imported / "manifest.json").write_text(text)
    with pytest.raises(BrokenManifestError) as caught:
        verify("full")
    assert words in str(caught.value)


def test_a_set_without_a_list_says_what_to_do(imported):
    (imported / "manifest.json").unlink()
    with pytest.raises(DataNotFoundError, match=r"no list of sums, .*Import or install the set"):
        verify("full")


def test_the_list_is_the_same_for_the_same_pictures(imported):
    was = json.loads((imported / "manifest.json").read_text())
    import_folder(was["source"].strip("`"))
    assert json.loads((imported / "manifest.json").read_text()) == was
