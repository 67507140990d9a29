"""Kernels in rows beside their maps."""

import numpy as np
import pytest

from coursetools.operations import blur, convolve, edge
from coursetools.visual.alt import alt_text
from coursetools.visual.inputs import PictureError
from coursetools.visual.kernel_grid import kernels_and_maps
from coursetools.visual.maps import KernelError, shared_limit
from coursetools.visual.steps import greyed
from visual.golden import Golden


def test_a_row_for_each_kernel_and_a_column_for_each_picture(scene: np.ndarray) -> None:
    pictures = {"scene": scene, "slope": scene[..., 1] * 0.5}
    figure = kernels_and_maps(pictures, {"edge": edge, "blur": blur})
    titles = [ax.get_title() for ax in figure.axes]
    assert titles == ["", "scene", "slope", "edge", "", "", "blur", "", ""]
    captions = [ax.get_xlabel() for ax in figure.axes]
    assert captions[3] == "sum 0"
    assert captions[6] == "sum 1"
    assert captions[4].startswith("46\u00d746")
    assert "blur, sum 1: on scene 46 by 46, from 0.21 to 0.788;" in alt_text(figure)


def test_the_maps_of_a_row_share_a_scale(scene: np.ndarray) -> None:
    grey = greyed(scene)
    figure = kernels_and_maps({"as it is": grey, "darker": grey / 4}, {"edge": edge})
    answers = [convolve(grey, edge), convolve(grey / 4, edge)]
    limit = shared_limit(answers)
    for ax, answer in zip(figure.axes[4:], answers, strict=True):
        np.testing.assert_allclose(ax.images[0].get_array(), answer / limit, atol=1e-6)


def test_maps_without_negative_values_are_bright_on_black(scene: np.ndarray) -> None:
    figure = kernels_and_maps({"scene": scene}, {"blur": blur, "edge": edge})
    assert [figure.axes[place].images[0].get_cmap().name for place in (3, 5)] == ["magma", "signed"]
    figure = kernels_and_maps({"scene": scene}, {"edge": edge}, rectified=True)
    assert figure.axes[3].images[0].get_cmap().name == "signed"
    assert np.asarray(figure.axes[3].images[0].get_array()).min() == 0
    assert "after ReLU" in alt_text(figure)


def test_five_kernels_of_the_library_by_themselves(scene: np.ndarray) -> None:
    figure = kernels_and_maps({"scene": scene})
    assert alt_text(figure).startswith("5 kernels and their maps on 1 pictures. edge, sum 0:")


def test_refusals(scene: np.ndarray) -> None:
    with pytest.raises(PictureError, match="empty"):
        kernels_and_maps({})
    with pytest.raises(KernelError, match="empty"):
        kernels_and_maps({"scene": scene}, {})
    with pytest.raises(KernelError, match=r"`mine` .* `\(9,\)`"):
        kernels_and_maps({"scene": scene}, {"mine": np.ones(9)})
    with pytest.raises(PictureError, match=r"`night`.*`300`"):
        kernels_and_maps({"night": np.full((4, 4), 300)}, {"edge": edge})


def test_looks_as_stored(scene: np.ndarray, golden: Golden) -> None:
    golden(
        kernels_and_maps({"scene": scene, "flat": scene * 0 + 0.5}, {"edge": edge, "blur": blur}),
        "kernels-and-maps",
    )
