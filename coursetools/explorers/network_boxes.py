"""A planned network as inline SVG: boxes to scale, bars of weights, and a budget's meter."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from coursetools.explorers import page
from coursetools.explorers.grids import INK, NOW, PAPER, WRONG
from coursetools.visual import style
from coursetools.visual.box_row import Column, MapBox, box_columns
from coursetools.visual.network_plan import Plan
from coursetools.visual.network_to_scale import block_lines, head_lines, plan_words
from coursetools.visual.parameter_bars import bar_name, bar_words, layers_with_weights

WIDTH = 684
_ROW, _TALL, _LEAST, _MIDDLE = 540, 96, 112, 66
_LINES_AT, _LINE = 150, 17
_HEIGHT = _LINES_AT + 7 * _LINE
_BAR, _BARS_AT, _BAR_ROOM = 20, 188, 352
_COLOURS = {
    "picture": (style.INK, style.PAPER),
    "convolution": (style.BASE, style.BASE_LIGHT),
    "pooling": (style.MUTED, PAPER),
}
_DOTS = (
    '<defs><pattern id="ct-dots" width="5" height="5" patternUnits="userSpaceOnUse">'
    f'<circle cx="2" cy="2" r="0.9" fill="{style.MUTED}"/></pattern></defs>'
)
_STROKES = (
    '<defs><pattern id="ct-lines" width="6" height="6" patternUnits="userSpaceOnUse">'
    f'<path d="M0 6L6 0" stroke="{style.HEAD}" stroke-width="1.2"/></pattern></defs>'
)


def boxes_svg(plan: Plan) -> str:
    """Return the picture, the blocks and the head, each with its shapes below."""
    columns = box_columns(plan, left=6, width=_ROW, tall=_TALL, least=_LEAST, middle=0)
    blocks = sorted({layer.block for layer in plan.maps})
    drawn = [_DOTS, _paper(_HEIGHT)]
    for number, column in enumerate(columns):
        drawn.extend(_box(box, plan) for box in column.boxes)
        if number == 0:
            size = "\N{MULTIPLICATION SIGN}".join(str(one) for one in plan.picture)
            drawn.append(_text_below(column, "Picture", [size]))
        else:
            block = blocks[number - 1]
            drawn.append(_text_below(column, f"Block {block}", block_lines(plan, block)))
    drawn.append(_head(plan))
    return page.drawing(
        "".join(drawn),
        plan_words(plan),
        "to scale: height is pixels, length is channels; dotted: pooling; dashed: what "
        "one unit of the last maps sees of the picture",
        width=WIDTH,
        height=_HEIGHT,
    )


def bars_svg(plan: Plan, budget: int) -> str:
    """Return a bar for the weights of each layer, and one for all beside the budget."""
    layers = layers_with_weights(plan)
    most = max(layer.parameters for layer in layers)
    rows = []
    for place, layer in enumerate(layers):
        dense = layer.kind == "dense"
        colours = (style.HEAD, style.HEAD_LIGHT) if dense else (style.BASE, style.BASE_LIGHT)
        length = _BAR_ROOM * layer.parameters / most
        rows.append(
            _bar(place, bar_name(layer), length, colours, bar_words(layer, plan), hatched=dense)
        )
    meter = _meter(len(layers) + 0.45, plan.parameters, budget)
    height = (len(layers) + 2) * (_BAR + 4) + 6
    words = ", ".join(f"{layer.name} {bar_words(layer, plan)}" for layer in layers)
    return page.drawing(
        f"{_STROKES}{_paper(height)}{''.join(rows)}{meter}",
        f"Weights of each layer: {words}. {budget_words(plan.parameters, budget)}",
        "weights and their share (hatched: dense layers); below them all together, and a line "
        "where the budget ends",
        width=WIDTH,
        height=height,
    )


def budget_words(parameters: int, budget: int) -> str:
    """Return whether so many parameters stay within the budget, and by how many."""
    left = budget - parameters
    if left < 0:
        return f"{parameters:,} parameters: {-left:,} over the budget of {budget:,}."
    return f"{parameters:,} parameters: {left:,} left of the budget of {budget:,}."


def _paper(height: float) -> str:
    return f'<rect width="{WIDTH}" height="{height:.0f}" fill="{PAPER}" rx="4"/>'


def _points(side: Sequence[tuple[float, float]]) -> str:
    # Geometry counts upwards, SVG downwards.
    return " ".join(f"{x:.1f},{_MIDDLE - y:.1f}" for x, y in side)


def _box(box: MapBox, plan: Plan) -> str:
    edge, fill = _COLOURS[box.kind]
    front = "url(#ct-dots)" if box.kind == "pooling" else fill
    sides = "".join(
        f'<polygon points="{_points(side)}" fill="{colour}" stroke="{edge}"/>'
        for side, colour in ((box.top(), fill), (box.face(), PAPER), (box.front(), front))
    )
    if box.kind != "picture" or not plan.field:
        return sides
    seen = box.face(min(1.0, plan.field / plan.picture[0]))
    return (
        f'{sides}<polygon points="{_points(seen)}" fill="{style.WARNING}" stroke="{NOW}" '
        'stroke-width="1.6" stroke-dasharray="4 3"/>'
    )


def _text_below(column: Column, title: str, lines: Sequence[str]) -> str:
    return _lines(column.left, title, lines)


def _lines(left: float, title: str, lines: Sequence[str]) -> str:
    written = "".join(
        f'<text x="{left + (10 if line.startswith(" ") else 0):.0f}" '
        f'y="{_LINES_AT + _LINE * (place + 1)}">{escape(line.strip())}</text>'
        for place, line in enumerate(lines)
    )
    return (
        f'<g fill="{INK}" font-size="12"><text x="{left:.0f}" y="{_LINES_AT}" '
        f'font-size="14" font-weight="600">{escape(title)}</text>{written}</g>'
    )


def _head(plan: Plan) -> str:
    left, top = _ROW + 28, _MIDDLE - _TALL / 2
    colours = f'fill="{style.HEAD_LIGHT}" stroke="{style.HEAD}"'
    drawn = [
        f'<path d="M{left - 20} {_MIDDLE}h18m-6 -5l7 5l-7 5" fill="none" stroke="{style.MUTED}" '
        'stroke-width="2"/>',
        f'<rect x="{left + 8}" y="{top}" width="9" height="{_TALL}" {colours}/>',
    ]
    for place, layer in enumerate(one for one in plan.head if one.kind == "dense"):
        shown = min(layer.shape[0], 8)
        for unit in range(shown):
            y = _MIDDLE + 12 * (unit - (shown - 1) / 2)
            drawn.append(f'<circle cx="{left + 46 + 34 * place}" cy="{y}" r="4.5" {colours}/>')
    return "".join(drawn) + _lines(left, "Head", head_lines(plan))


def _bar(
    place: float,
    name: str,
    length: float,
    colours: tuple[str, str],
    words: str,
    *,
    hatched: bool = False,
) -> str:
    edge, fill = colours
    top = 4 + place * (_BAR + 4)
    size = f'x="{_BARS_AT}" y="{top:.0f}" width="{max(length, 1):.1f}" height="{_BAR}"'
    lines = f'<rect {size} fill="url(#ct-lines)"/>' if hatched else ""
    return (
        f'<rect {size} fill="{fill}" stroke="{edge}"/>{lines}<g fill="{INK}" font-size="13">'
        f'<text x="{_BARS_AT - 8}" y="{top + 15:.0f}" text-anchor="end">{escape(name)}</text>'
        f'<text x="{_BARS_AT + length + 8:.0f}" y="{top + 15:.0f}">{escape(words)}</text></g>'
    )


def _meter(place: float, parameters: int, budget: int) -> str:
    over = parameters > budget
    scale = _BAR_ROOM / max(parameters, budget)
    colours = (WRONG, "#f9d9d5") if over else (style.BASE, style.BASE_LIGHT)
    words = f"{parameters - budget:,} over" if over else f"{budget - parameters:,} left"
    top = 4 + place * (_BAR + 4)
    x = _BARS_AT + budget * scale
    end = _BARS_AT + max(parameters, budget) * scale + 8
    bar = _bar(place, f"together: {parameters:,}", parameters * scale, colours, "")
    return (
        f'{bar}<path d="M{x:.1f} {top - 4:.0f}V{top + _BAR + 4:.0f}" stroke="{INK}" '
        f'stroke-width="2.5"/><text x="{end:.0f}" y="{top + 15:.0f}" fill="{INK}" '
        f'font-size="13" font-weight="600">{words}</text>'
    )
