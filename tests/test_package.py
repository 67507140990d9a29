"""The names that `coursetools` and its lazy packages offer."""

import importlib

import pytest

import coursetools
from coursetools import paths
from coursetools._lazy import lazy_names


@pytest.mark.parametrize(
    "package", ["coursetools", "coursetools.datasets", "coursetools.pretrained"]
)
def test_every_name_offered_is_there(package):
    module = importlib.import_module(package)
    assert len(set(module.__all__)) == len(module.__all__)
    assert set(module.__all__) <= set(dir(module))
    for name in module.__all__:
        assert getattr(module, name) is not None


def test_a_name_not_offered_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module `coursetools` has no attribute `load_planes`"):
        _ = coursetools.load_planes


def test_a_name_can_stand_for_a_module(monkeypatch):
    find, _ = lazy_names("coursetools", {"where": ".paths:"})
    monkeypatch.delattr(coursetools, "where", raising=False)
    assert find("where") is paths
    monkeypatch.delattr(coursetools, "where")


def test_data_of_a_checkout(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "coursetools")
    (tmp_path / "data").mkdir()
    (tmp_path / "pyproject.toml").touch()
    assert paths.data_folder() == tmp_path / "data"


def test_data_of_a_wheel(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "coursetools")
    (tmp_path / "data").mkdir()  # beside an installed package this is somebody else's
    (tmp_path / "coursetools" / "_data").mkdir(parents=True)
    assert paths.data_folder() == tmp_path / "coursetools" / "_data"


def test_missing_data_are_explained(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "coursetools")
    with pytest.raises(paths.DataNotFoundError, match="Install the package again") as caught:
        paths.data_folder()
    assert str(tmp_path / "data") in str(caught.value)


def test_the_user_s_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSETOOLS_DATA", str(tmp_path))
    assert paths.user_data_folder() == tmp_path
    monkeypatch.setenv("COURSETOOLS_DATA", "")
    assert paths.user_data_folder().name == "coursetools"
