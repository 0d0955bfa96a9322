"""A page's fingerprint holds what can change the page, and nothing else."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import pytest

from tasks.staging import identity
from warehouse.search import engine


@pytest.fixture
def fresh(monkeypatch):
    """Reads the version anew each time."""
    identity.pipeline_version.cache_clear()
    yield monkeypatch
    identity.pipeline_version.cache_clear()


def test_rooms_that_no_page_passes_through_are_left_out():
    rooms = {path.relative_to(identity._CODE).parts[0] for path in identity._reading_code()}
    assert {"opening", "staging", "repair", "reading", "extraction", "lexicon", "page.py", "rows.py"} <= rooms
    assert rooms.isdisjoint({"check", "learning", "load", "publish", "second", "runs.py", "retries.py", "workers.py"})


def test_another_segmenter_makes_pages_stale(fresh):
    before = identity.pipeline_version()
    identity.pipeline_version.cache_clear()
    fresh.setattr(identity, "engine_rules", lambda: "0")
    assert identity.pipeline_version() != before


def test_jieba_in_the_place_of_rjieba_makes_no_page_stale(fresh):
    """A test of the segmenter holds that both cut alike."""

    def version_without_rjieba(name):
        if name == "rjieba":
            raise PackageNotFoundError(name)
        return version(name)

    before = identity.pipeline_version()
    identity.pipeline_version.cache_clear()
    fresh.setattr(engine, "version", version_without_rjieba)
    assert identity.pipeline_version() == before
