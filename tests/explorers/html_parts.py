"""What the tests read of an explorer's HTML."""

from html import unescape
from html.parser import HTMLParser
from typing import Any


class Parts(HTMLParser):
    """The pictures' alt texts and the words of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.alts: list[str] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            found = dict(attrs)
            assert found["alt"], "every picture has an alt text"
            assert str(found["src"]).startswith("data:image/")
            self.alts.append(str(found["alt"]))

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append(data.strip())


def picture(explorer: Any) -> Parts:
    return Parts(explorer.view.children[3].value)


def status(explorer: Any) -> str:
    return unescape(explorer.view.children[2].value)


def code(explorer: Any) -> str:
    return Parts(explorer.view.children[4].value).words[-1]


def choose(explorer: Any, **values: Any) -> None:
    """Set controls, as moving them in the notebook would."""
    for name, value in values.items():
        explorer.controls[name].value = value
