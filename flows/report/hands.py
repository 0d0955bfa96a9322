"""Shares the report's pages out among processes; what they write is the same however many there are."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Concatenate, ParamSpec

from flows.report.notes import Notes
from flows.report.site import Site
from tasks.workers import start_worker
from warehouse.errors import EnvironmentProblem

P = ParamSpec("P")


class Hands:
    """Worker processes that make pages of a site; without any, its pages are made where they are asked for.

    Args:
        site: The report.
        workers: How many processes beside this one; with none, the pages are made in this process.
    """

    def __init__(self, site: Site, workers: int) -> None:
        self._site = site
        self._waiting: deque[Future[tuple[Notes, int]]] = deque()
        self._pool: ProcessPoolExecutor | None = None
        self._most = 2 * workers
        if workers:
            self._pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), start_worker)

    def give(self, work: Callable[Concatenate[Site, P], None], *args: P.args, **kwargs: P.kwargs) -> None:
        """Has pages made.

        Args:
            work: Makes them in the site that it is given; a function that can be pickled.
            *args: What it makes them from.
            **kwargs: The same by name.

        Raises:
            EnvironmentProblem: A process was ended from outside.
        """
        if self._pool is None:
            work(self._site, *args, **kwargs)
            return
        task = partial(_apart, work, args, kwargs)
        while len(self._waiting) > self._most:
            self._take_over()
        try:
            self._waiting.append(self._pool.submit(task, self._site.output))
        except BrokenProcessPool as error:
            while self._waiting:
                self._take_over()
            raise _ended() from error

    def __enter__(self) -> Hands:
        """Starts."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Waits until all pages are made."""
        try:
            while self._waiting and kind is None:
                self._take_over()
        finally:
            if self._pool is not None:
                self._pool.shutdown(cancel_futures=True)

    def _take_over(self) -> None:
        try:
            self._site.take_over(*self._waiting.popleft().result())
        except BrokenProcessPool as error:
            raise _ended() from error


def _ended() -> EnvironmentProblem:
    return EnvironmentProblem(
        "A process that made pages of the report was ended from outside, perhaps for want of memory: end other "
        "programs, or set BROADSHEET_WORKERS=1, and call the report again."
    )


def _apart(work: Callable[..., None], args: tuple[Any, ...], kwargs: dict[str, Any], output: Path) -> tuple[Notes, int]:
    site = Site(output)
    work(site, *args, **kwargs)
    return site.now, site.written
