"""A figure as an output; that each is shown once is tried in a kernel, in test_kernel.py."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
from matplotlib_inline.backend_inline import flush_figures

from coursetools.notebook.connect import open_lesson
from coursetools.notebook.figures import figure_bundle, install
from coursetools.visual.alt import describe


def test_own_text_is_escaped_in_html() -> None:
    figure, ax = plt.subplots(figsize=(2, 1))
    ax.plot([1, 2])
    describe(figure, 'a "line" <b>')
    bundle = figure_bundle(figure)
    plt.close(figure)
    assert bundle["text/plain"] == 'a "line" <b>'
    assert 'alt="a &quot;line&quot; &lt;b&gt;"' in bundle["text/html"]
    assert "max-width:100%" in bundle["text/html"]


def test_an_empty_figure_has_a_text_only() -> None:
    figure = plt.figure()
    bundle = figure_bundle(figure)
    plt.close(figure)
    assert list(bundle) == ["text/plain"]


def test_the_result_is_closed_before_the_inline_backend_looks(bare: Any, practice: Any) -> None:
    events = bare.shell.events
    events.register("post_execute", flush_figures)
    open_lesson(practice.LESSON)
    kinds = [type(f).__name__ for f in events.callbacks["post_execute"]]
    assert kinds[-2:] == ["_CloseResult", "function"]
    assert events.callbacks["post_execute"].count(flush_figures) == 1


def test_where_html_is_not_taken_a_figure_is_not_drawn_into_it(bare: Any) -> None:
    install(bare.shell, html=False)
    figure, ax = plt.subplots(figsize=(2, 1))
    ax.plot([1, 2])
    describe(figure, "a line")
    data, _ = bare.shell.display_formatter.format(figure)
    plt.close(figure)
    assert data["text/plain"] == "a line"
    assert "text/html" not in data
