"""Lesson 5: where a network's weights sit, one bar a layer."""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure

from coursetools.operations import PlanLayer
from coursetools.visual import style
from coursetools.visual.alt import describe
from coursetools.visual.inputs import NetworkError
from coursetools.visual.network_plan import Plan, plan_of
from coursetools.visual.shapes import by


@style.styled
def parameter_bars(network: Any = None) -> Figure:
    """Return a figure of the weights of each layer that has some, as bars with their share.

    Args:
        network: As for `network_to_scale`.

    Raises:
        NetworkError: As for `network_to_scale`, or no layer has weights.
        NoStopError: The convnet's maps become smaller than a kernel.
    """
    plan = plan_of(network)
    layers = layers_with_weights(plan)
    if not layers:
        raise NetworkError("No layer of this network has weights, so there is nothing to draw.")
    figure = style.new_figure(0.42 * len(layers) + 0.75, width=8.6)
    ax = figure.subplots()
    most = max(layer.parameters for layer in layers)
    for place, layer in enumerate(layers):
        dense = layer.kind == "dense"
        ax.barh(
            place,
            layer.parameters,
            height=0.62,
            color=style.HEAD_LIGHT if dense else style.BASE_LIGHT,
            edgecolor=style.HEAD if dense else style.BASE,
            hatch="///" if dense else None,
        )
        ax.text(
            layer.parameters + 0.012 * most, place, bar_words(layer, plan), va="center", size=10.5
        )
    ax.set_yticks(range(len(layers)), [bar_name(layer) for layer in layers])
    ax.set_ylim(len(layers) - 0.45, -0.55)
    ax.set_xlim(0, 1.28 * most)
    ax.tick_params(length=0)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    ax.set_title(f"Where the {plan.parameters:,} parameters sit (hatched: dense layers)")
    words = ", ".join(f"{one.name} has {bar_words(one, plan)}" for one in layers)
    describe(figure, f"Bars of the {plan.parameters:,} parameters, layer by layer: {words}.")
    return figure


def layers_with_weights(plan: Plan) -> tuple[PlanLayer, ...]:
    """Return the layers of a plan that have weights, in order."""
    return tuple(layer for layer in plan.layers if layer.parameters)


def bar_name(layer: PlanLayer) -> str:
    """Return a layer's name, and the shape of its maps if it gives some."""
    return f"{layer.name} → {by(layer.shape)}" if len(layer.shape) == 3 else layer.name


def bar_words(layer: PlanLayer, plan: Plan) -> str:
    """Return a layer's weights and their share of all."""
    share = layer.parameters / plan.parameters
    percent = f"{share:.0%}" if share >= 0.01 else "under 1%"
    return f"{layer.parameters:,} ({percent})"
