"""Measures the quality gate: seconds and peak memory for a given number of figures.

Takes the pages of a warehouse and copies them under new ids until there are enough figures, then checks them as one
batch in a process of its own:

    python -m tests.bench.gate data/warehouse.duckdb --metrics 1000000
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from expectations.suite import BATCH_TABLES
from warehouse.schema import table_named

_IDS = ("document_id", "article_id", "paragraph_id", "mention_id", "metric_id", "finding_id")


def write_copies(warehouse: Path, folder: Path, metrics: int) -> dict[str, list[str]]:
    """Writes the warehouse's loaded pages as Parquet, copied until there are so many figures."""
    files = {}
    with duckdb.connect(":memory:", config={"memory_limit": "1GB"}) as con:
        con.execute(f"attach '{warehouse}' as w (read_only)")
        held = con.execute("select count(*) from w.metrics").fetchone()[0]
        copies = -(-metrics // held)
        for name in BATCH_TABLES:
            columns = [f"t.{c} || '-' || n.n as {c}" if c in _IDS else f"t.{c}" for c in table_named(name).column_names]
            path = folder / f"{name}.parquet"
            loaded = "where t.document_id in (select document_id from w.documents where status = 'loaded')"
            con.execute(
                f"copy (select {', '.join(columns)} from range({copies}) n (n), w.{name} t {loaded}) to '{path}' "
                "(format parquet, compression zstd, row_group_size 131072)"
            )
            files[name] = [str(path)]
    return files


def measure(files: dict[str, list[str]]) -> None:
    """Checks the files and prints what it took."""
    from expectations.gate import check_batch
    from tasks.reference import gate_reference

    reference = gate_reference()
    started, worked = time.perf_counter(), time.process_time()
    verdict = check_batch({name: [Path(p) for p in paths] for name, paths in files.items()}, reference)
    seconds, cpu = time.perf_counter() - started, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    failed = [f"{r.table_name}.{r.expectation}: {r.unexpected_count}" for r in verdict.results if not r.success]
    sys.stdout.write(
        f"{seconds:.1f} s ({cpu:.1f} s of work), {peak:,.0f} MB at most; refused: {verdict.refused}; failed: {failed}\n"
    )


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("warehouse", type=Path)
    parser.add_argument("--metrics", type=int, default=1_000_000)
    parser.add_argument("--files", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.files:
        measure(json.loads(given.files))
        return
    with TemporaryDirectory() as folder:
        files = write_copies(given.warehouse, Path(folder), given.metrics)
        command = [sys.executable, "-m", "tests.bench.gate", str(given.warehouse), "--files", json.dumps(files)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
