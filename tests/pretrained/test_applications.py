"""Bases of `keras.applications`: weights through Keras's cache, preparation as Keras does it."""

import hashlib
import http.server
import threading

import h5py
import keras
import numpy as np
import pytest
from keras.src.applications import vgg16 as keras_vgg16
from keras.src.backend import config as keras_config
from keras.src.utils import file_utils

from coursetools._sockets import SECONDS_TO_WAIT
from coursetools.pretrained import (
    WeightsUnavailableError,
    applications,
    load_pretrained_base,
)
from coursetools.pretrained.applications import build_application
from pretrained.reference_pictures import reference_pictures

FILE = "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5"
PREPARE = {
    "vgg16": keras.applications.vgg16.preprocess_input,
    "resnet50": keras.applications.resnet50.preprocess_input,
    "mobilenetv2": keras.applications.mobilenet_v2.preprocess_input,
}
SHAPES = {
    "vgg16": (None, 4, 4, 512),
    "resnet50": (None, 4, 4, 2048),
    "mobilenetv2": (None, 4, 4, 1280),
}


@pytest.fixture
def keras_home(tmp_path, monkeypatch):
    """An empty cache for Keras; without a server of their own, downloads fail at once."""
    monkeypatch.setattr(keras_config, "_KERAS_DIR", str(tmp_path))
    monkeypatch.setattr(keras_vgg16, "WEIGHTS_PATH_NO_TOP", f"http://127.0.0.1:9/{FILE}")
    return tmp_path


@pytest.fixture(scope="module")
def random_vgg16():
    keras.utils.set_random_seed(7)
    return keras.applications.VGG16(weights=None, include_top=False)


@pytest.fixture(scope="module")
def weights_file(random_vgg16, tmp_path_factory):
    """VGG16 with random weights, in the layout of the file that Keras downloads."""
    path = tmp_path_factory.mktemp("weights") / FILE
    with h5py.File(path, "w") as file:
        file.attrs["layer_names"] = [layer.name.encode() for layer in random_vgg16.layers]
        for layer in random_vgg16.layers:
            group = file.create_group(layer.name)
            names = [f"{layer.name}_{i}" for i in range(len(layer.weights))]
            group.attrs["weight_names"] = [name.encode() for name in names]
            for name, weight in zip(names, layer.get_weights(), strict=True):
                group.create_dataset(name, data=weight)
    return path


@pytest.fixture
def expected_sum(weights_file, monkeypatch):
    """Keras compares a file with the sum of the real one; here it gets that of ours instead."""
    get_file, ours = file_utils.get_file, hashlib.md5(weights_file.read_bytes()).hexdigest()

    def with_our_sum(name, origin, *, cache_subdir, file_hash):
        assert len(file_hash) == len(ours)
        return get_file(name, origin, cache_subdir=cache_subdir, file_hash=ours)

    monkeypatch.setattr(file_utils, "get_file", with_our_sum)


@pytest.fixture
def server(weights_file, monkeypatch):
    """A web server on this machine that has the file; it lists what it was asked for."""
    asked = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=weights_file.parent)

        def log_message(self, form, *values):
            asked.append(self.path)

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/{FILE}"
        monkeypatch.setattr(keras_vgg16, "WEIGHTS_PATH_NO_TOP", address)
        yield asked
        server.shutdown()


def assert_is_vgg16(base, random_vgg16):
    convolutions = [layer for layer in base.layers if isinstance(layer, keras.layers.Conv2D)]
    assert len(convolutions) == 13
    assert base.count_params() == 14_714_688
    assert base.input_shape == (None, 128, 128, 3)
    assert base.output_shape == (None, 4, 4, 512)
    for ours, theirs in zip(base.get_weights(), random_vgg16.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.usefixtures("expected_sum")
def test_vgg16_from_the_cache_and_its_preparation(keras_home, weights_file, random_vgg16):
    cached = keras_home / "models" / FILE
    cached.parent.mkdir()
    cached.symlink_to(weights_file)

    base = load_pretrained_base("vgg16", trainable=False)

    assert_is_vgg16(base, random_vgg16)
    assert base.trainable_weights == []
    pictures = reference_pictures(128)
    prepared = keras.applications.vgg16.preprocess_input(pictures * 255)
    theirs = np.asarray(random_vgg16(prepared, training=False))
    np.testing.assert_allclose(np.asarray(base(pictures, training=False)), theirs, rtol=1e-4)


@pytest.mark.usefixtures("expected_sum")
def test_vgg16_is_downloaded_once_and_kept(keras_home, server, random_vgg16):
    assert_is_vgg16(load_pretrained_base("vgg16"), random_vgg16)
    assert (keras_home / "models" / FILE).is_file()
    assert len(server) == 1
    load_pretrained_base("vgg16")
    assert len(server) == 1


@pytest.mark.usefixtures("keras_home")
def test_offline_the_error_says_what_to_do():
    with pytest.raises(WeightsUnavailableError) as caught:
        load_pretrained_base("vgg16")
    message = str(caught.value)
    assert "`vgg16`" in message
    assert "Connect to the internet and run this cell again" in message
    assert 'load_pretrained_base("efficientnet-lite0")' in message


@pytest.mark.usefixtures("keras_home", "server")
def test_a_download_that_is_not_the_real_file_is_refused():
    with pytest.raises(WeightsUnavailableError, match="Incomplete or corrupted"):
        load_pretrained_base("vgg16")  # here Keras holds our file against the real one's sum


@pytest.mark.usefixtures("keras_home")
def test_offline_a_fallback_goes_on_and_says_so():
    with pytest.warns(UserWarning, match="Going on with `efficientnet-lite0`"):
        base = load_pretrained_base("vgg16", trainable=False, fallback="efficientnet-lite0")
    assert base.output_shape == (None, 4, 4, 1280)
    assert base.trainable is False


def test_a_fault_that_is_no_download_is_not_called_one():
    with pytest.raises(ValueError, match="weights"):
        build_application("vgg16", (128, 128), weights="no such file")


def test_a_download_has_a_time_limit(monkeypatch):
    import socket

    seen = []

    def make(**arguments):
        seen.append(socket.getdefaulttimeout())
        raise TimeoutError("timed out")

    slow = applications.Application(make, applications.APPLICATIONS["vgg16"].prepare)
    monkeypatch.setitem(applications.APPLICATIONS, "vgg16", slow)
    with pytest.raises(WeightsUnavailableError, match="timed out"):
        load_pretrained_base("vgg16")
    assert seen == [SECONDS_TO_WAIT]
    assert socket.getdefaulttimeout() is None


@pytest.mark.parametrize("name", PREPARE)
def test_preparation_is_that_of_keras(name):
    pictures = reference_pictures(64)
    entrance = keras.Input((64, 64, 3))
    prepare = keras.Model(entrance, applications.APPLICATIONS[name].prepare(entrance))
    theirs = PREPARE[name](pictures * 255)
    np.testing.assert_allclose(np.asarray(prepare(pictures)), theirs, rtol=0, atol=1e-3)


@pytest.mark.parametrize("name", ["resnet50", "mobilenetv2"])
def test_other_bases_have_the_shapes_of_the_course(name):
    base = build_application(name, (128, 128), weights=None)
    assert base.input_shape == (None, 128, 128, 3)
    assert base.output_shape == SHAPES[name]
