"""Pages are parted so that workers end together."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from flows.ingest.batches import parted


def _sizes(pages: list[int], most: float, at_least: int) -> list[int]:
    jobs: Any = [SimpleNamespace(byte_size=size) for size in pages]
    return [sum(job.byte_size for job in part) for part in parted(jobs, most, at_least)]


@pytest.mark.parametrize(("pages", "workers"), [([10] * 170, 2), ([7, 13, 9, 11] * 50, 4), ([10] * 9, 2)])
def test_no_shard_is_much_larger_than_another(pages, workers):
    sizes = _sizes(pages, 100, workers)

    assert len(sizes) % workers == 0
    assert max(sizes) - min(sizes) <= 2 * max(pages)


def test_a_huge_page_leaves_its_neighbours_together():
    assert _sizes([10, 10, 1000, 10, 10, 10], 100, 2) == [20, 1000, 30]


def test_fewer_pages_than_workers_make_a_shard_each():
    assert _sizes([10, 10], 100, 4) == [10, 10]


def test_batches_are_filled_one_by_one():
    assert _sizes([40, 40, 40, 200, 10], 100, 1) == [80, 40, 200, 10]
