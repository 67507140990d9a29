"""`make notebooks`: runs the lessons as a student with no id would, and stores what a reader sees.

    python .ci/notebooks.py                     every notebook of notebooks/
    python .ci/notebooks.py notebooks/1-*.ipynb these

Each runs in an empty folder, so that no progress of yours shows. What is stored is what the
web view and `make test` need and no more: a figure keeps its HTML with the alt text and drops
its picture twin, an explorer keeps its still and drops its widget. A notebook whose sources,
words and alt texts came out as they were is left as it is: pictures may differ in bytes.
"""

import configparser
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parent.parent
SANITIZE = ROOT / "tests" / "notebooks" / "nbval-sanitize.cfg"
CELL_SECONDS = 600

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
PICTURES = ("image/png", "image/jpeg", "image/svg+xml")
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def execute(notebook: NotebookNode) -> None:
    """Run all cells in a new kernel; nbclient raises at the first that fails."""
    with tempfile.TemporaryDirectory() as folder:
        NotebookClient(
            notebook,
            timeout=CELL_SECONDS,
            kernel_name="python3",
            resources={"metadata": {"path": folder}},
            record_timing=False,
            store_widget_state=False,
            coalesce_streams=True,
        ).execute()


def tidy(notebook: NotebookNode) -> None:
    """Leave of a run what a reader needs."""
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        for name in ("execution", "collapsed", "trusted"):
            cell.metadata.pop(name, None)
        for output in cell.get("outputs", ()):
            tidy_output(output)
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.get("data") != {}]


def tidy_output(output: NotebookNode) -> None:
    """Drop what is there twice: the picture of an HTML figure, the widget of a still."""
    data = output.get("data", {})
    if "<img" in data.get("text/html", "") or WIDGET_VIEW in data:
        for kind in PICTURES if "text/html" in data else ():
            data.pop(kind, None)
    data.pop(WIDGET_VIEW, None)
    if "metadata" in output:
        output.metadata = nbformat.from_dict(
            {kind: value for kind, value in output.metadata.items() if kind in data}
        )


def gist(notebook: NotebookNode) -> list[Any]:
    """Return what two runs are compared by: sources, words and alt texts, not bytes of pictures."""
    rules = sanitize_rules()

    def plain(value: Any) -> Any:
        if isinstance(value, str):
            for pattern, word in rules:
                value = pattern.sub(word, value)
            return value
        if isinstance(value, dict):
            return {key: plain(part) for key, part in value.items() if key not in PICTURES}
        if isinstance(value, list):
            return [plain(part) for part in value]
        return value

    cells = [
        [cell.cell_type, cell.id, cell.source, dict(cell.metadata), cell.get("outputs", [])]
        for cell in notebook.cells
    ]
    gist_of_cells: list[Any] = plain([dict(notebook.metadata), *cells])
    return gist_of_cells


def sanitize_rules() -> list[tuple[re.Pattern[str], str]]:
    """Return the patterns, with their replacements, that nbval applies before it compares."""
    rules = configparser.RawConfigParser()
    rules.read(SANITIZE, encoding="utf-8")
    return [(re.compile(rules[name]["regex"]), rules[name]["replace"]) for name in rules.sections()]


def store(path: Path) -> bool:
    """Run a notebook and write it if that changed anything; returns whether it did."""
    before = nbformat.read(path, as_version=4)
    after = nbformat.reads(nbformat.writes(before), as_version=4)
    execute(after)
    tidy(after)
    if gist(after) == gist(before):
        return False
    nbformat.write(after, path)
    return True


def main(arguments: list[str]) -> None:
    """Store each notebook that was named, or all."""
    paths = [Path(name) for name in arguments] or sorted((ROOT / "notebooks").glob("*.ipynb"))
    for path in paths:
        print(f"notebooks: running {path.name}", flush=True)
        changed = store(path)
        size = path.stat().st_size / 1e6
        print(f"notebooks: {path.name} {'written' if changed else 'unchanged'}, {size:.2f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
