"""X3: nine weights, typed or slid, move picture, words and code; rubbish is told, nothing lost."""

import ast
from typing import Any

import numpy as np
import pytest

import coursetools
from coursetools import explorers
from coursetools.explorers.kernel_lab import BY_ONE
from coursetools.explorers.small_pictures import SmallPictureError
from coursetools.explorers.weights import WeightError, read_weight
from coursetools.operations import KERNELS, convolve
from coursetools.visual import PictureError
from explorers.html_parts import choose, code, levels, picture, run_code, status

IMAGE = np.random.default_rng(5).random((30, 40))


@pytest.fixture
def explorer() -> Any:
    return explorers.kernel_playground({"noise": IMAGE, "flat": np.full((20, 20), 0.5)})


def shown_map(explorer: Any) -> np.ndarray:
    return levels(picture(explorer).sources[1])


def kernel_in_code(explorer: Any) -> np.ndarray:
    first = ast.parse(code(explorer)).body[0]
    assert isinstance(first, ast.Assign)
    return np.array(eval(ast.unparse(first.value), {"np": np}))


def test_starts_with_a_preset(explorer: Any) -> None:
    assert explorer.controls["kernel"].value == "bottom sobel"
    assert (kernel_in_code(explorer) == KERNELS["bottom_sobel"]).all()
    values = convolve(IMAGE, KERNELS["bottom_sobel"])
    assert f"{(values < 0).mean():.0%} of its values are below 0" in status(explorer)
    assert (shown_map(explorer)[..., 0] > shown_map(explorer)[..., 2]).mean() == pytest.approx(
        (values < 0).mean(), abs=0.03
    )


def test_a_typed_number_counts(explorer: Any) -> None:
    before = shown_map(explorer)
    choose(explorer, weight_0_1="5,5")
    assert kernel_in_code(explorer)[0, 1] == 5.5
    assert explorer.controls["weight_0_1"].value == "5.5"
    assert explorer.controls["kernel"].value == "your own"
    assert "The kernel's sum is 7.5" in status(explorer)
    assert (shown_map(explorer) != before).any()


@pytest.mark.parametrize("rubbish", ["abc", "", "1/0", "nan", "inf", "1e9", "1/2/3", "__import__"])
def test_rubbish_is_told_and_nothing_lost(explorer: Any, rubbish: str) -> None:
    choose(explorer, weight_2_1="7")
    choose(explorer, weight_2_1=rubbish)
    assert "Careful: Row 2, column 1" in status(explorer)
    assert "7 still counts" in status(explorer)
    assert explorer.controls["weight_2_1"].value == rubbish
    assert kernel_in_code(explorer)[2, 1] == 7
    choose(explorer, weight_0_0="3")
    assert "Careful" in status(explorer)
    assert kernel_in_code(explorer)[0, 0] == 3
    choose(explorer, weight_2_1="2")
    assert "Careful" not in status(explorer)
    assert kernel_in_code(explorer)[2, 1] == 2


def test_a_preset_clears_rubbish(explorer: Any) -> None:
    choose(explorer, weight_1_1="?")
    choose(explorer, kernel="edge")
    assert "Careful" not in status(explorer)
    assert explorer.controls["weight_1_1"].value == "8"
    assert (kernel_in_code(explorer) == KERNELS["edge"]).all()


def test_the_slider_moves_the_chosen_weight(explorer: Any) -> None:
    choose(explorer, place=(2, 2))
    assert explorer.controls["weight"].value == 1
    choose(explorer, weight=-4.25)
    assert kernel_in_code(explorer)[2, 2] == -4.25
    assert explorer.controls["weight_2_2"].value == "-4.25"
    choose(explorer, place=(0, 1))
    assert explorer.controls["weight"].value == -2
    assert kernel_in_code(explorer)[2, 2] == -4.25


def test_a_weight_beyond_the_slider_widens_it(explorer: Any) -> None:
    choose(explorer, weight_1_1="25")
    assert explorer.controls["weight"].value == 25
    assert explorer.controls["weight"].max >= 25


def test_the_sum_can_be_kept_at_0(explorer: Any) -> None:
    choose(explorer, kernel="blur", locked=True)
    assert kernel_in_code(explorer).sum() == pytest.approx(0, abs=1e-3)
    choose(explorer, weight_1_1="4")
    assert kernel_in_code(explorer)[1, 1] == 4
    assert kernel_in_code(explorer).sum() == pytest.approx(0, abs=1e-3)
    assert "The kernel's sum is 0: a flat area answers 0." in status(explorer)
    assert np.abs(convolve(np.full((5, 5), 0.5), explorer.fields.weights)).max() < 1e-6


def test_turning_and_changing_signs(explorer: Any) -> None:
    explorer.controls["turn"].click()
    assert (kernel_in_code(explorer) == np.rot90(KERNELS["bottom_sobel"])).all()
    assert explorer.controls["kernel"].value in ("left sobel", "right sobel")
    explorer.controls["negate"].click()
    assert (kernel_in_code(explorer) == -np.rot90(KERNELS["bottom_sobel"])).all()


def test_relu_takes_what_is_below_0(explorer: Any) -> None:
    choose(explorer, relu=True)
    assert "and become 0." in status(explorer)
    assert "Map from 0 to" in status(explorer)
    reds, blues = shown_map(explorer)[..., 0], shown_map(explorer)[..., 2]
    assert (reds <= blues).all()
    figure = run_code(explorer, image=IMAGE)
    assert len([ax for ax in figure.axes if ax.get_images()]) == 2


def test_the_code_gives_the_map(explorer: Any) -> None:
    figure = run_code(explorer, image=IMAGE)
    drawn = np.asarray(figure.axes[0].get_images()[0].get_array())
    values = convolve(IMAGE, KERNELS["bottom_sobel"])
    assert drawn.shape == values.shape
    assert (np.sign(drawn) == np.sign(values)).all()


@pytest.mark.parametrize("name", ["car front", "letter k", "square"])
def test_the_code_makes_the_lessons_pictures(name: str) -> None:
    explorer = explorers.kernel_playground()
    choose(explorer, picture=name)
    lines = code(explorer).partition("kernel =")[0]
    known: dict[str, Any] = {"np": np, "ct": coursetools}
    exec(lines, known)
    assert (known["image"] == explorer._pictures[name]).all()


def test_brightness_can_be_compared_on_a_fixed_scale(explorer: Any) -> None:
    choose(explorer, kernel="blur", scale=BY_ONE)
    once = shown_map(explorer).mean()
    for place in ("1_1", "0_1", "1_0", "1_2", "2_1"):
        choose(
            explorer, **{f"weight_{place}": str(2 * KERNELS["blur"][int(place[0]), int(place[2])])}
        )
    assert shown_map(explorer).mean() < once, "further from white"


def test_stripes_can_replace_colour(explorer: Any) -> None:
    before = shown_map(explorer)
    choose(explorer, striped=True)
    assert (shown_map(explorer) != before).any()


@pytest.mark.parametrize(("text", "value"), [("1/16", 0.0625), ("-0,5", -0.5), (" 3 ", 3.0)])
def test_numbers_as_people_write_them(text: str, value: float) -> None:
    assert read_weight(text) == value


def test_a_number_too_large_is_refused() -> None:
    with pytest.raises(WeightError, match="`1001` is beyond 1000"):
        read_weight("1001")


def test_wrong_arguments_are_refused() -> None:
    with pytest.raises(PictureError):
        explorers.kernel_playground(np.full((9, 9), 200.0))
    with pytest.raises(SmallPictureError, match="`sobel`"):
        explorers.kernel_playground(kernel="sobel")
    with pytest.raises(SmallPictureError, match="3 to 3"):
        explorers.kernel_playground(kernel=np.ones((5, 5)))
    with pytest.raises(SmallPictureError, match="3 by 3 pixels"):
        explorers.kernel_playground(np.ones((2, 9)))
