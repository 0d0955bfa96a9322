"""The benchmark: `python -m tests.bench.run` runs the real pipeline on a made corpus and prints docs/speed.md's tables.

Twice: with the learned reader and with the rules alone. Everything is measured in one session on one machine, beside
jieba.posseg on the same text, so compare the ratios. `--pages 2000 20000` takes more than one size.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.called import call
from tests.bench.corpus import PROJECT, make_page, write_corpus
from tests.bench.grown import grow
from tests.bench.small_runs import new_pages, question_seconds, small_run_seconds
from warehouse.storage.folder import DataFolder

SAMPLE_CHARS = 500_000
MOST_LEARNED = 600
"""Pages that are read with the learned reader, which takes several times as long a page: its figures are per page."""

Result = dict[str, Any]


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


def corpus_table(results: Sequence[Result]) -> list[str]:
    """Writes the figures of each corpus as a table of Markdown, a column each."""
    lines = [_row("", [f"{r['pages']:,} pages, {_reader(r)}" for r in results]), "|---" * (len(results) + 1) + "|"]
    for what, figures in _figures(results).items():
        lines.append(_row(what, figures))
    return lines


def _figures(results: Sequence[Result]) -> dict[str, list[str]]:
    def share(result: Result, seconds: float) -> str:
        return f"{seconds / result['seconds']['total']:.1%}"

    def pace(result: Result, *stages: str) -> str:
        return f"{result['chars'] / sum(result['worker_seconds'][stage] for stage in stages):,.0f} characters a second"

    def of(write: Any) -> list[str]:
        return [write(result) for result in results]

    return {
        "whole pipeline, stage to load, checks included": of(
            lambda r: f"{r['chars_a_second']:,.0f} characters a second"
        ),
        "jieba's tagger alone, one core, same text": of(
            lambda r: f"{r['jieba_posseg_chars_a_second']:,.0f} characters a second"
        ),
        "the pipeline against it": of(lambda r: f"{r['chars_a_second'] / r['jieba_posseg_chars_a_second']:.2f} ×"),
        "wall time, start-up apart": of(lambda r: f"{r['seconds']['total']:.0f} s"),
        "a page": of(lambda r: f"{r['seconds']['total'] / r['pages'] * 1e3:.1f} ms"),
        "one core: repair": of(lambda r: pace(r, "repair")),
        "one core: names, numbers and facts": of(lambda r: pace(r, "extract")),
        "checks, load: share of the time": of(
            lambda r: f"{share(r, r['seconds']['check'])}, {share(r, r['seconds']['load'])}"
        ),
        "orchestration, without start-up": of(lambda r: share(r, r["orchestration_seconds"])),
        "workers, check, load: processor seconds a million characters": of(
            lambda r: ", ".join(f"{seconds / r['chars'] * 1e6:.2f}" for seconds in _busy(r))
        ),
        "largest process": of(lambda r: _largest(r["megabytes"])),
        "again, nothing new": of(lambda r: f"{r['again_seconds']:.1f} s ({share(r, r['again_seconds'])})"),
        "raw, lake, warehouse: a page": of(
            lambda r: ", ".join(f"{kilobytes:.1f}" for kilobytes in r["kilobytes_a_page"].values()) + " kB"
        ),
    } | (
        {"two workers against one": of(lambda r: f"{r['two_workers_against_one']:.2f} ×")}
        if all("two_workers_against_one" in result for result in results)
        else {}
    )


def _busy(result: Result) -> tuple[float, float, float]:
    """Seconds of the workers, of the checks and of the loads; the last two are waited for one after the other."""
    return sum(result["worker_seconds"].values()), result["seconds"]["check"], result["seconds"]["load"]


def small_table(small: dict[str, dict[str, float]]) -> list[str]:
    """Writes the seconds of small runs and questions as a table of Markdown, a column for each place."""
    whats = dict.fromkeys(what for seconds in small.values() for what in seconds)
    lines = [_row("the whole command, from its start to its end", list(small)), "|---" * (len(small) + 1) + "|"]
    for what in whats:
        lines.append(_row(what, [f"{s[what]:.2f} s" if what in s else "" for s in small.values()]))
    return lines


def grown_lines(grown: Result) -> list[str]:
    """Writes what was measured beside many pages, in sentences."""
    return [
        f"Beside {grown['pages']:,} pages (the rows of the pages above repeated under other ids, loaded by `rebuild` "
        f"in {grown['rebuild_seconds']:.0f} s): the largest process of a run of 120 pages is "
        f"{_largest(grown['megabytes'])}, of the rebuild {_largest(grown['rebuild_megabytes'])}; nothing new takes "
        f"{grown['again_seconds']:.1f} s."
    ]


def _largest(megabytes: dict[str, float]) -> str:
    kind = max(megabytes, key=megabytes.__getitem__)
    others = ", ".join(f"{name} {value:.0f}" for name, value in megabytes.items() if name not in (kind, "tracker"))
    return f"{megabytes[kind]:.0f} MB ({kind}{f'; {others}' if others else ''})"


def _reader(result: Result) -> str:
    return "learned reader" if result["reader"] == "learned" else "rules alone"


def _row(what: str, cells: Sequence[str]) -> str:
    return f"| {' | '.join([what, *cells])} |"


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
    _say(f"{datetime.now(UTC):%Y-%m-%d}, {machine}, `{command}`", "")
    results: list[Result] = []
    small: dict[str, dict[str, float]] = {}
    report: Result = {"results": results, "small": small}
    for reader in options.readers:
        sizes = sorted({min(n, MOST_LEARNED) if reader == "learned" else n for n in options.pages})
        for size in sizes:
            with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as place:
                results.append(measure(size, reader, Path(place), scaling=options.scaling))
                if size == sizes[-1]:
                    _measure_small(report, results[-1], Path(place), options.grown)
    _say(
        *corpus_table(results),
        "",
        *small_table(small),
        "",
        *(grown_lines(report["grown"]) if "grown" in report else []),
    )
    if options.json:
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=1), "utf-8")


def _measure_small(report: Result, result: Result, folder: Path, grown: int) -> None:
    """Times small runs beside the corpus that was measured, with Prefect's server running, and beside many pages."""
    data, small, reader = folder / "data", report["small"], result["reader"]
    small[f"{_reader(result)}, beside {result['pages']:,} pages"] = {
        **small_run_seconds(data, folder / "small", reader=reader),
        **question_seconds(data),
    }
    call(data, "server", "start")
    try:
        running = small_run_seconds(data, folder / "small with a server", reader=reader)
    finally:
        call(data, "server", "stop")
    small[f"{_reader(result)}, Prefect's server running"] = running
    if grown and reader == "rules":
        there = report["grown"] = measure_grown(data, folder / "more", grown, result["pages"])
        small[f"rules alone, beside {there['pages']:,} pages"] = {**there["seconds"], **question_seconds(data)}


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
