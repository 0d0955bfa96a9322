"""Cuts the power at every sync of a run, runs again and compares: `python -m tests.bench.power_cuts`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from tests.hostile.power import losing_disk
from tests.loads.driver import run
from tests.loads.pages import digests, rubbish, write_pages
from warehouse.lake.inspection import look_over
from warehouse.storage.folder import DataFolder


def main(
    every: Annotated[int, typer.Option(help="Cut at every so many syncs.")] = 1,
    pages: Annotated[int, typer.Option(help="Pages of the run, each a batch of its own.")] = 3,
) -> None:
    """Counts the cuts after which a run failed, lost something or left something behind."""
    faults, cuts = [], 0
    with TemporaryDirectory() as name:
        place = Path(name)
        write_pages(place / "in", range(pages))
        options = {"gate": False, "BATCH_MB": "0.0008"}
        run(place / "expected", place / "in", **options)
        expected = digests(place / "expected")
        for kind in ("strict", "empty"):
            with losing_disk(place / kind, place / f"cuts-{kind}", kind, every) as disk:
                run(place / kind, place / "in", **options)
            for state in disk.states:
                cuts += 1
                try:
                    run(state, place / "in", **options)
                except Exception as error:
                    faults.append(f"{kind} {state.name}: {type(error).__name__}: {error}")
                    continue
                if digests(state) != expected:
                    faults.append(f"{kind} {state.name}: the tables differ")
                if left := {*look_over(DataFolder(state)), *rubbish(state)}:
                    faults.append(f"{kind} {state.name}: left {sorted(map(str, left))[:3]}")
    typer.echo(f"{cuts} power cuts, {len(faults)} faults")
    for fault in faults:
        typer.echo(fault)
    raise typer.Exit(bool(faults))


if __name__ == "__main__":
    typer.run(main)
