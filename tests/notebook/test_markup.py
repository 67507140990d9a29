"""The signs of Markdown that the course's texts use, and nothing of HTML from a student."""

from __future__ import annotations

import pytest

from coursetools.notebook.highlight import python_html
from coursetools.notebook.look import (
    GOING_ON,
    HINT,
    NOT_YET,
    NOTE,
    OPEN,
    OUR_ERROR,
    PARTLY,
    PENDING,
    RIGHT,
    SKIPPED,
    SOLUTION,
    UNREADABLE,
    Mark,
)
from coursetools.notebook.markup import blocks, inline, plain


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("`a*b*c` and **two** or *three*", "<code>a*b*c</code> and <strong>two</strong> or "
         "<em>three</em>"),
        ("4*4*1280 is 4 * 5 * 6", "4*4*1280 is 4 * 5 * 6"),
        ("<b>&`<i>`", "&lt;b&gt;&amp;<code>&lt;i&gt;</code>"),
        ("one ` backtick", "one ` backtick"),
        ("`a` and ` alone", "<code>a</code> and ` alone"),
        ("**`x`** y", "**<code>x</code>** y"),
        ("", ""),
    ],
)  # fmt: skip
def test_one_line(text: str, html: str) -> None:
    assert inline(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one\ntwo\n\nthree", "<p>one two</p><p>three</p>"),
        ("say:\n- a\n- b\n  more", "<p>say:</p><ul><li>a</li><li>b more</li></ul>"),
        ("1. a\n2. `b`", "<ol><li>a</li><li><code>b</code></li></ol>"),
        ("see\n```python\nx = 1\n\ny < 2\n```\nend", "<p>see</p><pre><code>x = 1\n\ny &lt; 2"
         "</code></pre><p>end</p>"),
        ("**One**\n| 1 | -2 |\n| `3` | < |\n\n| 4 |\nend", '<table class="ct-grid"><caption>'
         "<strong>One</strong></caption><tbody><tr><td>1</td><td>-2</td></tr><tr><td><code>3"
         "</code></td><td>&lt;</td></tr></tbody></table><p>| 4 | end</p>"),
        ("```\nnever closed", "<pre><code>never closed</code></pre>"),
    ],
)  # fmt: skip
def test_blocks(text: str, html: str) -> None:
    assert blocks(text) == html


def test_plain_text_keeps_its_code() -> None:
    assert plain("**Two** `a**b**c`") == "Two `a**b**c`"


def test_python_source_keeps_its_text() -> None:
    html = python_html('for x in "a<b":  # note\n    int(3)\n')
    assert '<span class="ct-k">for</span>' in html
    assert "a&lt;b" in html
    assert '<span class="ct-c"># note</span>' in html
    assert html.endswith("\n")


def luminance(colour: str) -> float:
    def linear(level: int) -> float:
        share = level / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[k : k + 2], 16)) for k in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


MARKS = (
    RIGHT, PARTLY, NOT_YET, OPEN, UNREADABLE, SKIPPED, PENDING, OUR_ERROR, NOTE, GOING_ON, HINT,
    SOLUTION,
)  # fmt: skip


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: mark.word)
def test_white_can_be_read_on_every_mark(mark: Mark) -> None:
    assert 1.05 / (luminance(mark.colour) + 0.05) >= 4.5


def test_no_mark_says_by_colour_alone() -> None:
    assert len({(mark.sign, mark.word) for mark in MARKS}) == len(MARKS)
    assert all(len(mark.sign) == 1 and mark.word for mark in MARKS)
