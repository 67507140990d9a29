"""The page that shows an own lesson: its code, and a folder made of it."""

import json
import re
from pathlib import Path

import coursetools.lessons

PAGE = Path(coursetools.lessons.__file__).with_name("README.md")
_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)

MODULE, TEST, CONNECT, ANSWER = _BLOCK.findall(PAGE.read_text(encoding="utf-8"))


def cell(cell_id: str, source: str) -> dict:
    """A code cell that was not run."""
    empty = {"metadata": {}, "outputs": [], "execution_count": None}
    return {"cell_type": "code", "id": cell_id, "source": source} | empty


def notebook(answer: str = "____", student_id: str = "", *more: dict) -> bytes:
    """The page's notebook with an answer, and cells below."""
    connect = CONNECT.replace('student_id=""', f'student_id="{student_id}"')
    cells = [cell("connect", connect), cell("a1", ANSWER.replace("= ____", f"= {answer}"))]
    content = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [*cells, *more]}
    return json.dumps(content).encode()


def write_lesson(folder: Path, name: str = "my_lesson.py") -> Path:
    """Write the page's lesson with its notebook beside it; give its file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(MODULE, encoding="utf-8")
    (folder / "100-windows.ipynb").write_bytes(notebook())
    return folder / name
