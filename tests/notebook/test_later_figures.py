"""A figure on pyplot's axes is shown, whichever cell draws the first."""

import nbformat
from nbclient import NotebookClient

CONNECT = "import coursetools as ct\n_ = ct.connect(lesson=1)"
DRAW = "ax = ct.loss_curves()"


def test_every_cell_shows_the_figure_it_draws():
    cells = [nbformat.v4.new_code_cell(source) for source in (CONNECT, DRAW, DRAW, DRAW)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    for cell in notebook.cells[1:]:
        assert ["text/html" in output.data for output in cell.outputs] == [True]
