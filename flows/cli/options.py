"""Options that several verbs share, declared once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DataDir = Annotated[Path | None, typer.Option(help="Where lake and warehouse lie.")]
Format = Annotated[
    str | None, typer.Option("--format", "-f", help="table, csv, json, jsonl, md, parquet or xlsx; else by --output.")
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")]
Bom = Annotated[bool, typer.Option("--bom", help="Begin CSV with a byte order mark, for Excel.")]
Since = Annotated[str | None, typer.Option(help="First issue date: 2023-04-24, 2023-04 or 2023.")]
Until = Annotated[str | None, typer.Option(help="Last issue date.")]
Regions = Annotated[
    list[str] | None,
    typer.Option("--region", help="A division with those below it, by name or adcode; may be given several times."),
]
Checked = Annotated[bool, typer.Option("--checked", help="Only figures that a person checked.")]
