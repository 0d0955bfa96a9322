"""The benchmark: `python -m tests.bench.run --pages 2000` makes a corpus, runs the real pipeline, prints what it took.

Figures in the README come from here. Everything is measured in one session on one machine, so compare the ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

from tests.bench.corpus import PROJECT, make_page, write_corpus

SAMPLE_CHARS = 500_000
LINES = (
    "largest_process_mb",
    "seconds_a_page",
    "again_seconds",
    "again_share",
    "check_share",
    "orchestration_share",
    "two_workers_against_one",
)
BROADSHEET = [sys.executable, "-c", "from flows.cli import main; main()"]


class MemoryWatch(threading.Thread):
    """Notes the largest resident memory of any process of a run, in megabytes."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        super().__init__(daemon=True)
        self.root = psutil.Process(process.pid)
        self.largest = 0.0
        self.start()

    def run(self) -> None:
        family: list[psutil.Process] = []
        looks = 0
        while self.root.is_running():
            if looks % 25 == 0:  # to list the processes takes far longer than to look at ours
                with suppress(psutil.Error):
                    family = [self.root, *self.root.children(recursive=True)]
            for process in family:
                with suppress(psutil.Error):
                    self.largest = max(self.largest, process.memory_info().rss / 1e6)
            looks += 1
            time.sleep(0.2)


def call(data: Path, *arguments: str, workers: int = 0) -> tuple[str, float, float]:
    """Calls the command line; gives its output, its seconds and the megabytes of its largest process."""
    env = os.environ | {"BROADSHEET_DATA_DIR": str(data), "BROADSHEET_WORKERS": str(workers)}
    started = time.perf_counter()
    process = subprocess.Popen(
        [*BROADSHEET, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, cwd=PROJECT
    )
    watch = MemoryWatch(process)
    out, errors = process.communicate()
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{arguments}: {errors.decode()[-2000:]}")
    return out.decode(), time.perf_counter() - started, watch.largest


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


def measure(pages: int, scaling: bool) -> dict[str, Any]:
    """Runs the pipeline on a corpus of so many pages and measures it."""
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as place:
        folder = Path(place)
        chars = write_corpus(folder / "pages", pages)
        data = folder / "data"
        call(data, "run", str(PROJECT / "seeds"))  # a warm home, and a warehouse to copy
        out, wall, memory = call(data, "run", str(folder / "pages"), "--json")
        first = json.loads(out)
        out = call(data, "run", str(folder / "pages"), "--json")[0]
        again = json.loads(out)
        _, nothing, _ = call(data, "run", str(PROJECT / "seeds"), "--json")
        work = first["seconds"]["total"]
        result: dict[str, Any] = {
            "pages": pages,
            "chars": chars,
            "rows": first["rows"],
            "seconds": first["seconds"],
            "worker_seconds": first["worker_seconds"],
            "wall_seconds": wall,
            "startup_seconds": wall - work,
            "chars_a_second": chars / work,
            "seconds_a_page": work / pages,
            "largest_process_mb": memory,
            "again_seconds": again["seconds"]["total"],
            "again_share": again["seconds"]["total"] / work,
            "again_unchanged": again["unchanged"],
            "five_unchanged_pages_seconds": nothing,
            "orchestration_share": _orchestration(first) / work,
            "check_share": first["seconds"].get("check", 0.0) / work,
            "load_share": first["seconds"].get("load", 0.0) / work,
            "kilobytes_a_page": _kilobytes(data, pages),
            "queries": _queries(data),
        }
        if scaling:
            lone = json.loads(call(folder / "one", "run", str(folder / "pages"), "--json", workers=1)[0])
            two = json.loads(call(folder / "two", "run", str(folder / "pages"), "--json", workers=2)[0])
            key = "stage to publish"
            result["two_workers_against_one"] = lone["seconds"][key] / two["seconds"][key]
        return result


def _kilobytes(data: Path, pages: int) -> dict[str, float]:
    """What a page takes on the disk, by place."""
    places = {"raw": data / "raw", "lake": data / "lake", "warehouse": data / "warehouse.duckdb"}
    files = {name: [place] if place.is_file() else place.rglob("*") for name, place in places.items()}
    return {name: sum(f.stat().st_size for f in found if f.is_file()) / 1e3 / pages for name, found in files.items()}


def _orchestration(summary: dict[str, Any]) -> float:
    """Seconds in which no stage worked: runs, tasks, events, hand-over, workers waiting for each other."""
    seconds = dict(summary["seconds"])
    busy = sum(summary["worker_seconds"].values()) / (os.cpu_count() or 1)
    return seconds.pop("total") - sum(seconds.values()) + seconds["stage to publish"] - busy


def _queries(data: Path) -> dict[str, float]:
    """Seconds of some questions, the command's start included."""
    questions = {
        "query growth_leaders": ("query", "growth_leaders", "--format", "csv"),
        "search 冷链物流": ("search", "冷链物流"),
        "count": ("query", "select count(*) from metrics", "--format", "csv"),
    }
    return {name: call(data, *arguments)[1] for name, arguments in questions.items()}


def table_of(result: dict[str, Any]) -> Table:
    """One corpus's figures, for people."""
    jieba = result["jieba_posseg_chars_a_second"]
    table = Table("what", "figure", title=f"{result['pages']:,} pages, {result['chars']:,} characters")
    table.columns[1].justify = "right"
    speed = result["chars_a_second"]
    table.add_row("whole pipeline, start-up apart", f"{speed:,.0f} characters a second")
    table.add_row("jieba.posseg alone, one core, before and after", f"{jieba:,.0f} characters a second")
    table.add_row("  the pipeline against it", f"{speed / jieba:.2f} x")
    table.add_row("start-up", f"{result['startup_seconds']:.1f} s")
    for stage, seconds in result["seconds"].items():
        table.add_row(f"wall time: {stage}", f"{seconds:.1f} s")
    busy = sum(result["worker_seconds"].values()) or 1.0
    for stage, seconds in result["worker_seconds"].items():
        pace = result["chars"] / seconds if seconds else 0.0
        table.add_row(f"one core: {stage}", f"{pace:,.0f} characters a second, {seconds / busy:.0%} of the work")
    for key in LINES:
        if key in result:
            table.add_row(key.replace("_", " "), f"{result[key]:.3f}")
    for name, kilobytes in result["kilobytes_a_page"].items():
        table.add_row(f"{name}, a page", f"{kilobytes:.1f} kB")
    for name, seconds in result["queries"].items():
        table.add_row(f"{name}, command's start included", f"{seconds:.2f} s")
    return table


def main() -> None:
    """Parses the arguments, measures and prints a table and JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=[200])
    parser.add_argument("--scaling", action="store_true", help="also one worker process against two")
    parser.add_argument("--json", type=Path, help="write the results here too")
    options = parser.parse_args()
    console = Console()
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    console.print(f"{datetime.now(UTC):%Y-%m-%d}, {machine}")
    results = []
    for pages in options.pages:
        before = jieba_speed()
        results.append(measure(pages, options.scaling))
        results[-1]["jieba_posseg_chars_a_second"] = (before + jieba_speed()) / 2
        console.print(table_of(results[-1]))
    report = {"date": f"{datetime.now(UTC):%Y-%m-%d}", "results": results}
    text = json.dumps(report, ensure_ascii=False, indent=1)
    console.print_json(text)
    if options.json:
        options.json.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
