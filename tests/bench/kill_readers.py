"""Lets loaders and readers work at once for some minutes: `python -m tests.bench.kill_readers --minutes 5`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from tests.loads.contention import contend


def main(
    minutes: Annotated[float, typer.Option(help="How long the loaders go on.")] = 5,
    loaders: Annotated[int, typer.Option(help="Processes that load.")] = 2,
    readers: Annotated[int, typer.Option(help="Processes that read.")] = 6,
) -> None:
    """Counts what loaders wrote and readers were answered, and lists what was wrong."""
    with TemporaryDirectory() as place:
        outcome = contend(Path(place), minutes * 60, loaders, readers)
    typer.echo(
        f"{outcome.written} pages written by {loaders} loaders, {outcome.loaded} loaded; {outcome.answers} answers to "
        f"{readers} readers over {outcome.versions} states; {len(outcome.faults)} faults"
    )
    for fault in outcome.faults:
        typer.echo(fault)
    raise typer.Exit(bool(outcome.faults) or outcome.written != outcome.loaded)


if __name__ == "__main__":
    typer.run(main)
