"""Python source as HTML, coloured like the cells of the notebook around it."""

from __future__ import annotations

from html import escape
from typing import Any

from pygments.lexers.python import PythonLexer  # type: ignore[import-untyped]
from pygments.token import Comment, Keyword, Name, Number, Operator, String  # type: ignore[import-untyped]

# Class names that the style of `coursetools.notebook.look` gives the editor's own colours.
_CLASSES: tuple[tuple[Any, str], ...] = (
    (Comment, "c"),
    (Keyword, "k"),
    (Operator.Word, "k"),
    (String, "s"),
    (Number, "n"),
    (Name.Builtin, "b"),
)


def python_html(source: str) -> str:
    """Give the source as HTML for a `<code>` element."""
    lexer = PythonLexer(stripnl=False, ensurenl=False)
    return "".join(_token(kind, text) for kind, text in lexer.get_tokens(source))


def _token(kind: Any, text: str) -> str:
    name = next((name for parent, name in _CLASSES if kind in parent), "")
    return f'<span class="ct-{name}">{escape(text)}</span>' if name else escape(text)
