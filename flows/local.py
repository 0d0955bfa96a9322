"""Runs the flow in this process, with no server to be started by hand."""

from __future__ import annotations

from typing import Any

from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

from flows.ingest import ingest
from flows.summary import RunSummary


def run_locally(paths: list[str], **options: Any) -> RunSummary:
    """Runs `ingest` here and now; the heartbeat is off, since joining its thread costs a second.

    Args:
        paths: As for `ingest`.
        **options: As for `ingest`.
    """
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        return ingest(paths, **options)
