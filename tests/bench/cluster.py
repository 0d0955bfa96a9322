"""What a second Dask worker brings: `python -m tests.bench.cluster` runs one corpus on one worker and on two."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from tests.bench.called import call
from tests.bench.corpus import write_corpus
from tests.cluster.loopback import dask_cluster


def seconds_on(workers: int, place: Path) -> float:
    """Seconds from stage to publish on so many workers, after a first run that warmed them up."""
    with dask_cluster(workers, place) as (address, _):
        call(place / f"warm-{workers}", "run", "--dask", address, str(place / "warm"), "--json")
        called = call(place / f"data-{workers}", "run", "--dask", address, str(place / "pages"), "--json")
    return float(json.loads(called.said)["seconds"]["stage to publish"])


def main() -> None:
    """Parses the arguments, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=800)
    pages = parser.parse_args().pages
    with tempfile.TemporaryDirectory(prefix="broadsheet-cluster-") as folder:
        place = Path(folder)
        write_corpus(place / "pages", pages)
        write_corpus(place / "warm", 80)  # enough for every worker to get a shard and load its dictionaries
        one, two = seconds_on(1, place), seconds_on(2, place)
    print(f"{pages} pages, stage to publish: one worker {one:.1f} s, two {two:.1f} s, {one / two:.2f} x")


if __name__ == "__main__":
    main()
