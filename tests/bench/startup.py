"""Measures what `broadsheet run` costs before it works, against a serverless Prefect flow that does nothing.

Run it as `python -m tests.bench.startup`; both are measured in turn, on homes that were used before.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_NOTHING = "from prefect import flow\n@flow\ndef nothing():\n    pass\nnothing()\n"
_OURS = "from flows.cli import main; main()"


def main(rounds: int = 3) -> None:
    """Prints the seconds of each, their medians and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "empty").mkdir()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "BROADSHEET_"))}
        plain = kept | {"PREFECT_HOME": str(root / "home"), "DO_NOT_TRACK": "1"}
        plain |= {"PREFECT_SERVER_ANALYTICS_ENABLED": "false", "PREFECT_LOGGING_LEVEL": "ERROR"}
        ours = kept | {"BROADSHEET_DATA_DIR": str(root / "data")}
        nothing, run = [], []
        for n in range(rounds + 1):
            took = (
                _seconds([sys.executable, "-c", _NOTHING], plain),
                _seconds([sys.executable, "-c", _OURS, "run", str(root / "empty")], ours),
            )
            if n:  # the first round warms both homes
                nothing.append(took[0])
                run.append(took[1])
            print(f"{'warming' if not n else f'round {n}'}: flow of nothing {took[0]:.2f} s, empty run {took[1]:.2f} s")
    median = statistics.median
    print(f"median: {median(nothing):.2f} s and {median(run):.2f} s, {median(run) / median(nothing):.0%}")


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, env=environment, capture_output=True, check=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
