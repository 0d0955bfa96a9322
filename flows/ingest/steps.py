"""The steps that a run takes, and the plain way to take them: in threads of this process, or at once.

What belongs here: which steps there are and what may be handed from one to the next. What does not: their work
(`tasks/`), their order (`run.py`, `shards.py`), and how Prefect takes and records them (`orchestrate/task_runs.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Generic, Protocol, TypeVar, cast

from expectations.verdict import Verdict
from tasks.check.judge import judge_shards
from tasks.extraction.shard import extract_shard
from tasks.load.standing import load_what_is_new
from tasks.publish.shard import publish_shard
from tasks.repair.shard import repair_shard
from tasks.retries import tried_again
from tasks.staging.shard import stage_shard
from tasks.workers import in_worker

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_THREADS = 64
"""They only wait for worker processes; as many as shards may be under way."""


@dataclass(frozen=True, slots=True)
class Step(Generic[T]):
    """A step of the work.

    Attributes:
        name: What it is called.
        work: What it does.
        of_shard: It takes a shard through a stage, in a worker process; else it is done where it is handed in.
        is_tried_again: It reads or writes files, so failing once means little.
    """

    name: str
    work: Callable[..., T]
    of_shard: bool = True
    is_tried_again: bool = False


STAGE: Step[Path] = Step("stage", stage_shard, is_tried_again=True)
REPAIR: Step[Path] = Step("repair", repair_shard)
EXTRACT: Step[Path] = Step("extract", extract_shard)
PUBLISH: Step[Path] = Step("publish", publish_shard, is_tried_again=True)
CHECK: Step[Verdict] = Step("check", judge_shards, of_shard=False)
LOAD: Step[int] = Step("load", load_what_is_new, of_shard=False)


class Handed(Protocol[T_co]):
    """What stands for the result of a step that may still be under way."""

    def result(self) -> T_co:
        """Waits for the step and gives its result, or raises what it raised."""


class Submit(Protocol):
    """Takes steps; what an earlier one gave may be handed to a later one in the place of its result."""

    def __call__(self, step: Step[T], *given: object) -> Handed[T]:
        """Takes a step.

        Args:
            step: The step.
            *given: What its work takes.
        """


def at_once(step: Step[T], *given: object) -> Handed[T]:
    """Takes a step right here; its error is kept until somebody asks for the result.

    Args:
        step: The step.
        *given: What its work takes.
    """
    done: Future[T] = Future()
    try:
        done.set_result(_taken(step, given))
    except Exception as error:
        done.set_exception(error)
    return done


@contextmanager
def in_threads(count: int = _THREADS) -> Iterator[Submit]:
    """Takes the stages of several shards side by side, in threads that hand them to the worker processes.

    Args:
        count: Threads at most.
    """
    pool = ThreadPoolExecutor(count)

    def submit(step: Step[T], *given: object) -> Handed[T]:
        return pool.submit(_taken, step, given) if step.of_shard else at_once(step, *given)

    try:
        yield submit
    finally:
        pool.shutdown(cancel_futures=True)


def _taken(step: Step[T], given: tuple[object, ...]) -> T:
    values = [each.result() if isinstance(each, Future) else each for each in given]
    work = cast(Callable[..., T], partial(in_worker, step.work) if step.of_shard else step.work)  # type: ignore[arg-type]
    return tried_again(work, *values) if step.is_tried_again else work(*values)
