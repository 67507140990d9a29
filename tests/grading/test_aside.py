"""What is handed in waits on disk: the same bytes and the same sum, and no file is left."""

import hashlib
import os
import pickle
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from coursetools.grading.aside import Aside, PutAside
from coursetools.grading.cluster.wire import with_bytes
from coursetools.grading.intake import receive
from coursetools.grading.intake.errors import IntakeError
from grading.scripted import handed_in


def test_several_threads_read_what_was_put_aside() -> None:
    aside = Aside()
    texts = [bytes([number]) * (1 + 10_000 * number) for number in range(20)]
    put = [aside.put(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda one: one.file.read(one.start, one.size), put)) == texts
    assert [one.sha256 for one in put] == [hashlib.sha256(text).hexdigest() for text in texts]


def test_submissions_of_an_archive_are_there_when_it_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    notebook = handed_in(written="ada").notebook
    source = tmp_path / "class.zip"
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("ada/lesson.ipynb", notebook)
    (submission,) = receive(source).submissions
    source.unlink()
    assert isinstance(submission.notebook_file, PutAside)
    assert list(tmp_path.iterdir()) == []
    here = with_bytes(submission)
    assert pickle.loads(pickle.dumps(here)).notebook == submission.notebook == notebook
    assert here.sha256 == submission.sha256 == hashlib.sha256(notebook).hexdigest()
    beside = replace(submission, capstone_file=b"weights")
    assert beside.sha256 == with_bytes(beside).sha256 != submission.sha256


def test_the_descriptor_is_given_back() -> None:
    before = len(os.listdir("/proc/self/fd"))
    put = Aside().put(b"x")
    assert len(os.listdir("/proc/self/fd")) == before + 1
    del put
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.pwrite", full)
    (tmp_path / "ada.ipynb").write_bytes(handed_in(written="ada").notebook)
    with pytest.raises(IntakeError, match=r"No space left on device\. Make room"):
        receive(tmp_path)
