"""Runs of this folder are about buckets and clusters: they share one Prefect API."""

from __future__ import annotations

import pytest

from tests.conftest import Caller


@pytest.fixture(scope="session")
def broadsheet(broadsheet_beside: Caller) -> Caller:
    """The command line beside a Prefect API that runs already."""
    return broadsheet_beside
