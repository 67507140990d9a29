"""Ideas: what is done to the file, not what runs: its cells, metadata, outputs, size, and ids."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from adversaries.idea import Idea
from adversaries.practice import PRACTICE, SECRET, Cell, cells_of, code, file_of, right_for
from coursetools.answers.stored import STORED_TYPE, store

Change = Callable[[list[Cell]], bytes | None]

RUN = "document.title='ran'"
PAGES = (
    f"<script>{RUN}</script>",
    f'</pre></code></style></title><img src=x onerror="{RUN}">',
    f"<svg onload={RUN}><script>{RUN}</script></svg>",
    f'[click](javascript:{RUN}) <a href="javascript:{RUN}">x</a> <iframe src=//x.org></iframe>',
    "{{ 7 * 7 }}{% raw %}<!-- --><base href=//x.org/><meta http-equiv=refresh content=0>",
)


def named(cells: list[Cell], cell_id: str) -> Cell:
    return next(cell for cell in cells if cell["id"] == cell_id)


def each(**values: Any) -> Change:
    """Set something in every cell."""

    def change(cells: list[Cell]) -> None:
        for cell in cells:
            cell.update(json.loads(json.dumps(values)))

    return change


def around(**more: Any) -> Change:
    """Set something around the cells."""
    return lambda cells: file_of(cells, **more)


def text(change: Callable[[str], str]) -> Change:
    """Change the file's text."""
    return lambda cells: change(file_of(cells).decode()).encode()


def forged_store(cells: list[Cell]) -> None:
    data = store(
        "9.1", {"first": {"kind": "number", "state": "given", "content": {"value": SECRET}}}, ""
    )
    for cell in cells:
        cell["outputs"] = [
            {"output_type": "display_data", "data": {STORED_TYPE: data}, "metadata": {}}
        ]


def shown_as_right(cells: list[Cell]) -> None:
    for cell in cells:
        page = "".join(f"{snippet}<b>All correct: 2 of 2 points</b>" for snippet in PAGES)
        data = {"text/html": page, "application/javascript": RUN, "image/svg+xml": PAGES[2]}
        cell["outputs"] = [{"output_type": "display_data", "data": data, "metadata": {}}]


def of_another(cells: list[Cell]) -> None:
    named(cells, "between")["source"] = "number = first = 1\nq_1.check()\nprint('taken over')"


def merged(cells: list[Cell]) -> None:
    whole = "\n".join(cell["source"] for cell in cells[1:])
    cells[1:] = [code("a1", whole)]


def split(cells: list[Cell]) -> None:
    lines = [line for cell in cells[2:] for line in cell["source"].splitlines()]
    cells[2:] = [code(f"line-{n}", line) for n, line in enumerate(lines) if line.strip()]


def backwards(cells: list[Cell]) -> None:
    cells.reverse()


def twice(cells: list[Cell]) -> None:
    cells += json.loads(json.dumps(cells))


def without_ids(cells: list[Cell]) -> bytes:
    return file_of([{k: v for k, v in cell.items() if k != "id"} for cell in cells])


def many(cells: list[Cell]) -> None:
    cells += [code(f"n{n}", "1") for n in range(100_000)]


def deep(cells: list[Cell]) -> bytes:
    return file_of(cells)[:-1] + b', "deep": ' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"}"


def attached(cells: list[Cell]) -> bytes:
    """Make a picture of 25 MB in markdown, which is within what a notebook may have."""
    picture = {"a.png": {"image/png": "A" * 25_000_000}}
    words = {"cell_type": "markdown", "id": "m", "metadata": {}, "attachments": picture}
    return file_of([*cells, words | {"source": "".join(PAGES) + "![x](attachment:a.png)"}])


def old_format(cells: list[Cell]) -> bytes:
    made = [
        {"cell_type": "code", "language": "python", "input": c["source"], "outputs": []}
        for c in cells
    ]
    sheets = [{"cells": made, "metadata": {}}]
    return file_of([], nbformat=3, nbformat_minor=0, worksheets=sheets)


CELLS = (
    Idea("every output says right", change=shown_as_right, says="First"),
    Idea("the answer stored by hand", change=forged_store, says="First"),
    Idea("the lesson's own cell written over", change=of_another, says="ran as it was released"),
    Idea("all cells in one", change=merged, says="joined with another"),
    Idea(
        "a cell for every line",
        change=split,
        says="Its cell was found by its first line",
        costs=("9.4",),
    ),
    Idea("all cells backwards", change=backwards, says="stand in another order"),
    Idea("every cell twice", change=twice, says="cells answer it"),
    Idea("without ids", change=without_ids, says="have lost their ids"),
    Idea("one id for all", change=each(id="a1"), says="First"),
    Idea("ids that are no ids", change=each(id={"a": [1] * 99}), says="have lost their ids"),
    Idea("the old format", change=old_format, says="old notebook format 3"),
    Idea(
        "the answer turned into text",
        change=lambda cells: named(cells, "a1").update(cell_type="markdown"),
        says="turned into text",
    ),
    Idea(
        "two answers, the second by somebody else",
        change=lambda cells: cells.append(code("x", "# Exercise 9.1\nfirst = 1\nq_2.check()")),
        says="the answer counts that stands in a copy",
    ),
)

ASKING = (
    Idea(
        "another kernel",
        change=around(
            metadata={
                "kernelspec": {"name": "bash", "display_name": "x", "language": "bash"},
                "language_info": {"name": "bash", "file_extension": ".sh"},
            }
        ),
        says="First",
    ),
    Idea(
        "a kernel by a path",
        change=around(metadata={"kernelspec": {"name": "../../left-behind", "argv": ["sh", "-c"]}}),
        says="First",
    ),
    Idea(
        "metadata that asks for points",
        change=each(
            metadata={
                "nbgrader": {"grade": True, "points": 100, "solution": True, "locked": False},
                "otter": {"points": 100},
                "coursetools": {"run": "never", "score": 2, "exercise": "9.1"},
                "tags": ["skip-execution", "raises-exception", "remove-cell"],
                "execution": {"timeout": 10**9},
                "jupyter": {"source_hidden": True},
            }
        ),
        says="First",
    ),
    Idea("more points for all", change=around(score=99, grade={"9.1": 2}, points=9), says="First"),
    Idea("huge integers", change=around(metadata={"n": 10**4000}), says="First"),
    Idea(
        "integers beyond what Python reads",
        change=text(lambda t: t.replace('"nbformat": 4', f'"n": {"9" * 5000}, "nbformat": 4')),
        refused="not JSON",
    ),
    Idea(
        "numbers that are none",
        change=text(lambda t: t.replace('"execution_count": null', '"execution_count": NaN')),
        says="First",
    ),
    Idea("a version that is a word", change=around(nbformat="4"), refused="of a version"),
    Idea(
        "keys twice",
        change=text(lambda t: t[:-1] + ', "cells": []}'),
        says="Its answer cell is gone",
        costs=("9.2", "9.3", "9.4", "9.5"),
        review=True,
    ),
    Idea(
        "halves of characters and NUL",
        change=lambda cells: cells.append(code("\ud800", "x = '\ud800\0'\n# \u202e\x1b[2J\x07")),
        says="First",
    ),
)

HUGE = (
    Idea("100,000 cells", change=many, refused="It has 100,00"),
    Idea("deep JSON", change=deep, refused="nested"),
    Idea("huge attachments", change=attached, says="First"),
    Idea(
        "a cell of 2 MB",
        change=lambda cells: cells.append(code("x", "x = 1\n" * 400_000)),
        says="has more than 1,000,000 characters",
    ),
    Idea("nothing", change=lambda cells: b"", refused="empty"),
    Idea("only brackets", change=lambda cells: b"[" * 2_000_000, refused="nested"),
    Idea(
        "cells that connect with many ids",
        change=lambda cells: cells.extend(
            code(f"n{n}", f"ct.connect(lesson=9, student_id='s{n}')") for n in range(200)
        ),
        says="different student ids",
        review=True,
    ),
)


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def slip(cells: list[Cell]) -> bytes:
    return zipped({f"{'../' * n}left-behind.ipynb": file_of(cells) for n in (1, 9)})


def bomb(cells: list[Cell]) -> bytes:
    return zipped({"lesson.ipynb": bytes(40_000_000)})


ZIPS = (
    Idea("a zip that leads out", change=slip, path="slip.zip", refused="leads out of the archive"),
    Idea("a zip bomb", change=bomb, path="bomb.zip", refused="is read to 30 MB"),
    Idea(
        "a zip that is none", change=lambda c: b"PK\3\4" + bytes(99), path="none.zip", refused="zip"
    ),
)

SIGNS = {
    "a formula": "=cmd|' /C calc'!A0",
    "a formula behind blanks": ' \t=HYPERLINK("http://x.org","x")',
    "a formula that adds": "+1+1",
    "a formula in a wide sign": "＝1+1",
    "path separators": "../../../left-behind",
    "path separators of Windows": "..\\..\\C:\\left-behind",
    "an absolute path": "/tmp/left-behind",
    "quotes": "'\"`;DROP TABLE grades;--",
    "a separator and a new line in a table": 'x",9,9\r\n"y',
    "script": PAGES[0],
    "an attribute": PAGES[1],
    "a template": PAGES[4],
    "right to left": "\u202egnp.exe\u2066",
    "control characters": "a\x1b[2J\x07\x00b",
    "a very long one": "long" * 5_000,
    "nothing that is seen": "\u200b\u2060\ufeff",
    "another alphabet's letters": "аdа",
    "a line that ends early": "ada\u2028bob\u0085x",
    "format signs": "%s%n{0.__class__}${7*7}",
    "names of devices": "CON",
    "a dot": "..",
}
"""What may stand where a student's id is asked for."""

SCRIPTED = ("9.3", "9.4", "9.5")
"""What a runner that runs nothing cannot answer."""

IDS = tuple(
    Idea(
        f"as id {what}", path=f"submission {n}.ipynb", student_id=sign, review=None, costs=SCRIPTED
    )
    for n, (what, sign) in enumerate(SIGNS.items())
)


def _as_name(sign: str) -> str:
    """Give a sign as a file's name: what no file system has in one is left out."""
    return (
        sign.replace("/", "")
        .replace("\0", "")
        .encode("utf-8", "ignore")[:200]
        .decode(errors="ignore")
    )


FOLDERS = tuple(
    Idea(f"as folder {what}", path=f"{_as_name(sign)}/lesson.ipynb", review=None, costs=SCRIPTED)
    for what, sign in SIGNS.items()
    if _as_name(sign) not in (".", "..", "", "CON")
)
FILES = tuple(
    Idea(
        f"as file {what}",
        path=f"{_as_name(sign)}.ipynb",
        student_id=f"s-{n}",
        review=None,
        costs=SCRIPTED,
    )
    for n, (what, sign) in enumerate(SIGNS.items())
    if _as_name(sign) not in (".", "..", "")
)

IDEAS = (*CELLS, *ASKING, *HUGE, *ZIPS)


def copies() -> dict[str, bytes]:
    """Return two notebooks that differ only by the student's id, and answer the first's numbers."""
    answers = right_for("s-original")
    return {
        f"{who}/lesson.ipynb": file_of(cells_of(PRACTICE, answers, who))
        for who in ("s-original", "s-other")
    }
