"""Runs under limits of the address space: `python -m tests.bench.low_memory`.

Each run must end within `--patience` seconds, with 0 or with one sentence and 4.
"""

from __future__ import annotations

import os
import resource
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from tests.conftest import BROADSHEET, PROJECT


def main(
    gigabytes: Annotated[str, typer.Option(help="Limits, separated by blanks.")] = "0.5 0.8 1.2 1.8 2.5 3.5 4.2 6",
    patience: Annotated[float, typer.Option(help="Seconds that a run may take.")] = 300,
) -> None:
    """Counts the runs over the seed pages that hung, aborted or said more than a sentence."""
    faults = 0
    for limit in map(float, gigabytes.split()):
        with TemporaryDirectory() as place:
            started = time.monotonic()
            code, said = _run(Path(place), int(limit * 1e9), patience)
        wrong = code not in (0, 4) or "Traceback" in said or (code == 4 and said.count("broadsheet: ") != 1)
        faults += wrong
        typer.echo(
            f"{limit:g} GB: {code} in {time.monotonic() - started:.0f} s{f' FAULT {said[-300:]}' if wrong else ''}"
        )
    raise typer.Exit(bool(faults))


def _run(data: Path, limit: int, patience: float) -> tuple[int | None, str]:
    environment = os.environ | {"PYTHONPATH": str(PROJECT), "BROADSHEET_DATA_DIR": str(data)}
    with subprocess.Popen(
        [*BROADSHEET, "run"],
        env=environment | {"BROADSHEET_INLINE_MB": "0.000001"},
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
    ) as process:
        try:
            return process.wait(patience), process.communicate()[1].decode()
        except subprocess.TimeoutExpired:
            process.kill()
            return None, process.communicate()[1].decode()


if __name__ == "__main__":
    typer.run(main)
