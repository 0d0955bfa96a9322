"""Parts the pages of a run into batches (checked and loaded together) and shards (worked on by one process)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tasks.staging.jobs import PageJob


def parted(jobs: Iterable[PageJob], most_bytes: float, at_least: int = 1) -> Iterator[list[PageJob]]:
    """Parts jobs in their order into runs of about equal size.

    Args:
        jobs: Pages to work on; taken one by one where there may be a single part.
        most_bytes: No part is larger, unless a single page is.
        at_least: Make this many parts where there are as many pages.

    >>> [len(part) for part in parted([], 10)]
    []
    """
    limit = most_bytes
    if at_least > 1:
        jobs = list(jobs)
        limit = min(most_bytes, sum(job.byte_size for job in jobs) / at_least)
    part: list[PageJob] = []
    size = 0
    for job in jobs:
        if part and size + job.byte_size > limit * 1.05:
            yield part
            part, size = [], 0
        part.append(job)
        size += job.byte_size
    if part:
        yield part
