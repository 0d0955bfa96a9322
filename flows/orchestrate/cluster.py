"""Works the same shards on a Dask cluster; planning, checks and the load stay where the command runs.

What belongs here: how the flow meets a cluster. The stages know nothing of it: a worker gets the path of a shard in
the shared data directory and gives it back.
"""

from __future__ import annotations

from typing import Any

from prefect import Flow

from flows.settings import choose
from tasks.workers import collect_seldom
from warehouse.errors import EnvironmentProblem


class NoClusterError(EnvironmentProblem):
    """The Dask scheduler can't be used; the message says why."""


def on_cluster(flow: Flow[..., Any], address: str) -> Flow[..., Any]:
    """Gives the flow with its tasks on the workers of a Dask cluster, one shard at a time for each worker thread.

    Args:
        flow: The flow `ingest`.
        address: Of the scheduler, such as `tcp://scheduler:8786`.

    Raises:
        NoClusterError: The extra `cluster` is not installed, nobody answers there, or there is no worker.
    """
    try:
        from distributed import Client
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError:
        raise NoClusterError("Dask is not installed: install the project with its extra, `.[cluster]`.") from None
    try:
        with Client(address, timeout=10) as client:  # type: ignore[no-untyped-call]
            threads = sum(worker["nthreads"] for worker in client.scheduler_info(n_workers=-1)["workers"].values())
            client.run(collect_seldom)
    except (OSError, ValueError):
        raise NoClusterError(f"No Dask scheduler answers at {address}: start it with `dask scheduler`.") from None
    if not threads:
        raise NoClusterError(f"The scheduler at {address} has no workers: start some with `dask worker {address}`.")
    choose(workers=str(threads))
    return flow.with_options(task_runner=DaskTaskRunner(address=address))  # type: ignore[arg-type]
