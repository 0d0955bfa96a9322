"""The verb `status`: last runs, counts, freshness, rejected pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Adds the verb to the command line."""
    app.command()(status)


def status(data_dir: Annotated[Path | None, typer.Option(help="Where lake and warehouse lie.")] = None) -> None:
    """Says how the warehouse stands: last runs, what is in it, how fresh it is, which pages were rejected and why."""
    from flows.settings import choose, settings
    from warehouse import connect

    choose(data_dir=data_dir)
    with connect(settings().folder.warehouse) as con:
        typer.echo(f"warehouse {settings().folder.warehouse}")
        pages = con.execute("select status, count(*) from documents group by 1 order by 1").fetchall()
        typer.echo("pages     " + (", ".join(f"{count:,} {name}" for name, count in pages) or "none"))
        tables = ("articles", "paragraphs", "mentions", "entities", "metrics")
        counts = [(name, con.execute(f"select count(*) from {name}").fetchone()) for name in tables]
        typer.echo("rows      " + ", ".join(f"{row[0]:,} {name}" for name, row in counts if row))
        newest = con.execute("select max(issue_date), max(loaded_at) from documents where status = 'loaded'").fetchone()
        if newest and newest[1]:
            typer.echo(f"freshness newest page {newest[0] or 'undated'}, last load {newest[1]:%Y-%m-%d %H:%M} UTC")
        for row in con.execute(
            "select run_id, started_at, state, documents_new, documents_unchanged, documents_rejected "
            "from runs order by started_at desc limit 5"
        ).fetchall():
            typer.echo(
                f"run       {row[0]} {row[1]:%Y-%m-%d %H:%M} {row[2]}: "
                f"{row[3]} new, {row[4]} unchanged, {row[5]} rejected"
            )
        for uri, reason in con.execute(
            "select source_uri, reason from documents where status = 'rejected' order by loaded_at desc limit 20"
        ).fetchall():
            typer.echo(f"rejected  {uri}: {reason}")
