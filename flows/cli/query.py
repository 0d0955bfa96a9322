"""The verbs that ask the warehouse: `query` and `schema`."""

from __future__ import annotations

import signal
from typing import Annotated

import typer

from flows.cli.options import Bom, Checked, DataDir, Format, Output
from flows.telling.terminal import echo


def register(app: typer.Typer) -> None:
    """Adds the verbs to the command line."""
    app.command()(query)
    app.command()(schema)


def query(
    sql: Annotated[
        str | None,
        typer.Argument(help="A SELECT; the name of a saved query, view or table; or - to read standard input."),
    ] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", help="Value of $name in the query: name=value.")
    ] = None,
    form: Format = None,
    output: Output = None,
    bom: Bom = False,
    list_all: Annotated[bool, typer.Option("--list", help="List saved queries and views.")] = False,
    timeout: Annotated[float, typer.Option(min=0, help="Seconds the query may take; 0 for any time.")] = 120,
    memory: Annotated[str, typer.Option(help="Memory it may use.")] = "1GB",
    checked: Checked = False,
    data_dir: DataDir = None,
) -> None:
    """Asks the warehouse, read-only; values given with --param are text, so write $n::int where a number is wanted.

    Example: broadsheet query "from metric_facts where region = $region" --param region=槐荫区 --format csv
    """
    from flows.cli.input import any_text
    from flows.cli.render import Rows, write_rows
    from flows.settings import choose, settings
    from warehouse.ask.query_process import begun
    from warehouse.errors import UserError

    choose(data_dir=data_dir)
    if list_all:
        _list_saved()
        return
    if sql is None:
        raise UserError(
            "Give a SELECT, the name of a saved query, or - for standard input; --list shows what is saved."
        )
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the query's process and its files go with this one
    with begun() as asked:
        text = any_text("-") if sql == "-" else sql
        given = _values(param or [])
        path = settings().folder.warehouse
        answer = asked.ask(path, text, given, memory_limit=memory, timeout=timeout, checked=checked)
        write_rows(Rows(answer.schema, answer.batches), form, output, bom=bom)


def _values(given: list[str]) -> dict[str, str]:
    from warehouse.errors import UserError

    values = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals or not name.isidentifier():
            raise UserError(f"--param takes name=value, not {each!r}.")
        values[name] = value
    return values


def _list_saved() -> None:
    from warehouse.schema.views import saved_queries, views

    for title, saved in (("saved queries", saved_queries()), ("views", views())):
        echo(f"{title}:")
        for each in saved:
            takes = "".join(f" --param {p.name}={p.default}" for p in each.parameters)
            echo(f"  {each.name}{takes}\n      {each.zh}\n      {each.en}\n      {each.question_zh} {each.question_en}")


def schema(table: Annotated[str | None, typer.Argument(help="Name of a table or view.")] = None) -> None:
    """Prints the data dictionary: the tables and views, or the columns of one.

    Example: broadsheet schema metrics
    """
    from warehouse.schema.dictionary import described, entries

    if table is None:
        for each in entries():
            echo(f"{each.name:18} {each.kind:6} {each.zh} {each.en}")
        return
    entry = described(table)
    echo(f"{entry.name}: {entry.zh} {entry.en}")
    for column in entry.columns:
        null = "null" if column.null else ""
        values = f" [{', '.join(column.values)}]" if column.values else ""
        echo(f"  {column.name:22} {column.type:10} {null:5} {column.zh} {column.en}{values}")
