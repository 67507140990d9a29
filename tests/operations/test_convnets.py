"""A convnet as arithmetic."""

import pytest

from coursetools.operations import NoStopError, WindowError, receptive_field
from coursetools.operations.convnets import Convnet, ConvnetError


def test_lesson_5s_network() -> None:
    layers = Convnet().layers()
    assert [layer.parameters for layer in layers if layer.parameters] == [
        2_432, 18_496, 73_856, 196_614, 7,
    ]  # fmt: skip
    assert [layer.shape for layer in layers] == [
        (128, 128, 32), (64, 64, 32), (64, 64, 64), (32, 32, 64), (32, 32, 128), (16, 16, 128),
        (32_768,), (6,), (1,),
    ]  # fmt: skip
    assert layers[5].field == receptive_field([(5, 1), (2, 2), (3, 1), (2, 2), (3, 1), (2, 2)])
    assert Convnet().parameters() == 291_405
    assert Convnet(padding="valid").parameters() == 245_325


@pytest.mark.parametrize("filters", [16, 24, 32, 40])
@pytest.mark.parametrize("hidden", [4, 6, 8, 10])
def test_the_formula_of_the_missing_parameters(filters: int, hidden: int) -> None:
    f, h = filters, hidden
    same = Convnet(filters=f, hidden=h).parameters()
    assert same == 90 * f * f + 82 * f + 1024 * f * h + 2 * h + 1
    assert same - Convnet(filters=f, hidden=h, padding="valid").parameters() == 240 * f * h


def test_an_average_makes_one_number_of_a_map_and_no_hidden_layer_may_follow() -> None:
    layers = Convnet(blocks=2, head="average", hidden=0).layers()
    assert [(layer.kind, layer.shape) for layer in layers[-2:]] == [
        ("average", (64,)), ("dense", (1,)),
    ]  # fmt: skip
    assert layers[-1].parameters == 65


def test_says_where_the_maps_have_become_too_small() -> None:
    with pytest.raises(NoStopError, match="In block 3 the maps are only `2` by `2`"):
        Convnet(size=16, padding="valid", first_kernel=3).layers()


def test_refuses_what_is_no_setting() -> None:
    with pytest.raises(WindowError, match="`blocks` must be a whole number from 1, but it is `0`"):
        Convnet(blocks=0)
    with pytest.raises(ConvnetError, match="'full'"):
        Convnet(padding="full")
