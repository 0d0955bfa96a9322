"""A page that breaks a stage, or is too large to be one, costs itself; no shape of text breaks a stage."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from tasks.extraction import page as extraction
from tasks.repair import sheet as repair
from tasks.staging import stage as staging
from tests.bench.fuzz import faults_of, fuzzed, growth
from tests.bench.shapes import SHAPES
from tests.loads.driver import run
from tests.loads.pages import page, rows, write_pages

STAGES = {
    "stage": (staging, "stage_page", lambda job, data: data is not None and "第3号".encode() in data),
    "repair": (repair, "repair_page", lambda text, *_: "第3号" in text),
    "extract": (extraction, "extract_page", lambda page, *_: any("第3号" in p.text for p in page.paragraphs)),
}


@pytest.mark.parametrize("stage", STAGES)
def test_a_page_that_breaks_a_stage_is_rejected_with_the_place_and_no_other(tmp_path: Path, stage: str) -> None:
    module, name, is_bad = STAGES[stage]
    real = getattr(module, name)

    def breaking(*arguments: object) -> object:
        if is_bad(*arguments):
            raise KeyError("第")
        return real(*arguments)

    with patch.object(module, name, breaking), patch("time.sleep", side_effect=AssertionError("nothing waits")):
        summary = run(tmp_path / "data", *write_pages(tmp_path / "pages", range(6)), gate=False)
    assert [Path(uri).name for uri in summary.rejected] == ["2023-04-24_003.txt"]
    (reason,) = summary.rejected.values()
    assert "KeyError" in reason
    assert "test_pages.py line" in reason
    assert rows(tmp_path / "data", "select count(*) from documents where status = 'loaded'") == [(5,)]
    for table in ("articles", "paragraphs", "mentions", "metrics"):
        assert rows(
            tmp_path / "data",
            f"select count(*) from {table} t anti join (from documents where status = 'loaded') d using (document_id)",
        ) == [(0,)]


def test_a_sparse_file_of_gigabytes_is_rejected_unread_and_nothing_of_it_stays(tmp_path: Path) -> None:
    path = tmp_path / "sparse.txt"
    with path.open("wb") as handle:
        handle.truncate(3_000_000_000)
    (tmp_path / "good.txt").write_text(page(1), "utf-8")
    data = tmp_path / "data"
    summary = run(data, path, tmp_path / "good.txt", gate=False)
    (reason,) = summary.rejected.values()
    assert "3,000 MB" in reason
    kept = [file.stat().st_size for file in (data / "raw").rglob("*") if file.is_file()]
    assert kept == [len(page(1).encode())]


@pytest.mark.parametrize("shape", SHAPES)
def test_no_shape_breaks_a_stage(shape: str) -> None:
    assert list(faults_of(SHAPES[shape](1_500).encode())) == []


def test_fuzzed_pages_lose_nothing_and_break_nothing() -> None:
    found = [(seed, fault) for seed in range(25) for fault in faults_of(fuzzed(seed))]
    assert found == []


def test_growth_is_told_by_seconds_a_character() -> None:
    assert growth({1_000: 0.001, 10_000: 0.5, 100_000: 5.0}) == pytest.approx(1.0)
    assert growth({10_000: 0.5, 100_000: 50.0}) == pytest.approx(10.0)
    assert growth({1_000: 0.01}) == 1.0
