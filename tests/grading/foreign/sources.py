"""What an instructor writes for nbgrader and for Otter: two small assignments on one subject.

From these the tools themselves make the notebooks in `assignments`; see `making.py`.
"""

from __future__ import annotations

import json
from typing import Any

KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}

STOPS = '''\
def stops(n, k, s=1):
    """Count where a window of k stops on a row of n, s apart."""
    {begin}
    return (n - k) // s + 1
    {end}'''

STOP_TESTS = """\
assert stops(10, 3) == 8
assert stops(n=10, k=3, s=2) == 4
### BEGIN HIDDEN TESTS
assert stops(7, 7) == 1
### END HIDDEN TESTS"""

SCHEME = """\
Take a row of your own and walk a window along it by hand. Hand in a photograph.

=== BEGIN MARK SCHEME ===
2 points for a row that the window does not fit exactly, 1 for any other.
=== END MARK SCHEME ==="""


def cell(kind: str, source: str, **more: Any) -> dict[str, Any]:
    """A cell; code was not run."""
    empty = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {}, "source": source} | empty | more


def notebook(cells: list[dict[str, Any]]) -> str:
    """A notebook as JSON."""
    numbered = [each | {"id": f"cell-{place}"} for place, each in enumerate(cells, 1)]
    content = {"cells": numbered, "metadata": KERNEL, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content, indent=1, sort_keys=True) + "\n"


def role(name: str, kind: str, points: float | None = None, **flags: bool) -> dict[str, Any]:
    """What nbgrader writes into a cell's metadata."""
    said: dict[str, Any] = {"schema_version": 3, "grade_id": name, "cell_type": kind}
    said |= {"grade": False, "solution": False, "locked": False, "task": False} | flags
    return {"nbgrader": said if points is None else said | {"points": points}}


def answer_cell(name: str, source: str) -> dict[str, Any]:
    """A cell of nbgrader's that students fill in and that tests below it mark."""
    return cell("code", source, metadata=role(name, "code", solution=True))


def tests_cell(name: str, points: float, source: str) -> dict[str, Any]:
    """A cell of nbgrader's with tests."""
    said = role(name, "code", points, grade=True, locked=True)
    return cell("code", source, metadata=said)


def by_hand_cell(name: str, kind: str, points: float, source: str) -> dict[str, Any]:
    """A cell of nbgrader's that a person marks."""
    return cell(kind, source, metadata=role(name, kind, points, grade=True, solution=True))


def nbgrader_source() -> str:
    """The notebook that `nbgrader generate_assignment` is given."""
    begin, end = "### BEGIN SOLUTION", "### END SOLUTION"
    return notebook(
        [
            cell("markdown", "# Windows\n\nA window moves along a row of numbers."),
            cell("code", "import math"),
            cell("markdown", "**1.** How often does it stop?"),
            answer_cell("stops", STOPS.format(begin=begin, end=end)),
            tests_cell("test-stops", 3, STOP_TESTS),
            cell("markdown", "**2.** What share of a row of 9 does a window of 3 see?"),
            answer_cell("share", f"{begin}\nshare = 3 / 9\n{end}"),
            tests_cell("test-share", 1, "assert abs(share - 0.3333) < 0.01"),
            tests_cell("test-share-plot", 2, "assert len(ax.lines) == 1"),
            cell("markdown", "**3.** Why does a stride of 2 lose nothing here?"),
            by_hand_cell("why", "markdown", 3, "Neighbours overlap, so each number is still seen."),
            cell("markdown", "**4.** Draw the stops."),
            by_hand_cell(
                "draw", "code", 2, f"{begin}\nfor stop in range(8):\n    print(stop)\n{end}"
            ),
            cell("markdown", "**5.** Numbers by chance."),
            answer_cell("roll", f"def roll():\n    {begin}\n    return math.floor(3.7)\n    {end}"),
            tests_cell("test-roll", 1, "for _ in range(10):\n    assert 1 <= roll() <= 6"),
            cell("markdown", SCHEME, metadata=role("walk", "markdown", 2, task=True)),
        ]
    )


def _raw(source: str) -> dict[str, Any]:
    return cell("raw", source)


def _shows(source: str, text: str) -> dict[str, Any]:
    result = {"output_type": "execute_result", "execution_count": 1, "metadata": {}}
    outputs = [result | {"data": {"text/plain": text}}]
    return cell("code", source, outputs=outputs, execution_count=1)


def _block(what: str, *cells: dict[str, Any]) -> list[dict[str, Any]]:
    return [_raw(f"# BEGIN {what}"), *cells, _raw(f"# END {what.partition(chr(10))[0]}")]


def otter_source(*, files: bool = False) -> str:
    """The notebook that `otter assign` is given; `files` asks for tests beside the notebook."""
    config = "# ASSIGNMENT CONFIG\nname: windows\nexport_cell: false\n"
    config += "tests:\n    files: true\n" if files else ""
    stops = STOPS.format(begin="# BEGIN SOLUTION", end="# END SOLUTION")
    hidden = '""" # BEGIN TEST CONFIG\nhidden: true\npoints: 2\n""" # END TEST CONFIG\n'
    return notebook(
        [
            _raw(config),
            cell("markdown", "# Windows\n\nA window moves along a row of numbers."),
            cell("code", "import math"),
            *_block(
                "QUESTION\nname: stops\npoints: 4",
                cell("markdown", "**1.** How often does it stop?"),
                *_block("SOLUTION", cell("code", stops)),
                *_block(
                    "TESTS",
                    _shows("stops(10, 3) == 8", "True"),
                    _shows("stops(10, 3, 2)", "4"),
                    _shows(f"{hidden}stops(7, 7)", "1"),
                ),
            ),
            *_block(
                "QUESTION\nname: share",
                cell("markdown", "**2.** What share of a row of 9 does a window of 3 see?"),
                *_block("SOLUTION", cell("code", "share = 3 / 9 # SOLUTION")),
                *_block(
                    "TESTS",
                    _shows("math.isclose(share, 0.3333, abs_tol=0.01)", "True"),
                    _shows("sorted([share])[0] < 1", "True"),
                ),
            ),
            *_block(
                "QUESTION\nname: why\nmanual: true\npoints: 3",
                cell("markdown", "**3.** Why does a stride of 2 lose nothing here?"),
                *_block("SOLUTION", cell("markdown", "Neighbours overlap.")),
            ),
            *_block(
                "QUESTION\nname: draw\nmanual: true\npoints: 2",
                cell("markdown", "**4.** Draw the stops."),
                *_block("SOLUTION", cell("code", "stop_list = list(range(8)) # SOLUTION")),
            ),
        ]
    )
