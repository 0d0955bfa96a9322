"""Kills many runs at random moments and compares what is left: `python -m tests.bench.kill_runs --times 500`."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from tests.loads.killing import Killed, Runner, kill_many, undisturbed
from tests.loads.pages import write_pages


def main(
    times: Annotated[int, typer.Option(help="How many runs to kill.")] = 500,
    seed: Annotated[int, typer.Option(help="Chooses the moments.")] = 1,
    pages: Annotated[int, typer.Option(help="Pages of a run.")] = 4,
    gate: Annotated[bool, typer.Option(help="With the quality gate, in which most of a small run's time goes.")] = True,
    clock_back: Annotated[float, typer.Option(help="Every other run's clock is so many seconds behind.")] = 0,
) -> None:
    """Kills runs with -9, each on a data directory of its own, runs again and compares."""
    os.environ["TEST_CLOCK_BACK"] = str(clock_back)
    runner, result = Runner(gate), Killed()
    with TemporaryDirectory() as name:
        place = Path(name)
        write_pages(place / "in", range(pages))
        expected = undisturbed(runner, place / "expected", place / "in")
        for n in kill_many(runner, place / "data", place / "in", expected, times, seed, result):
            if n % 10 == 0 or n == times:
                typer.echo(
                    f"{n} killed, {result.hits} in mid-run, {result.partly} half done, {len(result.faults)} faults"
                )
    runner.close()
    for fault in result.faults:
        typer.echo(fault)
    raise typer.Exit(bool(result.faults))


if __name__ == "__main__":
    typer.run(main)
