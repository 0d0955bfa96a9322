"""Runs on disks with a little space left, more each time: `python -m tests.bench.full_disk` (as root, it mounts tmpfs).

Wherever the space gives out, also in the middle of a commit, a run says one sentence and ends with 4, and the
warehouse is as it was; with space again the next run does the rest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from tests.conftest import call_broadsheet
from tests.loads.driver import run
from tests.loads.pages import digests, write_pages


def main(
    step: Annotated[int, typer.Option(help="Kilobytes more that are free each time.")] = 600,
    times: Annotated[int, typer.Option(help="How many sizes.")] = 12,
    first: Annotated[int, typer.Option(help="Kilobytes that are free the first time.")] = 600,
) -> None:
    """Counts the runs that said anything but one sentence, or changed the warehouse and failed."""
    faults, full = [], 0
    with TemporaryDirectory() as name:
        place = Path(name)
        write_pages(place / "in", range(2))
        write_pages(place / "more", range(20, 24))
        run(place / "data", place / "in", gate=False)
        disk = place / "disk"
        disk.mkdir()
        for n in range(times):
            mount = ["mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", str(disk)]
            if subprocess.run(mount, check=False).returncode:
                sys.exit("no small disk can be mounted here: run it as root")
            try:
                data = Path(shutil.copytree(place / "data", disk / "data"))
                before = digests(data)
                free = shutil.disk_usage(disk).free - (first + n * step) * 1000
                with (disk / "ballast").open("wb") as ballast:
                    os.posix_fallocate(ballast.fileno(), 0, free)
                done = call_broadsheet("run", str(place / "more"), data=data)
                where = f"{first + n * step} kB free"
                full += done.returncode == 4
                said = done.stderr
                if done.returncode not in (0, 4):
                    faults.append(f"{where}: exit code {done.returncode}: {said[-300:]}")
                if done.returncode == 4 and said.count("broadsheet: ") != 1:
                    faults.append(f"{where}: not one sentence: {said[-600:]}")
                if "Traceback" in said or "500" in said or len(said.splitlines()) > 6:
                    faults.append(f"{where}: noise: {said[:1200]}")
                if done.returncode == 4 and digests(data) != before:
                    faults.append(f"{where}: the warehouse changed")
                (disk / "ballast").unlink()
                if (again := call_broadsheet("run", str(place / "more"), data=data)).returncode:
                    faults.append(f"{where}: the next run ended with {again.returncode}: {again.stderr[-300:]}")
                typer.echo(f"{where}: {done.returncode}")
            finally:
                subprocess.run(["umount", "-l", str(disk)], check=False)
    typer.echo(f"{times} sizes, {full} times the disk was full, {len(faults)} faults")
    for fault in faults:
        typer.echo(fault)
    raise typer.Exit(bool(faults))


if __name__ == "__main__":
    typer.run(main)
