"""The network builder: choose blocks and a head, and see shapes, weights and the field."""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure

from coursetools.explorers import controls as make
from coursetools.explorers import page
from coursetools.explorers.explorer import Explorer
from coursetools.explorers.front_end import has_widgets
from coursetools.explorers.network_boxes import bars_svg, boxes_svg, budget_words
from coursetools.operations import Convnet, ConvnetError, NoStopError
from coursetools.visual.network_plan import Plan, plan_of
from coursetools.visual.network_to_scale import network_to_scale

SIZES = (32, 64, 128)
FILTERS = (8, 16, 24, 32, 48, 64)
KERNELS = (1, 3, 5, 7)
BUDGETS = (60_000, 100_000, 300_000, 1_000_000)
HEADS = (("Flatten", "flatten"), ("average of each map", "average"))
MOST_HIDDEN = 32


def network_builder(budget: int = 300_000, *, size: int = 128, still: bool = False) -> Any:
    """Explore how a convnet's blocks and head set its shapes, its weights and its field.

    All is arithmetic: no model is built. The line of code below builds the same in Keras.

    Args:
        budget: Parameters that shall not be exceeded; the first choice of the budget's list.
        size: Pixels across the pictures: 32, 64 or 128.
        still: Return the still figure: the lesson's network.

    Raises:
        ConvnetError: The budget is less than 1, or the size is another.
    """
    if size not in SIZES or budget < 1:
        raise ConvnetError(
            f"`size` must be one of {SIZES} and `budget` at least 1, but they are `{size}` and "
            f"`{budget}`."
        )
    if still or not has_widgets():
        return network_to_scale(Convnet(size=size))
    return NetworkBuilder(int(budget), size)


class NetworkBuilder(Explorer):
    """Set blocks, convolutions, filters, kernels, padding and head; see what they cost."""

    title = "Build a convnet"
    tries = (
        "Halve the parameters with one change. Which layer held most of them?",
        "Make a unit of the last maps see more than 32 pixels across.",
        "One block and Flatten: where do the parameters sit now, and why?",
    )

    def __init__(self, budget: int, size: int) -> None:
        """Start with the lesson's network."""
        start = Convnet(size=size)
        budgets = sorted({*BUDGETS, budget})
        controls = {
            "size": make.dropdown("Picture", [(f"{n} by {n}", n) for n in SIZES], size, width=165),
            "blocks": make.slider("Blocks", start.blocks, 1, 4, width=215),
            "convolutions": make.slider(
                "Convolutions a block", start.convolutions, 1, 3, width=275
            ),
            "filters": make.dropdown("Filters of the first", FILTERS, start.filters, width=190),
            "first_kernel": make.dropdown(
                "First block's kernel", KERNELS, start.first_kernel, width=190
            ),
            "kernel": make.dropdown("Other kernels", KERNELS, start.kernel, width=155),
            "padding": make.dropdown("Padding", ("same", "valid"), width=150),
            "head": make.dropdown("Head", HEADS, width=190),
            "hidden": make.slider("Hidden units", start.hidden, 0, MOST_HIDDEN, width=290),
            "budget": make.dropdown("Budget", [(f"{n:,}", n) for n in budgets], budget, width=165),
        }
        rows = (
            ("size", "blocks", "filters"),
            ("convolutions", "first_kernel", "kernel"),
            ("padding", "head", "hidden"),
            ("budget",),
        )
        super().__init__(controls, [make.row([controls[name] for name in row]) for row in rows])

    def settings(self) -> Convnet:
        """Return the settings as they stand."""
        return Convnet(**{name: self.value(name) for name in self.controls if name != "budget"})

    def picture(self) -> str:
        """Return the boxes to scale, and below them the bars and the budget's meter."""
        plan = self._plan()
        if isinstance(plan, str):
            return page.paragraph(plan)
        return page.column([boxes_svg(plan), bars_svg(plan, self.value("budget"))])

    def status(self) -> str:
        """Return the parameters, where most of them sit, the field, and the last maps."""
        plan = self._plan()
        if isinstance(plan, str):
            return f"This network cannot be built. {plan}"
        largest = max(plan.layers, key=lambda layer: layer.parameters)
        rows, columns, channels = plan.maps[-1].shape
        share = largest.parameters / plan.parameters
        return (
            f"{budget_words(plan.parameters, self.value('budget'))} The largest layer, "
            f"{largest.name}, holds {share:.0%} of them. {channels} maps of {rows} by {columns} "
            f"enter the head; one of their units sees {plan.field} of {plan.picture[0]} pixels "
            "across."
        )

    def code(self) -> str:
        """Return the Keras code that builds the network, and a call that draws it."""
        return f"{keras_code(self.settings())}\nct.network_to_scale(model)"

    def draw_still(self) -> Figure:
        """Draw the network to scale, or the lesson's if this one cannot be built."""
        plan = self._plan()
        return network_to_scale(None if isinstance(plan, str) else self.settings())

    def _plan(self) -> Plan | str:
        """Return the plan, or why there is none."""
        try:
            return plan_of(self.settings())
        except NoStopError as error:
            return str(error)


def keras_code(settings: Convnet) -> str:
    """Return Python that builds a convnet in Keras, with a line for each layer."""
    lines = [f"keras.Input(({settings.size}, {settings.size}, {settings.channels})),"]
    for block in range(1, settings.blocks + 1):
        filters, kernel = settings.block_filters(block), settings.block_kernel(block)
        convolution = (
            f'layers.Conv2D({filters}, {kernel}, padding="{settings.padding}", activation="relu"),'
        )
        lines += [convolution] * settings.convolutions
        lines.append("layers.MaxPool2D(),")
    flatten = settings.head == "flatten"
    lines.append("layers.Flatten()," if flatten else "layers.GlobalAveragePooling2D(),")
    if settings.hidden:
        lines.append(f'layers.Dense({settings.hidden}, activation="relu"),')
    lines.append('layers.Dense(1, activation="sigmoid"),')
    body = "\n".join(f"    {line}" for line in lines)
    return f"model = keras.Sequential([\n{body}\n])"
