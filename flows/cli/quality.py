"""The verbs `check` and `quarantine`: does the warehouse hold what it promises, and what was kept back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.options import Bom, DataDir, Format, Output
from flows.telling.terminal import counted, echo, json_text

if TYPE_CHECKING:
    from tasks.check.quarantine import Held

RulesFolder = Annotated[Path | None, typer.Option("--rules", help="Folder of your own checks, one SQL file a rule.")]
RowId = Annotated[str, typer.Argument(help="Id of the row, or the beginning of it.")]

_quarantine = typer.Typer(no_args_is_help=True, help="Shows rows that a check kept back, releases or drops them.")


def register(app: typer.Typer) -> None:
    """Adds the verbs to the command line."""
    app.command()(check)
    app.add_typer(_quarantine, name="quarantine")


def check(
    rules: RulesFolder = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print all results as JSON.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Runs all checks on the warehouse as it stands and writes the quality page anew; exit code 3 if one fails badly.

    Example: broadsheet check --rules my-rules
    """
    from dataclasses import asdict

    from expectations.gate import check_warehouse
    from expectations.own_rules import own_rules
    from flows.settings import choose, settings
    from tasks.check.quality import refresh_quality_page
    from tasks.reference import gate_reference
    from warehouse import connect

    choose(data_dir=data_dir, rules_folder=rules)
    folder, rules_folder = settings().folder, settings().rules_folder
    with connect(folder.warehouse) as con:
        verdict = check_warehouse(con, gate_reference(), own_rules(rules_folder))
    page = refresh_quality_page(folder, rules_folder)
    failed = [r for r in verdict.results if not r.success]
    if as_json:
        echo(json_text([asdict(r) for r in verdict.results], indent=1))
    else:
        echo(f"checks    {len(verdict.results) - len(failed)} passed, {len(failed)} failed")
        for r in failed:
            where = f"{r.table_name} {r.expectation}" + (f" ({r.column_name})" if r.column_name else "")
            count = "" if r.unexpected_count is None else f": {counted(r.unexpected_count, 'row')}"
            echo(f"          {r.severity} {where}{count}{f', such as {r.observed}' if r.observed else ''}")
        echo(f"page      {page}")
    if any(r.severity == "critical" for r in failed):
        raise typer.Exit(3)


@_quarantine.command("list")
def list_rows(
    every: Annotated[bool, typer.Option("--all", help="Rows that were decided too.")] = False,
    form: Format = None,
    output: Output = None,
    bom: Bom = False,
    data_dir: DataDir = None,
) -> None:
    """Lists the rows that wait for a decision.

    Example: broadsheet quarantine list
    """
    from flows.cli.render import Rows, write_rows
    from flows.settings import choose, settings
    from warehouse import connect

    choose(data_dir=data_dir)
    wanted = "" if every else "where q.decision = 'open'"
    with connect(settings().folder.warehouse) as con:
        found = con.sql(
            "select q.quarantine_id, q.decision, q.table_name, q.payload ->> 'text' as text, q.reason, d.source_uri "
            "from quarantine q left join documents d using (document_id) "
            f"{wanted} order by q.run_id, q.quarantine_id"
        ).to_arrow_table()
    write_rows(Rows(found.schema, found.to_batches()), form, output, bom=bom)


@_quarantine.command()
def show(row_id: RowId, data_dir: DataDir = None) -> None:
    """Shows a row with its reason, its paragraph and its lines.

    Example: broadsheet quarantine show q3f2a
    """
    from flows.settings import choose, settings
    from tasks.check.quarantine import held_row
    from warehouse import connect

    choose(data_dir=data_dir)
    with connect(settings().folder.warehouse) as con:
        held = held_row(con, row_id)
    for name, text in _told(held):
        echo(f"{name:10} {text}")


@_quarantine.command()
def release(
    row_id: RowId,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Though it still fails, because the check is wrong.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Checks a row again and lets it into its table.

    Example: broadsheet quarantine release q3f2a
    """
    _decide(row_id, "released", data_dir, recheck=not anyway)


@_quarantine.command()
def drop(row_id: RowId, data_dir: DataDir = None) -> None:
    """Leaves a row out for good; it stays in quarantine, marked as dropped.

    Example: broadsheet quarantine drop q3f2a
    """
    _decide(row_id, "dropped", data_dir, recheck=False)


def _decide(row_id: str, decision: str, data_dir: Path | None, *, recheck: bool) -> None:
    from expectations.own_rules import own_rules
    from flows.ingest.writing import writing
    from flows.settings import choose, settings
    from flows.telling.progress import say
    from tasks.check.corrected import load_batches
    from tasks.check.quality import refresh_quality_page
    from tasks.check.quarantine import held_row, record_decision, refuse_unless_it_holds
    from tasks.reference import gate_reference
    from warehouse import connect

    choose(data_dir=data_dir)
    config = settings()
    with writing(config.folder, config, say):
        with connect(config.folder.warehouse) as con:
            held = held_row(con, row_id)
            if recheck:
                refuse_unless_it_holds(con, held, gate_reference(), own_rules(config.rules_folder))
        record_decision(config.folder, held.row, decision)
        load_batches(config.folder, config.corrections, config.rules_folder)
        refresh_quality_page(config.folder, config.rules_folder)
    echo(f"{held.row['quarantine_id']} is {decision}.")


def _told(held: Held) -> list[tuple[str, Any]]:
    row = held.row
    told = [("id", f"{row['quarantine_id']} ({row['decision']})"), ("row", f"{row['table_name']} {row['row_id']}")]
    told += [("reason", row["reason"]), ("page", held.source_uri or row["document_id"] or "unknown")]
    if held.lines:
        told.append(("lines", ", ".join(map(str, held.lines))))
    if held.paragraph:
        told.append(("paragraph", held.paragraph))
    return told + [("" if n else "payload", f"{k}: {v}") for n, (k, v) in enumerate(row["payload"].items())]
