"""The network builder: its sentences are the plan's, and its warnings are true."""

import pytest

from coursetools import explorers
from coursetools.operations import Convnet, ConvnetError
from coursetools.visual import alt_text
from explorers.html_parts import choose, code, picture, status


def test_starts_with_the_lessons_network() -> None:
    explorer = explorers.network_builder()
    assert status(explorer) == (
        "291,405 parameters: 8,595 left of the budget of 300,000. The largest layer, Dense 6, "
        "holds 67% of them. 128 maps of 16 by 16 enter the head; one of their units sees 24 of "
        "128 pixels across."
    )
    boxes, bars = picture(explorer).alts
    assert "Block 1: Conv 5×5 gives 128×128×32 with 2,432 weights" in boxes
    assert "Conv 3×3 73,856 (25%)" in bars
    assert code(explorer).count("layers.") == 9


@pytest.mark.parametrize(
    "settings",
    [
        {"blocks": 4, "convolutions": 3, "filters": 64, "padding": "valid"},
        {"head": "average", "hidden": 0},
        {"size": 32, "blocks": 2, "kernel": 5, "hidden": 32},
    ],
    ids=str,
)
def test_every_control_counts(settings: dict[str, object]) -> None:
    explorer = explorers.network_builder()
    choose(explorer, **settings)
    wanted = Convnet(**settings)  # type: ignore[arg-type]
    assert status(explorer).startswith(f"{wanted.parameters():,} parameters")
    assert f"sees {max(one.field for one in wanted.layers())} of" in status(explorer)


def test_a_budget_that_is_exceeded_is_said_in_words() -> None:
    explorer = explorers.network_builder(54_000)
    assert "237,405 over the budget of 54,000" in status(explorer)
    assert "237,405 over" in " ".join(picture(explorer).words)
    choose(explorer, budget=1_000_000)
    assert "708,595 left" in " ".join(picture(explorer).words)


def test_a_network_that_does_not_fit_says_where() -> None:
    explorer = explorers.network_builder(size=32)
    choose(explorer, padding="valid", blocks=4)
    assert status(explorer).startswith("This network cannot be built. In block 4 the maps")
    assert picture(explorer).words[0].startswith("In block 4")
    assert alt_text(explorer.still())


def test_the_still_needs_no_widgets() -> None:
    assert "291,405 parameters" in alt_text(explorers.network_builder(still=True))
    with pytest.raises(ConvnetError, match="`96`"):
        explorers.network_builder(size=96)
