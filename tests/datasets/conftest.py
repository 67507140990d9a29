"""Small folders of pictures, made where a test wants them, and servers that offer some."""

import hashlib
import io

import numpy as np
import pytest
from PIL import Image

from coursetools.datasets import import_folder
from datasets.kaggle_server import running, zipped


def picture(seed, size=(40, 30)):
    pixels = np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    return Image.fromarray(pixels)


def jpeg(seed):
    file = io.BytesIO()
    picture(seed, (128, 128)).save(file, "JPEG")
    return file.getvalue()


def content(folder):
    """The sums of all files below a folder, to see whether anything has changed."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def write_set(tmp_path):
    """Give a function that writes a set of pictures and returns its folder."""

    def write(names=("Car", "Truck"), parts=("train", "valid"), each=3, where="mine"):
        folder = tmp_path / where
        for place, part in enumerate(parts or ("",)):
            for number, name in enumerate(names):
                inside = folder / part / name
                inside.mkdir(parents=True)
                for count in range(each):
                    seed = 100 * place + 10 * number + count
                    picture(seed).save(inside / f"{count}.png")
        return folder

    return write


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home of one's own: no credentials, empty caches, nothing imported."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COURSETOOLS_DATA", str(tmp_path / "store"))
    monkeypatch.setenv("KAGGLEHUB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("KAGGLE_CONFIG_DIR", str(tmp_path / "home" / ".kaggle"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name in ("KAGGLE_USERNAME", "KAGGLE_KEY", "KAGGLE_API_TOKEN", "COURSETOOLS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "home").mkdir()
    return tmp_path


@pytest.fixture(scope="session")
def kaggle_files():
    """The set as Kaggle lays it out, four pictures in each of its folders.

    The file before them makes the archive larger than the pieces of 1 MB that the client writes.
    """
    places = [f"{part}/{label}" for part in ("train", "valid") for label in ("Car", "Truck")]
    return {"about.txt": b"-" * 2_000_000} | {
        f"{place}/{number:05d}_05.jpg": jpeg(10 * i + number)
        for i, place in enumerate(places)
        for number in range(4)
    }


@pytest.fixture
def kaggle(home, kaggle_files, monkeypatch):
    """A server that offers the set; Kaggle's client is sent to it."""
    from kagglesdk import kaggle_env

    with running(zipped(kaggle_files)) as (server, address):
        prod = kaggle_env.KaggleEnv.PROD
        monkeypatch.setitem(kaggle_env._env_to_endpoint, prod, address)
        server.address = address
        yield server


@pytest.fixture
def before(home, write_set):
    """A set that was imported earlier; gives its files, which must outlive every failure."""
    folder = import_folder(write_set()).folder
    return lambda: content(folder)
