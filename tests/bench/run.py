"""The benchmark: `python -m tests.bench.run` runs the real pipeline on a made corpus and prints docs/speed.md's tables.

Twice: with the learned reader and with the rules alone. Everything is measured in one session on one machine, beside
jieba.posseg on the same text, so compare the ratios. `--pages 2000 20000` takes more than one size. What is measured is
printed, and written into `--json`, at once; the tables with all columns side by side come at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.called import call
from tests.bench.corpus import PROJECT, make_page, write_corpus
from tests.bench.grown import grow
from tests.bench.measured import Measured, Result, corpus_table, grown_lines, reader_of, say, small_table
from tests.bench.small_runs import new_pages, question_seconds, small_run_seconds
from warehouse.storage.folder import DataFolder

SAMPLE_CHARS = 500_000
MOST_LEARNED = 600
"""Pages that are read with the learned reader, which takes several times as long a page: its figures are per page."""


def jieba_speed(chars: int = SAMPLE_CHARS) -> float:
    """Characters a second of jieba's own tagger on one core, on pages of the same corpus."""
    import jieba.posseg

    list(jieba.posseg.cut("预热词典"))
    pages: list[str] = []
    while sum(map(len, pages)) < chars:
        pages.append(make_page(len(pages)).replace("\n", ""))
    started = time.perf_counter()
    for page in pages:
        for _ in jieba.posseg.cut(page):
            pass
    return sum(map(len, pages)) / (time.perf_counter() - started)


def measure(pages: int, reader: str, folder: Path, *, scaling: bool = False) -> Result:
    """Runs the pipeline on a corpus of so many pages and measures it.

    Args:
        pages: How many.
        reader: `learned` or `rules`.
        folder: Where pages and data go.
        scaling: Also one worker process against two.
    """
    before = jieba_speed()
    chars = write_corpus(folder / "pages", pages)
    data = folder / "data"
    call(data, "run", str(PROJECT / "seeds"), reader=reader)  # a warm home, and a warehouse to copy
    called = call(data, "run", str(folder / "pages"), "--json", reader=reader)
    first = json.loads(called.said)
    again = json.loads(call(data, "run", str(folder / "pages"), "--json", reader=reader).said)
    work = first["seconds"]["total"]
    result = {
        "pages": pages,
        "reader": reader,
        "chars": chars,
        "rows": first["rows"],
        "seconds": first["seconds"],
        "worker_seconds": first["worker_seconds"],
        "startup_seconds": called.seconds - work,
        "chars_a_second": chars / work,
        "jieba_posseg_chars_a_second": (before + jieba_speed()) / 2,
        "megabytes": called.megabytes,
        "again_seconds": again["seconds"]["total"],
        "orchestration_seconds": _orchestration(first),
        "kilobytes_a_page": _kilobytes(data, pages),
    }
    if scaling:
        lone, two = (
            json.loads(call(folder / n, "run", str(folder / "pages"), "--json", workers=int(n), reader=reader).said)
            for n in ("1", "2")
        )
        result["two_workers_against_one"] = lone["seconds"]["stage to publish"] / two["seconds"]["stage to publish"]
    return result


def measure_grown(data: Path, place: Path, pages: int, now: int) -> Result:
    """Makes a warehouse of many pages out of one of fewer, and measures what a run costs beside so many.

    Args:
        data: A data directory; it is changed.
        place: Folder for new pages.
        pages: How many pages there are to be, about.
        now: How many there are.
    """
    there = grow(DataFolder(data), max(1, round(pages / now)))
    rebuilt = call(data, "rebuild")
    some = new_pages(place, "a batch", 120)  # enough for worker processes
    batch = call(data, "run", str(some), "--json")
    nothing = json.loads(call(data, "run", str(some), "--json").said)
    return {
        "pages": there,
        "rebuild_seconds": rebuilt.seconds,
        "rebuild_megabytes": rebuilt.megabytes,
        "megabytes": batch.megabytes,
        "seconds": small_run_seconds(data, place, reader="rules", times=2),
        "again_seconds": nothing["seconds"]["total"],
    }


def _kilobytes(data: Path, pages: int) -> dict[str, float]:
    """What a page takes on the disk, by place."""
    places = {"raw": data / "raw", "lake": data / "lake", "warehouse": data / "warehouse.duckdb"}
    files = {name: [place] if place.is_file() else place.rglob("*") for name, place in places.items()}
    return {name: sum(f.stat().st_size for f in found if f.is_file()) / 1e3 / pages for name, found in files.items()}


def _orchestration(summary: Result) -> float:
    """Seconds in which no stage worked: runs, tasks, events, hand-over, workers waiting for each other."""
    seconds = dict(summary["seconds"])
    busy = sum(summary["worker_seconds"].values()) / (os.cpu_count() or 1)
    return float(seconds.pop("total") - sum(seconds.values()) + seconds["stage to publish"] - busy)


def main() -> None:
    """Parses the arguments, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=[2000])
    parser.add_argument("--readers", nargs="+", choices=("learned", "rules"), default=["learned", "rules"])
    parser.add_argument("--grown", type=int, default=20_000, help="pages of the large warehouse; 0 for none")
    parser.add_argument("--scaling", action="store_true", help="also one worker process against two")
    parser.add_argument("--json", type=Path, help="write the results here")
    options = parser.parse_args()
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    command = f"python -m tests.bench.run {' '.join(sys.argv[1:])}".strip()
    say(f"{datetime.now(UTC):%Y-%m-%d}, {machine}, `{command}`", "")
    measured = Measured(options.json)
    for reader in options.readers:
        sizes = sorted({min(n, MOST_LEARNED) if reader == "learned" else n for n in options.pages})
        for size in sizes:
            with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as place:
                result = measure(size, reader, Path(place), scaling=options.scaling)
                measured.add_corpus(result)
                if size == sizes[-1]:
                    _measure_small(measured, result, Path(place), options.grown)
    say("All of it:", "", *corpus_table(measured.corpora), "", *small_table(measured.small), "")
    if measured.grown:
        say(*grown_lines(measured.grown))


def _measure_small(measured: Measured, result: Result, folder: Path, grown: int) -> None:
    """Times small runs beside the corpus that was measured, with Prefect's server running, and beside many pages."""
    data, reader = folder / "data", result["reader"]
    beside = f"{reader_of(result)}, beside {result['pages']:,} pages"
    measured.add_small(beside, small_run_seconds(data, folder / "small", reader=reader))
    measured.add_small(beside, question_seconds(data))
    call(data, "server", "start")
    try:
        running = small_run_seconds(data, folder / "small with a server", reader=reader)
    finally:
        call(data, "server", "stop")
    measured.add_small(f"{reader_of(result)}, Prefect's server running", running)
    if grown and reader == "rules":
        there = measure_grown(data, folder / "more", grown, result["pages"])
        measured.set_grown(there)
        beside = f"rules alone, beside {there['pages']:,} pages"
        measured.add_small(beside, there["seconds"])
        measured.add_small(beside, question_seconds(data))


if __name__ == "__main__":
    main()
