"""Loading: shapes, ranges, orders, and what is said when pictures are not there."""

import numpy as np
import pytest

from coursetools.datasets import (
    BrokenPictureError,
    ClassMissingError,
    UnknownProfileError,
    car_or_truck_folder,
    fetch_kaggle,
    import_folder,
    load_arrays,
    load_car_or_truck,
)
from coursetools.paths import DataNotFoundError


@pytest.fixture
def folder(write_set, tmp_path):
    return import_folder(write_set(each=7), target=tmp_path / "out").folder


def test_arrays_are_floats_with_cars_first(folder):
    images, labels, names = load_arrays("train", folder=folder)
    assert images.shape == (14, 128, 128, 3)
    assert images.dtype == np.float32
    assert 0 <= images.min() < 0.3
    assert 0.7 < images.max() <= 1
    assert labels.tolist() == [0] * 7 + [1] * 7
    assert names[0] == "Car/00000.jpg"
    assert names[7] == "Truck/00000.jpg"


def test_another_size_is_resized(folder):
    images, *_ = load_arrays("valid", folder=folder, image_size=(32, 48))
    assert images.shape == (14, 32, 48, 3)


def orders(dataset, epochs=2):
    return [np.concatenate([x.numpy().sum((1, 2, 3)) for x, _ in dataset]) for _ in range(epochs)]


def test_datasets_are_batches_of_floats_with_labels(folder):
    train, valid = load_car_or_truck(folder=folder, batch_size=4)
    for dataset in (train, valid):
        batches = list(dataset)
        assert [len(x) for x, _ in batches] == [4, 4, 4, 2]
        x, y = batches[0]
        assert x.shape[1:] == (128, 128, 3)
        assert x.dtype == "float32"
        assert y.shape == (4, 1)
        assert y.dtype == "float32"


def test_training_comes_in_a_new_order_each_epoch_and_the_same_when_loaded_anew(folder):
    first, second = orders(load_car_or_truck(folder=folder)[0])
    assert not np.array_equal(first, second)
    assert np.allclose(np.sort(first), np.sort(second))
    again = orders(load_car_or_truck(folder=folder)[0])
    assert np.array_equal(first, again[0])
    assert np.array_equal(second, again[1])


def test_validation_keeps_its_order_and_holds_what_the_arrays_hold(folder):
    _, valid = load_car_or_truck(folder=folder)
    images, labels, _ = load_arrays("valid", folder=folder)
    assert np.array_equal(np.concatenate([x for x, _ in valid]), images)
    assert np.array_equal(np.concatenate([y for _, y in valid]).ravel(), labels)


def test_a_broken_picture_is_named(folder):
    (folder / "train" / "Car" / "00003.jpg").write_bytes(b"no picture")
    with pytest.raises(BrokenPictureError, match=r"00003\.jpg` cannot be read"):
        load_arrays("train", folder=folder)


def test_a_missing_class_is_named(folder):
    for path in (folder / "valid" / "Truck").iterdir():
        path.unlink()
    with pytest.raises(ClassMissingError, match="no pictures of `Truck` in the part `valid`"):
        load_car_or_truck(folder=folder)


def test_profile_from_argument_and_environment(folder, monkeypatch):
    monkeypatch.setenv("COURSETOOLS_DATA", str(folder.parent))
    monkeypatch.delenv("COURSETOOLS_PROFILE", raising=False)
    with pytest.raises(
        DataNotFoundError,
        match=r"Run `coursetools data fetch kaggle` .* `coursetools data import FOLDER`",
    ):
        car_or_truck_folder("full")
    folder.rename(folder.parent / "car-or-truck")
    assert car_or_truck_folder("full") == folder.parent / "car-or-truck"
    monkeypatch.setenv("COURSETOOLS_PROFILE", "full")
    assert car_or_truck_folder() == folder.parent / "car-or-truck"
    monkeypatch.setenv("COURSETOOLS_PROFILE", "huge")
    with pytest.raises(UnknownProfileError, match="no profile `huge`"):
        car_or_truck_folder()


SOURCES = {
    "a folder with parts": lambda write_set: import_folder(write_set(each=4)),
    "a folder without": lambda write_set: import_folder(write_set(parts=(), each=6)),
    "Kaggle": lambda write_set: fetch_kaggle(),
}


@pytest.mark.parametrize("bring", SOURCES.values(), ids=SOURCES)
def test_the_full_set_loads_wherever_it_came_from(bring, write_set, kaggle, monkeypatch):
    counts = bring(write_set).counts
    reduced, _ = load_car_or_truck()
    monkeypatch.setenv("COURSETOOLS_PROFILE", "full")
    assert counts["train"]["Car"] == 4
    for dataset, part in zip(load_car_or_truck(), ("train", "valid"), strict=True):
        x, y = (np.concatenate(both) for both in zip(*dataset, strict=True))
        assert x.shape == (len(y), 128, 128, 3)
        assert 0 <= x.min() < 0.3 < 0.7 < x.max() <= 1
        assert [int((y == label).sum()) for label in (0, 1)] == list(counts[part].values())
    assert sum(len(y) for _, y in reduced) > 100


def test_missing_course_pictures_are_explained(tmp_path, monkeypatch):
    from coursetools.datasets import folders

    monkeypatch.setattr(folders, "data_folder", lambda: tmp_path)
    with pytest.raises(DataNotFoundError, match="come with the course are not where they belong"):
        load_arrays("train", profile="reduced")
