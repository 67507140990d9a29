"""A notebook that was handed in: read as data from anyone, held against the released one.

Nothing here runs a cell. `read_notebook` gives the cells of a file or says in a sentence why it
is no notebook. `assemble` decides what will run: all that is ours comes from the release, the
student's answers stand in their places, and what the student added runs where it stands.
"""

from coursetools.grading.notebook.assembling import assemble
from coursetools.grading.notebook.connecting import notebook_id, notebook_lesson
from coursetools.grading.notebook.reading import (
    Notebook,
    NotebookCell,
    UnreadableNotebookError,
    read_notebook,
)
from coursetools.grading.notebook.records import Assembled, AssembledCell, Origin, StudentAnswer
from coursetools.grading.notebook.released import ReleaseNotFoundError, load_release, release_file

__all__ = [
    "Assembled",
    "AssembledCell",
    "Notebook",
    "NotebookCell",
    "Origin",
    "ReleaseNotFoundError",
    "StudentAnswer",
    "UnreadableNotebookError",
    "assemble",
    "load_release",
    "notebook_id",
    "notebook_lesson",
    "read_notebook",
    "release_file",
]
