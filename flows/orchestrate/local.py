"""Runs the flow in this process, with no server to be started by hand."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from flows.ingest.environment import explained, require_memory
from flows.ingest.space import require_space, space_watched
from flows.orchestrate.private_api import prefect_api
from flows.settings import prepare_prefect, settings
from flows.telling.progress import keep_teardown_short
from tasks.workers import cores_of_process
from warehouse.storage.folder import DataFolder

if TYPE_CHECKING:
    from flows.ingest.summary import RunSummary

_BUSY = 2
"""Processors that a run's own imports and the start of its Prefect API keep busy."""


def run_locally(paths: list[str], *, dask: str | None = None, **options: Any) -> RunSummary:
    """Runs `ingest` here and now; the heartbeat is off, since joining its thread costs a second.

    Args:
        paths: As for `ingest`.
        dask: Address of a Dask scheduler whose workers take the shards through the stages.
        **options: As for `ingest`.
    """
    keep_teardown_short()
    logging.raiseExceptions = False  # where Prefect can't keep its log, on a full disk, we have said what is wrong
    folder = settings().folder
    require_memory()
    require_space(folder)
    with explained(folder), space_watched(folder):
        prepare_prefect(folder)
        return _run(folder, paths, dask, options)


def _run(folder: DataFolder, paths: list[str], dask: str | None, options: dict[str, Any]) -> RunSummary:
    with prefect_api(folder) as starting:
        from flows.ingest.readiness import made_ready

        with made_ready(paths, settings(), checker_first=not starting or cores_of_process() > _BUSY) as imported:
            with _no_collection():
                from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

                from flows.orchestrate.flow import ingest
                from warehouse.schema.arrow import spare_pandas

                spare_pandas()
            imported()
            flow = ingest
            if dask:
                from flows.orchestrate.cluster import on_cluster

                flow = on_cluster(ingest, dask)
            with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
                summary: RunSummary = flow(paths, **options)
            return summary


@contextmanager
def _no_collection() -> Iterator[None]:
    """Imports without the garbage collector, which would go through modules that stay anyway."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
