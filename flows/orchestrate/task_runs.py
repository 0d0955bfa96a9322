"""How Prefect takes the steps of a run: each as a task run with its name, states, times and retries."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from prefect import Task

from flows.ingest.steps import CHECK, EXTRACT, LOAD, PUBLISH, REPAIR, STAGE, Handed, Step
from tasks.check.task import check
from tasks.extraction.task import extract
from tasks.load.task import load
from tasks.publish.task import publish
from tasks.repair.task import repair
from tasks.staging.task import stage

T = TypeVar("T")

_TASKS: dict[str, Task[..., Any]] = {
    STAGE.name: stage,
    REPAIR.name: repair,
    EXTRACT.name: extract,
    PUBLISH.name: publish,
    CHECK.name: check,
    LOAD.name: load,
}


class _Done:
    """What stands for the result of a task run that was waited for."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def result(self) -> Any:
        return self._value


def as_task(step: Step[T], *given: object) -> Handed[T]:
    """Takes a step as a Prefect task: one of a shard by the flow's task runner, another where it is handed in.

    Check and load stay in the process of the run that way, also where the shards go to a cluster.

    Args:
        step: The step.
        *given: What its work takes; futures stand for their results.
    """
    task = _TASKS[step.name]
    if step.of_shard:
        return cast(Handed[T], task.submit(*given))
    return cast(Handed[T], _Done(task(*given)))
