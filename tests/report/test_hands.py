"""What the report says when a process that made its pages was ended from outside."""

from __future__ import annotations

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import pytest

from flows.report.hands import Hands
from flows.report.notes import Notes
from flows.report.site import Site
from warehouse.errors import EnvironmentProblem


class BrokenPool:
    """A pool whose first calls are done, and which takes no more."""

    def __init__(self, done: int) -> None:
        self._left = done

    def submit(self, *_: Any) -> Future[tuple[Notes, int]]:
        if not self._left:
            raise BrokenProcessPool
        self._left -= 1
        made: Future[tuple[Notes, int]] = Future()
        made.set_result((Notes(), 1))
        return made

    def shutdown(self, **_: Any) -> None:
        """Has nothing to end."""


def make_nothing(site: Site) -> None:
    """Makes no page."""


@pytest.mark.parametrize("done", [0, 1, 2])
def test_a_pool_that_broke_is_told_whatever_was_made_before(done, tmp_path, monkeypatch):
    site = Site(tmp_path)
    monkeypatch.setattr("flows.report.hands.ProcessPoolExecutor", lambda *_: BrokenPool(done))
    hands = Hands(site, 2)
    for _ in range(done):
        hands.give(make_nothing)
    with pytest.raises(EnvironmentProblem, match="BROADSHEET_WORKERS=1"):
        hands.give(make_nothing)
    assert site.written == done, "what was made before is taken over"


def test_without_workers_the_pages_are_made_in_this_process(tmp_path, monkeypatch):
    monkeypatch.setattr("flows.report.hands.ProcessPoolExecutor", None)
    made: list[Site] = []
    with Hands(Site(tmp_path), 0) as hands:
        hands.give(made.append)
    assert len(made) == 1
