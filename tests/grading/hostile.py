"""What somebody may write who wants a page to do something."""

from __future__ import annotations

from dataclasses import replace

from coursetools.exercises import Outcome
from coursetools.grading.records import Grade, GradedCell, Shown
from grading.samples import check, exercise, full_grade, picture

RUN = "window.ran=true;document.title='ran'"

SNIPPETS = (
    f"<script>{RUN}</script>",
    f"</pre></code></style></title></textarea><script>{RUN}</script>",
    f'"><img src=x onerror="{RUN}">',
    f"'><svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f'<a href="javascript:{RUN}">click</a>',
    f"[click](javascript:{RUN}) ![x](http://example.org/x.png) `<b>`",
    "<iframe src=http://example.org></iframe><link rel=stylesheet href=//example.org/x.css>",
    '<meta http-equiv=refresh content="0;url=http://example.org">',
    "<form action=http://example.org><button>x</button></form>",
    "{{ 7 * 7 }}{% raw %}{{ view }}",
    "<!-- --><base href=http://example.org/>",
    "|a|<td onmouseover=alert(1)>|\n\n```\n</code><script>1</script>\n```",
    "\u202eright to left\u2066 and \ud800 half a pair \0 and \x1b[2J and \u200b",
    "e" + "\u0301" * 500,
)


def hostile_grade(snippet: str) -> Grade:
    """Return a grade with a snippet in every text that comes from a student."""
    failed = check(
        Outcome.FAILED, 2, description=snippet, feedback=f"`{snippet}` is not it. {snippet}"
    )
    passed = check(note=snippet, description=snippet)
    asked = exercise(
        "1.1",
        snippet,
        failed,
        passed,
        states={snippet: "given"},
        shown={snippet: snippet},
        notes=(snippet,),
        review=(snippet,),
    )
    shown = (
        Shown("stream", snippet, None, snippet),
        Shown("error", snippet, None, snippet),
        Shown(snippet, snippet, None, snippet),
        Shown("display", snippet, picture()),
        Shown("display", snippet, snippet.encode("utf-8", "surrogatepass")),
    )
    cells = (GradedCell("1.1", snippet, shown, snippet), GradedCell(snippet, snippet, shown))
    return replace(
        full_grade(snippet, snippet, f"{snippet}.ipynb"),
        exercises=(asked,),
        cells=cells,
        notes=(snippet,),
        review=(snippet,),
    )
