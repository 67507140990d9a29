"""X7: theory against formulas and against the gradients of a real model."""

from typing import Any

import numpy as np
import pytest

from coursetools import explorers
from coursetools.explorers.field_trace import map_size, trace
from coursetools.explorers.field_tracer import SIDE, STACKS
from coursetools.operations import FieldError, field_extent, receptive_field
from coursetools.visual.stack_gradient import stack_model, unit_gradient
from explorers.html_parts import choose, code, levels, picture, run_code, status

# With a kernel of 1 and a stride, with even kernels, with strides above the kernel.
ODD_STACKS = (((1, 2), (3, 1)), ((4, 3), (2, 1)), ((2, 3), (5, 2), (1, 3)))


@pytest.fixture
def explorer() -> Any:
    return explorers.receptive_field()


@pytest.mark.parametrize("layers", [*STACKS.values(), *ODD_STACKS])
def test_the_trace_is_what_gradients_reach(layers: Any) -> None:
    model, size = stack_model(layers, SIDE), map_size(layers, SIDE)
    assert model.output_shape[1:3] == (size, size)
    for unit in {(0, 0), (size // 2, size // 3), (size - 1, 0)}:
        reached = unit_gradient(model, unit) > 0
        for axis, place in enumerate(unit):
            low, high = trace(layers, SIDE, place)[0].needed
            seen = np.flatnonzero(reached.any(axis=1 - axis))
            # A stride above its kernel leaves gaps inside the field, never at its ends.
            assert (seen[0], seen[-1]) == (low, high)


@pytest.mark.parametrize("layers", STACKS.values())
def test_the_middle_unit_sees_the_whole_field(layers: Any) -> None:
    low, high = trace(layers, SIDE, map_size(layers, SIDE) // 2)[0].needed
    assert high - low + 1 == receptive_field(layers)


def test_starts_in_the_middle(explorer: Any) -> None:
    assert status(explorer) == (
        "3 layers: field 7 by 7, jump 1. Unit (48, 48) of 96 by 96 sees 7 by 7 pixels: rows 45 "
        "to 51, columns 45 to 51."
    )


def test_presets_and_own_stacks(explorer: Any) -> None:
    choose(explorer, stack="lesson 5's")
    assert explorer.layers == STACKS["lesson 5's"]
    assert "6 layers: field 24 by 24, jump 8. Unit (6, 6) of 12 by 12" in status(explorer)
    assert explorer.controls["kernel_6"].layout.display is None
    assert explorer.controls["kernel_7"].layout.display == "none"
    choose(explorer, kernel_1=3)
    assert explorer.controls["stack"].value == "your own"
    choose(explorer, kernel_1=5)
    assert explorer.controls["stack"].value == "lesson 5's"


def test_the_order_of_pooling(explorer: Any) -> None:
    for stack in ("pooling first", "pooling last"):
        choose(explorer, stack=stack)
        field = receptive_field(STACKS[stack])
        assert f"field {field} by {field}" in status(explorer)
        assert str(field) in picture(explorer).words


def test_a_corner_cuts_the_field(explorer: Any) -> None:
    choose(explorer, row=0, column=95)
    assert "sees 4 by 4 pixels (an edge cuts it off): rows 0 to 3, columns 92 to 95." in status(
        explorer
    )


def test_eight_layers_that_leave_one_unit(explorer: Any) -> None:
    choose(explorer, count=8)
    for number in range(1, 9):
        choose(explorer, **{f"kernel_{number}": 7, f"stride_{number}": 3})
    assert "of 1 by 1 sees 96 by 96 pixels" in status(explorer)
    assert explorer.controls["row"].disabled
    assert "field_table(layers)" in code(explorer)
    assert run_code(explorer)[-1].size == receptive_field([(7, 3)] * 8)


def test_gradients_are_measured_once(explorer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from coursetools.explorers import field_tracer

    asked = []

    def counting(model: Any, unit: tuple[int, int]) -> Any:
        asked.append(unit)
        return unit_gradient(model, unit)

    monkeypatch.setattr(field_tracer, "unit_gradient", counting)
    choose(explorer, row=10)
    assert asked == []
    choose(explorer, view="gradient of a model")
    choose(explorer, row=11)
    choose(explorer, row=10)
    assert asked == [(10, 48), (11, 48)]
    assert status(explorer).endswith("By gradient: 7 by 7 pixels.")
    gradient = unit_gradient(stack_model(explorer.layers, SIDE), (10, 48))
    assert field_extent(gradient) == (7, 7)


def test_the_picture_is_dimmed_outside_the_field() -> None:
    explorer = explorers.receptive_field(np.ones((200, 100, 3)))
    shown = levels(picture(explorer).sources[0])[::3, ::3, 0]
    assert shown.shape == (96, 96)
    assert (shown[45:52, 45:52] == 255).all()
    assert (shown[:40] < 128).all()


@pytest.mark.parametrize(
    "layers", [[(3,)], [(9, 1)], [(3, 4)], [], [(3, 1)] * 9, ["three"], [(3, 0)]]
)
def test_stacks_that_cannot_be_built_are_refused(layers: Any) -> None:
    with pytest.raises(ValueError, match=r"`.*`") as raised:
        explorers.receptive_field(layers=layers)
    assert isinstance(raised.value, ValueError | FieldError)
