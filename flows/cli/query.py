"""The verbs that ask the warehouse: `query` and `schema`."""

from __future__ import annotations

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Adds the verbs to the command line."""
    app.command()(schema)


def schema(table: Annotated[str | None, typer.Argument(help="Name of a table.")] = None) -> None:
    """Prints the data dictionary: the tables, or the columns of one.

    Example: broadsheet schema metrics
    """
    from warehouse.errors import UserError
    from warehouse.schema import TABLES, table_named

    if table is None:
        for each in TABLES:
            typer.echo(f"{each.name:18} {each.zh} {each.en}")
        return
    try:
        declared = table_named(table)
    except KeyError as error:
        raise UserError(str(error.args[0])) from None
    typer.echo(f"{declared.name}: {declared.zh} {declared.en}")
    for column in declared.columns:
        null = "null" if column.null else ""
        values = f" [{', '.join(column.values)}]" if column.values else ""
        typer.echo(f"  {column.name:22} {column.type:10} {null:5} {column.zh} {column.en}{values}")
