"""What the tests read of an explorer's HTML."""

import ast
from base64 import b64decode
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

import coursetools


class Parts(HTMLParser):
    """The texts of pictures and drawings, the pictures' addresses, and the words of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.alts: list[str] = []
        self.words: list[str] = []
        self.sources: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "img":
            assert found["alt"], "every picture has an alt text"
            assert str(found["src"]).startswith("data:image/")
            self.alts.append(str(found["alt"]))
            self.sources.append(str(found["src"]))
        if tag == "svg":
            assert found["role"] == "img"
            assert found["aria-label"], "every drawing has a text"
            self.alts.append(str(found["aria-label"]))

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append(data.strip())


def picture(explorer: Any) -> Parts:
    return Parts(explorer.view.children[3].value)


def status(explorer: Any) -> str:
    return unescape(explorer.view.children[2].value)


def code(explorer: Any) -> str:
    return Parts(explorer.view.children[4].value).words[-1]


def run_code(explorer: Any, **names: Any) -> Any:
    """Run what the explorer shows as code, and return the value of its last line."""
    *lines, last = ast.parse(code(explorer)).body
    assert isinstance(last, ast.Expr)
    known = {"ct": coursetools, "np": np, **names}
    exec(compile(ast.Module(lines, []), "<shown>", "exec"), known)
    return eval(compile(ast.Expression(last.value), "<shown>", "eval"), known)


def levels(address: str) -> np.ndarray:
    """Return the pixels of a picture at a `data:` address, shape (h, w, 3)."""
    content = b64decode(address.partition(",")[2])
    with Image.open(BytesIO(content)) as opened:
        return np.asarray(opened.convert("RGB"), int)


def choose(explorer: Any, **values: Any) -> None:
    """Set controls, as moving them in the notebook would."""
    for name, value in values.items():
        explorer.controls[name].value = value
