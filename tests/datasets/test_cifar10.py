"""CIFAR-10 by Keras's own loader from a server here; only the address and the sum are ours."""

import errno
import hashlib
import http.server
import os
import shutil
import threading

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from coursetools.cli import app
from coursetools.datasets import (
    BrokenDownloadError,
    BusyError,
    DownloadError,
    LayoutError,
    fetch_cifar10,
    load_car_or_truck,
    read_manifest,
)
from coursetools.datasets.lock import only_one
from datasets.cifar10_archive import EACH, write_archive
from datasets.conftest import content

COUNTS = {"train": {"Car": 5 * EACH, "Truck": 5 * EACH}, "valid": {"Car": EACH, "Truck": EACH}}


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    path = tmp_path_factory.mktemp("web") / "cifar-10-python.tar.gz"
    write_archive(path)
    return path


@pytest.fixture
def keras_home(home, monkeypatch):
    from keras.src.backend import config

    monkeypatch.setattr(config, "_KERAS_DIR", str(home / "keras"))
    monkeypatch.setenv("KERAS_HOME", str(home / "keras"))
    (home / "keras").mkdir()
    return home / "keras"


class Web:
    """What the server sends next, and how often it was asked."""

    def __init__(self):
        self.asked = 0
        self.page = False
        self.only = None


@pytest.fixture
def web(archive, keras_home, monkeypatch):
    """A server that has the archive, to which Keras is sent."""
    from keras.src.datasets import cifar10

    web, whole = Web(), archive.read_bytes()

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, form, *values):
            pass

        def do_GET(self):
            web.asked += 1
            body = b"<html>Welcome! Please log in.</html>" if web.page else whole
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: web.only])

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/{archive.name}"
        point_keras_at(address, hashlib.sha256(whole).hexdigest(), cifar10, monkeypatch)
        yield web
        server.shutdown()


def point_keras_at(address, digest, module, monkeypatch):
    get_file = module.get_file

    def from_here(*, fname, origin, extract, file_hash):
        assert origin.endswith("/cifar-10-python.tar.gz")
        assert len(file_hash) == len(digest)
        return get_file(fname=fname, origin=address, extract=extract, file_hash=digest)

    monkeypatch.setattr(module, "get_file", from_here)


def fails(before, error, words):
    was = before()
    with pytest.raises(error, match=words) as caught:
        fetch_cifar10()
    assert before() == was
    assert "is still there" in str(caught.value)


def test_cars_and_trucks_arrive_enlarged_and_load(web, home):
    ended = CliRunner().invoke(app, ["data", "fetch", "cifar10"])
    assert ended.exit_code == 0, ended.output
    assert f"train: {5 * EACH} Car, {5 * EACH} Truck" in ended.output
    folder = home / "store" / "car-or-truck"
    assert read_manifest(folder).source == "CIFAR-10"
    for label, blue in (("Car", 0), ("Truck", 255)):
        with Image.open(folder / "train" / label / f"{EACH:05d}.jpg") as file:
            pixels = np.asarray(file, np.int64)
        assert pixels.shape == (128, 128, 3)
        # The first of the second file: red rises evenly from 0 to 248 in quarters of its steps.
        expected = np.clip((np.arange(128) - 1.5) * 2, 0, 248)
        assert np.abs(pixels[..., 0] - expected).max() < 12
        assert np.abs(pixels[..., 1] - 40).max() < 12
        assert np.abs(pixels[..., 2] - blue).max() < 12
    train, valid = load_car_or_truck("full")
    assert sum(len(x) for x, _ in train) == 10 * EACH
    (images, labels), *_ = valid
    assert images.shape == (2 * EACH, 128, 128, 3)
    assert labels.numpy().ravel().tolist() == [0] * EACH + [1] * EACH


def test_what_is_not_the_archive_is_refused_and_loaded_anew(web, before):
    web.page = True
    fails(before, BrokenDownloadError, "its sum is another.* log in there first")
    web.page, web.only = False, 20_000
    fails(before, DownloadError, "could not be downloaded .*retrieval incomplete")
    web.only = None
    assert fetch_cifar10().counts == COUNTS
    assert web.asked == 3


def test_offline_the_error_says_what_to_do(archive, keras_home, before, monkeypatch):
    from keras.src.datasets import cifar10

    point_keras_at("http://127.0.0.1:9/cifar-10-python.tar.gz", "0" * 64, cifar10, monkeypatch)
    fails(before, DownloadError, "Connect to the internet, then run the same command again")


def test_a_stopped_or_full_disk_leaves_what_was_there(keras_home, before, monkeypatch):
    from keras.src.datasets import cifar10

    was = before()
    for error in (KeyboardInterrupt(), OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))):

        def fail(error=error, **arguments):
            raise error

        monkeypatch.setattr(cifar10, "get_file", fail)
        ended = CliRunner().invoke(app, ["data", "fetch", "cifar10"])
        assert ended.exit_code == (130 if isinstance(error, KeyboardInterrupt) else 1)
        assert ended.stderr.endswith("What was there before is still there.\n")
        assert before() == was
    assert f"coursetools: `{keras_home}`: The disk is full." in ended.stderr


def test_two_at_once_do_not_meet(web, before, home):
    with only_one(home / "store", "cifar10"), pytest.raises(BusyError, match="is at work in"):
        fetch_cifar10()
    assert web.asked == 0


def test_somebody_s_own_pictures_are_never_replaced(web, home, write_set):
    own = write_set(where="store/car-or-truck")
    was = content(own)
    with pytest.raises(LayoutError, match="no import has put there"):
        fetch_cifar10()
    assert content(own) == was
    assert web.asked == 0


def test_a_folder_in_the_cache_that_cannot_be_used_is_no_riddle(web, keras_home, before):
    fetch_cifar10()
    shutil.rmtree(keras_home / "datasets")
    (keras_home / "datasets").write_text("a file where a folder should be")
    was = before()
    with pytest.raises(OSError, match="File exists"):
        fetch_cifar10()
    assert before() == was
