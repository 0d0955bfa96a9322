"""The verb `changes`: what is new, changed, gone, corrected or superseded since a run or a day."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from flows.cli.options import Bom, Checked, DataDir, Format, Output
from flows.telling.terminal import echo


def register(app: typer.Typer) -> None:
    """Adds the verb to the command line."""
    app.command()(changes)


def changes(
    since: Annotated[
        str | None,
        typer.Option(help="After this run or day (UTC); without, what the last run that brought anything did."),
    ] = None,
    form: Format = None,
    output: Output = None,
    bom: Bom = False,
    checked: Checked = False,
    data_dir: DataDir = None,
) -> None:
    """Says what changed: pages, articles and figures new, changed, gone, corrected, superseded.

    Example: broadsheet changes --since 2026-11-26
    """
    import pyarrow as pa

    from flows.cli.render import Rows, write_rows
    from flows.settings import choose, settings
    from warehouse import connect
    from warehouse.ask.changes import change_rows, changes_since, moment_of, of_checked

    choose(data_dir=data_dir)
    folder = settings().folder
    with connect(folder.warehouse) as con:
        moment, words = moment_of(con, since)
        found = changes_since(con, folder, moment)
        found = of_checked(con, found) if checked else found
    names = ("what", "change", "before", "now", "about", "source", "identity")
    table = pa.Table.from_pylist(change_rows(found), pa.schema([(name, pa.string()) for name in names]))
    if found or form or output:
        write_rows(Rows(table.schema, table.to_batches()), form, output, bom=bom)
    echo(f"since {words}: {_counted(Counter((c.what, c.change) for c in found))}", err=True)


def _counted(counts: Counter[tuple[str, str]]) -> str:
    """Counts changes in words.

    >>> _counted(Counter({("page", "new"): 1, ("figure", "changed"): 2}))
    '1 page new, 2 figures changed'
    """
    said = [f"{n:,} {what}{'' if n == 1 else 's'} {change}" for (what, change), n in counts.items()]
    return ", ".join(said) or "nothing changed."
