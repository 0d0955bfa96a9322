"""One report for all tests of this folder, made from the session's warehouse of the seed pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Build = Callable[..., Any]


@pytest.fixture(scope="session")
def build(seed_data: Path) -> Build:
    """Builds a report of the seed pages in this process: folder in, site out."""
    from flows.report.build import ReportRequest, build_report
    from warehouse import connect
    from warehouse.storage.folder import DataFolder

    def build(output: Path, **asked: Any) -> Any:
        folder = DataFolder(seed_data)
        with connect(folder.warehouse) as con:
            return build_report(con, folder, ReportRequest(output, **asked))

    return build


@pytest.fixture(scope="session")
def report(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the seed pages, built once."""
    output = tmp_path_factory.mktemp("report") / "site"
    build(output)
    return output
