"""The flow `ingest` as a Prefect deployment with a schedule.

What belongs here: what the server is told about an inbox. What does not: the process that serves it (`watch.py`).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound
from prefect.schedules import Cron, Interval, Schedule
from prefect.types.entrypoint import EntrypointType
from tzlocal import get_localzone_name

from flows.orchestrate.flow import ingest
from warehouse.errors import UserError

_BANNED = "/%&<>"
_MISSED_AFTER = timedelta(seconds=20)


class WatchError(UserError):
    """A watch can't be set up as asked."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched, and when.

    Attributes:
        name: Name of the deployment.
        inboxes: Absolute paths of the folders.
        publisher: The newspaper; stronger than a sidecar.
        every: Time between two looks; None where `cron` says when.
        cron: Cron expression in local time.
    """

    name: str
    inboxes: tuple[str, ...]
    publisher: str | None = None
    every: timedelta | None = None
    cron: str | None = None

    @property
    def schedule(self) -> Schedule:
        """The schedule as Prefect knows it."""
        if self.cron:
            return Cron(self.cron, timezone=get_localzone_name())
        return Interval(self.every or timedelta(minutes=5))


def check_watch(watch: Watch) -> None:
    """Refuses what Prefect would refuse, before a server is started for it.

    Args:
        watch: What is watched, and when.

    Raises:
        WatchError: The name or the cron expression is none.
    """
    if not watch.name or set(watch.name) & set(_BANNED):
        raise WatchError(f"--name {watch.name!r} is no name of a deployment: leave out {' '.join(_BANNED)}")
    try:
        watch.schedule  # noqa: B018 - reading it checks it
    except ValueError as error:
        raise WatchError(
            f"--cron {watch.cron!r} is no cron expression ({error}): write for instance 0 5 * * *."
        ) from None


def inbox_deployment(watch: Watch) -> RunnerDeployment:
    """Describes the deployment of a watch.

    Args:
        watch: What is watched, and when.

    """
    return RunnerDeployment.from_flow(
        ingest,
        name=watch.name,
        schedule=watch.schedule,
        parameters={"paths": list(watch.inboxes), "publisher": watch.publisher, "inbox": True},
        description=f"New pages in {', '.join(watch.inboxes)}",
        tags=["inbox"],
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


def refuse_to_take_over(watch: Watch) -> None:
    """Refuses a name under which somebody watches other folders right now.

    Args:
        watch: What is to be watched.

    Raises:
        WatchError: The name is taken.
    """
    with get_client(sync_client=True) as client:
        try:
            there = client.read_deployment_by_name(f"ingest/{watch.name}")
        except ObjectNotFound:
            return
    others = there.parameters.get("paths")
    if str(there.status).endswith("NOT_READY") or others is None or sorted(others) == sorted(watch.inboxes):
        return
    raise WatchError(f"A watch named {watch.name} looks at {', '.join(others)}: give this one a --name of its own.")


def start_now(deployment_id: UUID) -> None:
    """Has a deployment run at once.

    Args:
        deployment_id: Prefect's id of it.
    """
    with get_client(sync_client=True) as client:
        client.create_flow_run_from_deployment(deployment_id)


def drop_missed_runs(deployment_id: UUID) -> int:
    """Deletes looks that were due while nobody could take them, but for the last: one look sees everything.

    Args:
        deployment_id: Prefect's id of the deployment.

    Returns:
        How many were deleted.
    """
    before = datetime.now(UTC) - _MISSED_AFTER
    with get_client(sync_client=True) as client:
        missed = client.read_flow_runs(
            deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment_id])),
            flow_run_filter=FlowRunFilter(
                state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
                expected_start_time=FlowRunFilterExpectedStartTime(before_=before),  # type: ignore[arg-type]
            ),
            sort=FlowRunSort.EXPECTED_START_TIME_DESC,
            limit=200,
        )
        for flow_run in missed[1:]:
            with suppress(ObjectNotFound):  # another watch was quicker
                client.delete_flow_run(flow_run.id)
    return max(len(missed) - 1, 0)
