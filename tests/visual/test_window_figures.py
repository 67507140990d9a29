"""The figures of lesson 4: what they draw, the numbers beside it, and what they refuse."""

from base64 import b64decode
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from coursetools.operations import (
    SERIES_KERNELS,
    STACKS,
    FieldError,
    NoStopError,
    WindowError,
    circle,
    edge,
    gaussian,
    stage_rows,
    weekly_series,
)
from coursetools.visual import (
    SeriesError,
    UnknownNetworkError,
    alt_text,
    draw_series,
    field_cone,
    field_heat,
    network_fields,
    network_table,
    same_padding_figure,
    sliding_window,
    step_spread,
    strided_maps,
    visit_figure,
    window_rows,
)
from visual.golden import Golden


class Images(HTMLParser):
    """The attributes of the pictures in some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.found.append({name: value or "" for name, value in attrs})


def written(figure: plt.Figure) -> list[str]:
    return [text.get_text() for ax in figure.axes for text in ax.texts]


def test_stops_lie_below_each_other(golden: Golden) -> None:
    figure = window_rows()
    assert alt_text(figure) == (
        "6 pixels, window 3, stride 1, valid: 4 stops. The window begins at 0, 1, 2 and 3."
    )
    assert [text for text in written(figure) if text.startswith("stop")] == [
        f"stop {number}" for number in (1, 2, 3, 4)
    ]
    golden(figure, "window-rows")


def test_a_pixel_never_seen_is_marked(golden: Golden) -> None:
    figure = window_rows(6, 3, 2)
    assert "Never seen: 5." in alt_text(figure)
    assert "pixel 5 is never seen" in written(figure)
    hatched = [patch for patch in figure.axes[0].patches if patch.get_hatch()]
    assert len(hatched) == 2  # in both rows
    golden(figure, "window-rows-stride")
    assert not [p for p in window_rows(7, 3, 2).axes[0].patches if p.get_hatch()]
    assert "pixels 1 and 3 are never seen" in written(window_rows(5, 1, 2))


@pytest.mark.parametrize("setting", [(6, 3, 2), (10, 2, 3), (9, 1, 3)])
def test_what_is_never_seen_stands_within_the_figure(setting: tuple[int, int, int]) -> None:
    figure = window_rows(*setting)
    figure.canvas.draw()
    words = next(text for text in figure.axes[0].texts if "never seen" in text.get_text())
    assert words.get_window_extent().x1 <= figure.bbox.x1


def test_zeros_of_same_for_odd_and_even(golden: Golden) -> None:
    figure = same_padding_figure()
    text = alt_text(figure)
    assert "5 pixels, window 3, stride 2, same: 3 stops, 1 + 1 zeros." in text
    assert "6 pixels, window 3, stride 2, same: 3 stops, 0 + 1 zeros." in text
    # Three rows of two zeros, three rows of one, and the pixels that are called 0.
    assert written(figure).count("0") == 3 * 2 + 3 * 1 + 2
    golden(figure, "same-padding")


def test_dilation_is_named() -> None:
    assert "dilation 2" in alt_text(window_rows(9, 3, 1, "VALID", 2))


def test_refused_rows() -> None:
    with pytest.raises(NoStopError, match="`5` pixels fits nowhere on `4`"):
        window_rows(4, 5)
    with pytest.raises(WindowError, match="`'full'`"):
        window_rows(6, 3, 1, "full")
    with pytest.raises(ValueError, match=r"At most 16 .* `17`"):
        window_rows(17)
    with pytest.raises(ValueError, match="empty"):
        same_padding_figure([])


def test_the_window_slides(golden: Golden) -> None:
    shown = sliding_window(6, 3, 2, "same")
    assert "zeros added: 0 before and 1 after. It makes 3 by 3 stops" in shown.words
    film = Image.open(BytesIO(shown.animation))
    assert film.format == "GIF"
    assert film.n_frames == 9
    assert film.width == shown.width
    frames = []
    for number in range(9):
        film.seek(number)
        frames.append(np.asarray(film.convert("RGB"), np.int16))
    moved = [np.abs(a - b).max() for a, b in pairwise(frames)]
    assert min(moved) > 100
    golden(shown.still, "sliding-window")


def test_frames_are_what_the_figure_shows() -> None:
    """A frame is cut from drawings; it must look like the same stop drawn by itself."""
    from coursetools.visual import slides, style

    shown = sliding_window(4, 2, 1)
    slide = slides.new_slide(4, 2, 1, "valid")
    width, height = slide.size
    for place in (0, 4, 8):
        figure = style.new_figure(height, width=width, laid_out=False)
        ax = figure.add_axes((0, 0, 1, 1))
        slides.bare_board(ax, width, height)
        with style.course_style():
            slides.draw_stop(ax, slide, place, letters=10)
            stored = BytesIO()
            figure.savefig(stored, dpi=style.DPI)
        drawn = np.asarray(Image.open(stored).convert("L"), np.float32)
        film = Image.open(BytesIO(shown.animation))
        film.seek(place)
        frame = np.asarray(film.convert("RGB").convert("L"), np.float32)
        assert frame.shape == drawn.shape
        assert np.abs(frame - drawn).mean() < 2
        assert frame[0, 0] == 255


def test_nothing_moves_by_itself() -> None:
    shown = sliding_window(4, 3)
    bundle = shown._repr_mimebundle_()
    html = bundle["text/html"]
    still, film = Images(html).found
    assert html.index("<details><summary>") < html.index("data:image/gif")
    assert "open" not in html.split("<details", 1)[1].split(">", 1)[0]
    assert still["alt"] == film["alt"] == shown.words == bundle["text/plain"]
    assert not still["src"].startswith("data:image/gif")
    assert b64decode(film["src"].split(",", 1)[1]) == shown.animation
    assert len(html) < 60_000


def test_refused_slides() -> None:
    with pytest.raises(ValueError, match=r"At most 10 .* `11`"):
        sliding_window(11)
    with pytest.raises(NoStopError):
        sliding_window(3, 4)


def test_visits_stand_in_the_cells(golden: Golden) -> None:
    figure = visit_figure()
    text = alt_text(figure)
    assert "VALID, 3 by 3: the corner 1, the middle 9." in text
    assert "SAME, 3 by 3: the corner 4, the middle 9." in text
    first = [text.get_text() for text in figure.axes[0].texts]
    assert first[:7] == ["1", "2", "3", "3", "3", "2", "1"]
    golden(figure, "visits")


def test_unvisited_pixels_are_hatched() -> None:
    figure = visit_figure(6, (3,), stride=2)
    assert "11 pixels never" in alt_text(figure)
    assert len([patch for patch in figure.axes[0].patches if patch.get_hatch()]) == 11
    with pytest.raises(ValueError, match=r"`17` and `\(3, 5\)`"):
        visit_figure(17)


def test_a_ring_breaks_up_with_the_stride(golden: Golden) -> None:
    wide = gaussian(7, 1.5)
    ring = circle([64, 64], val=1.0, r_shrink=4)
    settings = [(edge, 1), (edge, 2), (edge, 3), (wide - wide.mean(), 2)]
    figure = strided_maps(ring, settings)
    assert [ax.get_xlabel() for ax in figure.axes] == [
        "64\u00d764",
        "64\u00d764\n100% answered",
        "32\u00d732\n64% answered",
        "22\u00d722\n23% answered",
        "32\u00d732\n100% answered",
    ]
    assert "3 by 3, stride 3: 22 by 22, 23.1%" in alt_text(figure)
    golden(figure, "strided-maps")
    with pytest.raises(ValueError, match="at least one pair"):
        strided_maps(ring, [])


def test_the_cone_widens(golden: Golden) -> None:
    figure = field_cone()
    assert [text for text in written(figure) if text.startswith("field")] == [
        "field 3",
        "field 5",
        "field 7",
    ]
    orange = [patch for patch in figure.axes[0].patches if patch.get_linewidth() == 1.2]
    assert len(orange) == 7 + 5 + 3 + 1
    golden(figure, "field-cone")


def test_the_cone_of_strides(golden: Golden) -> None:
    figure = field_cone([(3, 1), (2, 2), (3, 1), (2, 2)])
    assert [f"field {size}" for size in (3, 4, 8, 10)] == [
        text for text in written(figure) if text.startswith("field")
    ]
    orange = [patch for patch in figure.axes[0].patches if patch.get_linewidth() == 1.2]
    assert len(orange) == 10 + 8 + 4 + 2 + 1
    assert "field 10, neighbours 4 pixels apart" in alt_text(figure)
    golden(figure, "field-cone-strides")


def test_refused_cones() -> None:
    with pytest.raises(ValueError, match="`0` layers and a field of `1`"):
        field_cone([])
    with pytest.raises(ValueError, match="field of `212`"):
        field_cone([window for stage in STACKS["VGG16"] for window in stage.windows])
    with pytest.raises(FieldError, match="Layer 1"):
        field_cone([(3,)])


def test_the_effective_field_lies_in_the_box(golden: Golden) -> None:
    bell = np.outer(np.hanning(17), np.hanning(17))  # its outermost values are 0
    heat = np.pad(bell, 8)
    figure, ax = plt.subplots(figsize=(4, 4))
    field_heat(heat, 15, ax)
    assert "reaches 15 rows and 15 columns, in theory 15" in alt_text(figure)
    widths = [patch.get_width() for patch in ax.patches]
    assert widths[0] == 15
    inside = heat[16 - widths[1] // 2 :, 16 - widths[1] // 2 :][: widths[1], : widths[1]]
    assert inside.sum() >= 0.9 * heat.sum()
    assert [patch.get_linestyle() for patch in ax.patches] != ["-", "-"]
    golden(figure, "field-heat")


def test_a_box_may_reach_beyond_the_picture() -> None:
    ax = field_heat(np.ones((8, 8)), 20)
    assert ax.get_xlim()[0] < -6
    assert ax.get_ylim()[0] > 13
    with pytest.raises(FieldError, match="`0`"):
        field_heat(np.ones((8, 8)), 0)
    with pytest.raises(FieldError, match="0 everywhere"):
        field_heat(np.zeros((8, 8)))


def test_known_networks(golden: Golden) -> None:
    figure = network_fields()
    for name, stages in STACKS.items():
        last = stage_rows(stages, 128)[-1]
        assert f"{name}: " in alt_text(figure)
        assert f"{last.field}; the last maps are 4 by 4." in alt_text(figure)
    golden(figure, "network-fields")


def test_the_table_of_known_networks() -> None:
    table = network_table(["VGG16"], size=224)
    assert table["field"].tolist() == [6, 16, 44, 100, 212]
    assert table["maps"].tolist() == [112, 56, 28, 14, 7]
    assert not table["sees the whole picture"].any()
    assert network_table("VGG16", 128)["sees the whole picture"].tolist() == [False] * 4 + [True]
    with pytest.raises(UnknownNetworkError, match="`AlexNet`"):
        network_table(["AlexNet"])


def test_a_series_and_its_filters(golden: Golden) -> None:
    series = weekly_series()
    filtered = {
        name: np.correlate(series, kernel, "valid") for name, kernel in SERIES_KERNELS.items()
    }
    figure = draw_series(series, filtered)
    assert len(figure.axes) == 4
    for name, values in filtered.items():
        assert f"{name}: {len(values)} values" in alt_text(figure)
    # A shorter series lies in the middle: as much is missing before it as after it.
    weeks = figure.axes[3].get_lines()[0].get_xdata()
    assert weeks[0] == len(series) - 1 - weeks[-1] == 7
    golden(figure, "series")


def test_steps_spread() -> None:
    assert step_spread([1, 2, 3, 4]) == 0
    assert step_spread([[1], [3], [1]]) == 2
    assert step_spread([5]) == 0


def test_refused_series() -> None:
    with pytest.raises(SeriesError, match=r"`series` .* `\(2, 2\)`"):
        draw_series(np.ones((2, 2)))
    with pytest.raises(SeriesError, match="`longer` has `4` values"):
        draw_series([1, 2, 3], {"longer": [1, 2, 3, 4]})
    with pytest.raises(SeriesError, match="finite"):
        draw_series([1, np.nan])
