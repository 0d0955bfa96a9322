"""Knows which flow runs are alive, so that those of a killed process are closed as crashed at the next start.

Each run holds a file lock for as long as it lives; the system lets go of it however the process ends. Prefect itself
would show such a run as running for ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from filelock import FileLock, Timeout
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed

from warehouse.storage.folder import DataFolder

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient

_NEVER_BEGAN = timedelta(minutes=3)
_KILLED = "The process was killed; what it had not loaded is done by the next run."
_LOST = "The process that was to begin this run is gone; the next run does its work."


@contextmanager
def alive(folder: DataFolder, flow_run_id: str) -> Iterator[None]:
    """Shows that a flow run lives for as long as the block runs.

    Args:
        folder: The data directory.
        flow_run_id: Prefect's id of the run.
    """
    path = _locks(folder) / f"{flow_run_id}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path):
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def dead_runs(folder: DataFolder) -> list[str]:
    """Lists the ids of runs whose process is gone without having ended them.

    Args:
        folder: The data directory.
    """
    return [path.stem for path in sorted(_locks(folder).glob("*.lock")) if _is_free(path)]


def close_dead_runs(folder: DataFolder, *, unbegun_too: bool = False) -> list[str]:
    """Marks as crashed what Prefect takes for running and is not.

    Args:
        folder: The data directory.
        unbegun_too: Also runs that were handed to a process which never began them; asks the server each time.

    Returns:
        One sentence for each run that was closed.
    """
    dead = dead_runs(folder)
    if not dead and not unbegun_too:
        return []
    closed = []
    with get_client(sync_client=True) as client:
        for run_id in dead:
            closed += _close(client, UUID(run_id), _KILLED)
            (_locks(folder) / f"{run_id}.lock").unlink(missing_ok=True)
        for flow_run_id in _never_begun(client) if unbegun_too else ():
            closed += _close(client, flow_run_id, _LOST)
    return closed


def _close(client: SyncPrefectClient, flow_run_id: UUID, message: str) -> list[str]:
    try:
        flow_run = client.read_flow_run(flow_run_id)
    except ObjectNotFound:
        return []
    if flow_run.state is None or flow_run.state.is_final():
        return []
    client.set_flow_run_state(flow_run_id, Crashed(message=message), force=True)
    return [f"Run {flow_run.name} was closed as crashed. {message}"]


def _never_begun(client: SyncPrefectClient) -> list[UUID]:
    handed_over = client.read_flow_runs(
        flow_filter=FlowFilter(name=FlowFilterName(any_=["ingest"])),
        flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.PENDING]))),
    )
    limit = datetime.now(UTC) - _NEVER_BEGAN
    return [run.id for run in handed_over if run.state and run.state.timestamp < limit]


def _locks(folder: DataFolder) -> Path:
    return folder.prefect / "alive"


def _is_free(path: Path) -> bool:
    try:
        with FileLock(path, timeout=0):
            return True
    except Timeout:
        return False
