"""The notebooks run from their first cell to their last on what is committed."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_gives_what_is_committed(path: Path) -> None:
    committed = nbformat.read(path, as_version=4)
    again = nbformat.read(path, as_version=4)
    NotebookClient(again, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()

    for before, after in zip(committed.cells, again.cells, strict=True):
        if before.cell_type == "code":
            assert _tables(before) == _tables(after)


def _tables(cell: nbformat.NotebookNode) -> list[str]:
    return [output["data"].get("text/plain", "") for output in cell.outputs if "data" in output]
