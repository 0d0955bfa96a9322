"""Parts the pages of a run into batches (checked and loaded together) and shards (worked on by one process)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil

from tasks.staging.jobs import PageJob


def parted(jobs: Iterable[PageJob], most_bytes: float, at_least: int = 1) -> Iterator[list[PageJob]]:
    """Parts jobs in their order into runs of about equal size.

    Args:
        jobs: Pages to work on; taken one by one where there may be a single part.
        most_bytes: No part is larger, unless a single page is.
        at_least: Make this many parts of one size where there are as many pages, or a multiple: so many workers end
            together.

    >>> [len(part) for part in parted([], 10)]
    []
    """
    if at_least == 1:
        yield from _filled(jobs, most_bytes)
    else:
        jobs = list(jobs)
        total = sum(job.byte_size for job in jobs)
        yield from _shared_out(jobs, total / (at_least * max(1, ceil(total / most_bytes / at_least))))


def _filled(jobs: Iterable[PageJob], limit: float) -> Iterator[list[PageJob]]:
    part: list[PageJob] = []
    size = 0
    for job in jobs:
        if part and size + job.byte_size > limit:
            yield part
            part, size = [], 0
        part.append(job)
        size += job.byte_size
    if part:
        yield part


def _shared_out(jobs: Iterable[PageJob], share: float) -> Iterator[list[PageJob]]:
    """Cuts where the running total comes nearest to the next share, so that the last part is as large as the others."""
    part: list[PageJob] = []
    done, due = 0.0, share
    for job in jobs:
        if part and done + job.byte_size / 2 > due:
            yield part
            part, due = [], due + share * max(1, ceil((done - due) / share))
        part.append(job)
        done += job.byte_size
    if part:
        yield part
