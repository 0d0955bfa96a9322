"""`python -m tests.bench.same_rows [--reader rules]`: one digest of all rows that the project's own pages give.

Run it under two releases of Python, two machines or two hash seeds: the same rows have the same digest.
`--rows FILE` writes the rows too, one a line, to see which differ.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import sys
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from tests.score.reading import read_page
from tests.score.samples import project_samples


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads the pages and prints the digest."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.same_rows", description=__doc__)
    parser.add_argument("--reader", choices=("learned", "rules"), default="learned")
    parser.add_argument("--rows", type=Path, metavar="FILE")
    options = parser.parse_args(arguments)
    os.environ["BROADSHEET_READER"] = options.reader
    readings = [read_page(sample.raw) for sample in project_samples()]
    rows = [
        json.dumps(row, ensure_ascii=False, sort_keys=True, default=str)
        for reading in readings
        for row in chain(reading.articles, reading.paragraphs, reading.mentions, reading.metrics)
    ]
    text = "\n".join(rows)
    if options.rows:
        options.rows.write_text(text + "\n", "utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    print(f"{digest}  {len(rows):,} rows, Python {platform.python_version()}, NumPy {np.__version__}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
