"""The verbs `correct` and `corrections`: a figure set right from the command line, and what was set right so far."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import Bom, DataDir, Format, Output
from flows.telling.terminal import echo

if TYPE_CHECKING:
    from tasks.check.answers import AnswerFile, Line
    from warehouse.storage.folder import DataFolder

_TABLES = {"metric": "metrics", "mention": "mentions", "article": "articles"}


def register(app: typer.Typer) -> None:
    """Adds the verbs to the command line."""
    app.command()(correct)
    group = typer.Typer(help="Shows corrections, takes them out, loads them.", no_args_is_help=True)
    group.command("list")(list_corrections)
    for verb in (drop, export, apply):
        group.command()(verb)
    app.add_typer(group, name="corrections")


def correct(
    identity: Annotated[str, typer.Argument(metavar="ID", help="Id of a figure, mention or article.")],
    values: Annotated[list[str], typer.Argument(metavar="COLUMN=VALUE", help="subject=三一重工, status=rejected …")],
    why: Annotated[str, typer.Option(help="On what grounds; kept with the correction.")],
    who: Annotated[str | None, typer.Option(help="Who says so; the account's name without.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Corrects a row and loads it at once; a subject takes its entity and region along, no value means none.

    Example: broadsheet correct ID subject=三一重工 --why "second paragraph"
    """
    from flows.desk.loading import load_answers
    from flows.settings import choose
    from warehouse.errors import UserError

    choose(data_dir=data_dir)
    given = dict(each.partition("=")[::2] for each in values)
    if wrong := [each for each in values if "=" not in each]:
        raise UserError(f"Give column=value, not {wrong[0]!r}.")
    folder, file = _places()
    row_id = _write(file, identity, given, who or getpass.getuser(), why)
    load_answers(folder, file.path)
    for sentence in _not_made(row_id):
        raise UserError(sentence)
    echo(f"{row_id} is corrected; `broadsheet corrections drop {row_id}` takes it back.")


def _write(file: AnswerFile, identity: str, given: dict[str, str], who: str, why: str) -> str:
    """Adds lines of one row to those that stand, in the place of those of the same columns."""
    from datetime import UTC, datetime

    from flows.desk.spot import printed_of, span_of, spot_of
    from flows.settings import settings
    from tasks.check.answers import plain_span
    from tasks.check.corrections import HEADER, correction_of
    from warehouse import connect
    from warehouse.ask.trace import trace
    from warehouse.errors import UserError

    with connect(settings().folder.warehouse) as con:
        added = given.get("status") == "added"
        found = None if added else trace(con, identity)
        table = "metrics" if added else _TABLES.get(found.kind if found else "", "")
        if not table:
            raise UserError(f"{identity} is no figure, mention or article: only these can be corrected.")
        if table == "metrics":
            row = spot_of(con, identity)
            page, span, printed = row["document_id"], span_of(row), printed_of(row)
        else:
            assert found
            page, printed, span = found.found["document_id"], "", plain_span(identity.split(".", 1)[1])
            span = span.rpartition(":")[0] if table == "mentions" else span
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines: list[Line] = []
    for column, value in given.items():
        cells = (page, span, f"{table}.{column}", value.strip(), who, " ".join(why.split()), moment, printed)
        lines.append(dict(zip(HEADER, cells, strict=True)))
        correction_of(lines[-1], identity)
    file.merge(lines)
    return identity


def _not_made(row_id: str) -> list[str]:
    from flows.settings import settings
    from warehouse import connect

    with connect(settings().folder.warehouse) as con:
        found = con.execute(
            "select column_name, refusal from corrections where row_id = ? and status in ('refused', 'orphaned')",
            [row_id],
        ).fetchall()
    return [f"{column} of {row_id} was written down, but not made: {refusal}" for column, refusal in found]


def list_corrections(form: Format = None, output: Output = None, bom: Bom = False, data_dir: DataDir = None) -> None:
    """Lists what people corrected, with the machine's value, who, when, why and what became of it.

    Example: broadsheet corrections list
    """
    from flows.cli.render import Rows, write_rows
    from flows.ingest.writing import follow_published
    from flows.settings import choose, settings
    from flows.telling.progress import say_to_the_log
    from tasks.check.shared import conflicts_of
    from warehouse import connect

    choose(data_dir=data_dir)
    follow_published(settings().folder, settings().lake, say_to_the_log, people=True)
    _, file = _places()
    with connect(settings().folder.warehouse) as con:
        found = con.sql(
            "select row_id, page, span, column_name, machine_value, value, status, refusal, who, made_at, why "
            "from corrections order by made_at nulls first, page, span, column_name"
        ).to_arrow_table()
    waiting = len(file.lines()) - found.num_rows
    write_rows(Rows(found.schema, found.to_batches()), form, output, bom=bom)
    if waiting:
        differ = "1 line differs" if abs(waiting) == 1 else f"{abs(waiting)} lines differ"
        echo(f"note: {differ} from what is loaded: `broadsheet corrections apply`", err=True)
    beaten = conflicts_of(settings().folder)
    if count := len(beaten.lines(repeated=True)):
        echo(f"note: {count} lines did not stand against later answers of another machine: {beaten.path}", err=True)


def drop(
    identity: Annotated[str, typer.Argument(metavar="ID", help="Id of the row, or page and span: d1.p12:34-40.")],
    column: Annotated[str | None, typer.Option(help="Only this column, such as subject.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Takes corrections of a row out; the machine's values are back after the load that follows at once.

    Example: broadsheet corrections drop d4f53cda18c2baa0c0354.p0012:34-40
    """
    from flows.desk.loading import load_answers
    from flows.settings import choose, settings
    from tasks.check.answers import plain_span
    from warehouse import connect
    from warehouse.errors import UserError

    choose(data_dir=data_dir)
    folder, file = _places()
    page, _, place = identity.partition(".")
    with connect(settings().folder.warehouse) as con:
        places = con.execute("select distinct page, span from corrections where row_id = ?", [identity]).fetchall()
    wanted = {(page, plain_span(place)), *places}
    gone = file.drop(
        lambda line: (
            (line["page"], plain_span(line["span"])) in wanted
            and (column is None or line["column"].partition(".")[2] == column)
        )
    )
    if not gone:
        raise UserError(f"There is no correction of {identity}; `broadsheet corrections list` shows those there are.")
    load_answers(folder, file.path)
    taken = "1 line was" if len(gone) == 1 else f"{len(gone)} lines were"
    echo(f"{taken} taken out; the machine's values are back.")


def export(
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    who: Annotated[str | None, typer.Option(help="Only those of this person.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Writes corrections as the CSV that another data directory takes as its corrections.csv.

    Example: broadsheet corrections export -o theirs.csv
    """
    from flows.settings import choose
    from tasks.check.answers import as_csv

    choose(data_dir=data_dir)
    _, file = _places()
    lines = [line for line in file.lines() if who is None or line["who"] == who]
    output.write_bytes(as_csv(lines))
    held = "1 line is" if len(lines) == 1 else f"{len(lines)} lines are"
    echo(f"{held} in {output}.")


def apply(data_dir: DataDir = None) -> None:
    """Loads the corrections now, as the next run would.

    Example: broadsheet corrections apply
    """
    from flows.desk.loading import load_answers
    from flows.settings import choose
    from tasks.check.corrections import misplaced_corrections

    choose(data_dir=data_dir)
    folder, file = _places()
    load_answers(folder, file.path)
    for sentence in misplaced_corrections(folder):
        echo(sentence)
    count = len(file.lines())
    echo(f"1 line of {file.path} is loaded." if count == 1 else f"{count} lines of {file.path} are loaded.")


def _places() -> tuple[DataFolder, AnswerFile]:
    from flows.settings import settings
    from tasks.check.answers import AnswerFile

    config = settings()
    return config.folder, AnswerFile(config.corrections or config.folder.corrections)
