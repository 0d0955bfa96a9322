"""A page's fingerprint holds what can change the page, and nothing else."""

from __future__ import annotations

import pytest

from tasks.staging import identity


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
    real = identity.version
    fresh.setattr(identity, "version", lambda name: "0" if name == "rjieba" else real(name))
    assert identity.pipeline_version() != before
