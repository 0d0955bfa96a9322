"""One undisturbed run that the others are compared with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.loads.driver import run
from tests.loads.pages import write_pages


@pytest.fixture(scope="session")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four pages, and the first of them once more under a name that sorts last."""
    folder = tmp_path_factory.mktemp("inbox")
    first, *_ = write_pages(folder, range(4))
    (folder / "zz_again.txt").write_bytes(first.read_bytes())
    return folder


@pytest.fixture(scope="session")
def undisturbed(inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory after one plain run over the inbox; read it, never write to it."""
    data = tmp_path_factory.mktemp("undisturbed") / "data"
    summary = run(data, inbox)
    assert summary.new == 4
    assert not summary.rejected
    return data
