"""Runs on a disk whose space gives out: `python -m tests.bench.full_disk` (as root, it mounts tmpfs).

The disk is nearly full when a run begins, or another program fills it while the run works, at a later moment each time.
Wherever the space gives out, also in the middle of a commit, a run says one sentence and ends with 4 within seconds,
and the warehouse is as it was; with space again the next run does the rest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from tests.conftest import call_broadsheet
from tests.loads.driver import run
from tests.loads.pages import digests, write_pages

_MEGABYTES = 80


def main(
    times: Annotated[int, typer.Option(help="Disks that are filled before a run, and as many while it works.")] = 4,
    least: Annotated[int, typer.Option(help="Kilobytes that are free the first time.")] = 0,
    step: Annotated[int, typer.Option(help="Kilobytes more each time.")] = 2_500,
    later: Annotated[float, typer.Option(help="Seconds later that the disk is filled each time.")] = 0.4,
    patience: Annotated[float, typer.Option(help="Seconds in which a run on a full disk must end.")] = 300,
) -> None:
    """Counts the runs that said anything but one sentence, took too long, or changed the warehouse and failed."""
    faults: list[str] = []
    full = 0
    with TemporaryDirectory() as name:
        place = Path(name)
        write_pages(place / "in", range(2))
        write_pages(place / "more", range(20, 24))
        run(place / "data", place / "in", gate=False)
        for n in range(2 * times):
            at_work, kilobytes = n >= times, least + n % times * step
            where = (
                f"{kilobytes} kB free {f'{n % times * later:g} s after work began' if at_work else 'from the start'}"
            )
            with _small_disk(place) as data:
                full += _try(
                    data, place / "more", kilobytes, n % times * later if at_work else None, where, faults, patience
                )
    typer.echo(f"{2 * times} disks, {full} times the run was ended, {len(faults)} faults")
    for fault in faults:
        typer.echo(fault)
    raise typer.Exit(bool(faults))


def _try(
    data: Path, pages: Path, kilobytes: int, wait: float | None, where: str, faults: list[str], patience: float
) -> bool:
    before = digests(data)
    filling = threading.Thread(target=_fill, args=(data, kilobytes, wait))
    filling.start()
    if wait is None:
        filling.join()
    began = time.monotonic()
    done = call_broadsheet("run", str(pages), data=data, timeout=600)
    took, said = time.monotonic() - began, done.stderr
    filling.join()
    ended = done.returncode == 4
    typer.echo(f"{where}: {done.returncode} in {took:.0f} s")
    if done.returncode not in (0, 4):
        faults.append(f"{where}: exit code {done.returncode}: {said[-300:]}")
    if ended and (said.count("broadsheet: ") != 1 or "The disk of" not in said):
        faults.append(f"{where}: not one sentence: {said[-600:]}")
    if "Traceback" in said or "500" in said or len([line for line in said.splitlines() if "batch" not in line]) > 1:
        faults.append(f"{where}: noise: {said[:1200]}")
    if ended and took > patience:
        faults.append(f"{where}: it took {took:.0f} s")
    if ended and digests(data) != before:
        faults.append(f"{where}: the warehouse changed")
    (data.parent / "ballast").unlink()
    if (again := call_broadsheet("run", str(pages), data=data, timeout=600)).returncode:
        faults.append(f"{where}: the next run ended with {again.returncode}: {again.stderr[-300:]}")
    return ended


def _fill(data: Path, kilobytes: int, wait: float | None) -> None:
    """Fills the disk; after a wait from when the first pages are at work, where one is given."""
    if wait is not None:
        until = time.monotonic() + 300
        while not list(data.glob("work/*/*/jobs.json")) and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(wait)
    with (data.parent / "ballast").open("wb") as ballast:
        os.posix_fallocate(ballast.fileno(), 0, max(shutil.disk_usage(data).free - kilobytes * 1000, 1))


@contextmanager
def _small_disk(place: Path) -> Iterator[Path]:
    """Mounts a small disk and gives the copy of the data directory on it."""
    disk = place / "disk"
    disk.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_MEGABYTES}m", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False).returncode:
        sys.exit("no small disk can be mounted here: run it as root")
    try:
        yield Path(shutil.copytree(place / "data", disk / "data"))
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


if __name__ == "__main__":
    typer.run(main)
