"""The verb `second-read`: a language model reads the context of figures in doubt, bound to the printed text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import DataDir
from flows.telling.terminal import echo, json_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.second.asking import Outcome, Purse
    from flows.second.server import Server
    from tasks.second.questions import Question
    from warehouse.storage.folder import DataFolder


def register(app: typer.Typer) -> None:
    """Adds the verb to the command line."""
    app.command()(second_read)


def second_read(
    query: Annotated[
        str | None, typer.Argument(help="Saved query ('fastest_growing', 'name a=b') or SELECT with metric_id.")
    ] = None,
    where: Annotated[str | None, typer.Option(help="Condition over metric_facts: \"topic = '工业'\".")] = None,
    article: Annotated[str | None, typer.Option(help="Figures of an article, by its id.")] = None,
    below: Annotated[
        float | None, typer.Option(min=0, max=1, help="Told with less confidence; 0.9 where nothing is named.")
    ] = None,
    orders: Annotated[
        int, typer.Option(min=1, max=9, help="Ask in so many orders of the figures: independent answers.")
    ] = 1,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the requests and what they would cost; send nothing.")
    ] = False,
    export_questions: Annotated[
        Path | None, typer.Option(help="Write the requests to this file (JSON lines) instead of sending them.")
    ] = None,
    answers: Annotated[
        Path | None, typer.Option(help="Take answers from this file (JSON lines) instead of asking.")
    ] = None,
    price_in: Annotated[float, typer.Option(min=0, help="Price of a million tokens sent.")] = 0,
    price_out: Annotated[float, typer.Option(min=0, help="Price of a million tokens received.")] = 0,
    budget: Annotated[float | None, typer.Option(min=0, help="Stop before more than this is spent.")] = None,
    most: Annotated[int | None, typer.Option(min=1, help="Send at most so many requests.")] = None,
    parallel: Annotated[int, typer.Option(min=1, max=64, help="Requests at a time.")] = 4,
    timeout: Annotated[float, typer.Option(min=1, help="Seconds until an answer must be whole.")] = 120,
    stream: Annotated[bool, typer.Option("--stream", help="Have answers come in pieces.")] = False,
    apply_agreeing: Annotated[
        int | None, typer.Option(min=2, help="Take readings that so many independent answers give and our rules doubt.")
    ] = None,
    take_back: Annotated[
        bool, typer.Option("--take-back", help="Take back what --apply-agreeing took; answers stay.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Has a language model read figures in doubt a second time; values are never taken from it, nor words not printed.

    Needs BROADSHEET_READER_URL and BROADSHEET_READER_MODEL, but for --dry-run, --export-questions and --answers.

    Example: broadsheet second-read --below 0.7 --dry-run
    """
    from flows.second.asking import Purse
    from flows.second.choosing import Choice, questions_for
    from flows.settings import choose, settings
    from warehouse import connect
    from warehouse.errors import UserError
    from warehouse.lake.second_answers import only_asker

    choose(data_dir=data_dir)
    config = settings()
    connect(config.folder.warehouse).close()
    if budget is not None and not (price_in or price_out):
        raise UserError("A budget needs prices: give --price-in and --price-out, of a million tokens each.")
    if take_back:
        _take_back(config.folder)
        return
    server = _server(timeout, stream)
    asks = server is not None and not answers
    sends = asks and not (dry_run or export_questions)
    if sends:
        _load_if_shared()
    questions = questions_for(config.folder.warehouse, Choice(query or "", where or "", article or "", below, orders))
    purse = Purse(price_in, price_out, budget)
    if dry_run or export_questions:
        _show(questions, server, purse, export_questions)
        return
    if not (answers or asks or apply_agreeing):
        raise UserError(
            "No second reader is named: set BROADSHEET_READER_URL and BROADSHEET_READER_MODEL, or take answers from a "
            "file with --answers; --dry-run shows what would be sent."
        )
    short = None
    with only_asker(config.folder):
        if answers:
            _take_file(questions, answers)
        elif server:
            short = _ask(questions, server, purse, parallel, most)
    _load_and_report(questions, server, apply_agreeing)
    if short and short.unanswered:
        echo(f"broadsheet: {short.unanswered} questions were not answered ({short.reason}): call again.", err=True)
        raise typer.Exit(4)


def _server(timeout: float, stream: bool) -> Server | None:
    from flows.second.server import server_of
    from flows.settings import settings

    return server_of(settings(), timeout, stream) if settings().reader_url else None


def _load_if_shared() -> None:
    """Fetches what other machines were answered, where the lake lives in a bucket."""
    from flows.settings import settings

    if settings().lake:
        _load()


def _load() -> None:
    """Lays the answers that the lake keeps beside the figures."""
    from flows.ingest.writing import writing
    from flows.settings import settings
    from flows.telling.progress import say
    from tasks.check.corrected import load_batches

    config = settings()
    with writing(config.folder, config, say):
        load_batches(config.folder, config.corrections, config.rules_folder)


def _unanswered(questions: Sequence[Question], server: Server | None) -> list[Question]:
    from flows.settings import settings
    from tasks.second.loading import answer_id
    from warehouse.lake.second_answers import ANSWERS, is_kept

    if server is None:
        return list(questions)
    folder = settings().folder
    named = {question.question_id: answer_id(question, server.model, server.parameters) for question in questions}
    return [q for q in questions if not is_kept(folder, ANSWERS, named[q.question_id])]


def _show(questions: Sequence[Question], server: Server | None, purse: Purse, target: Path | None) -> None:
    """Shows the requests as they would be sent, or writes them to a file, and says what they would come to."""
    from flows.cli.output import replacing
    from flows.second.asking import as_request, estimate, request_lines
    from flows.second.server import parameters_of
    from flows.second.telling import estimate_lines
    from flows.settings import settings

    config = settings()
    waiting = _unanswered(questions, server)
    model = config.reader_model or "MODEL"
    requests = [as_request(question, server, model, parameters_of(config)) for question in waiting]
    if target:
        with replacing(target) as beside:
            beside.write_text(request_lines(requests), "utf-8")
        echo(f"{len(requests)} questions are in {target}.")
    else:
        for request in requests:
            echo(json_text(request))
    for line in estimate_lines(estimate(waiting), len(questions) - len(waiting), purse):
        echo(line)


def _take_file(questions: Sequence[Question], path: Path) -> None:
    from flows.second.files import read_answer_file
    from flows.settings import settings
    from tasks.second.loading import record_of
    from warehouse.errors import UserError
    from warehouse.lake.second_answers import ANSWERS, is_kept, keep

    folder, config = settings().folder, settings()
    found = read_answer_file(path, config.reader_model)
    kept = there = 0
    for question in questions:
        for reply in found.get(question.question_id, ()):
            record = record_of(question, reply)
            if is_kept(folder, ANSWERS, record["answer_id"]):
                there += 1
                continue
            keep(folder, ANSWERS, record["answer_id"], record)
            kept += 1
    known = {question.question_id for question in questions}
    strange = [name for name in found if name not in known]
    if strange:
        echo(
            f"note      {len(strange)} answers are to questions that are not asked here (such as {strange[0][:40]}): "
            "choose figures as when the questions were written.",
            err=True,
        )
    if found and not kept and not there:
        raise UserError(f"No answer of {path} is to a question of these figures; nothing was changed.")
    echo(f"kept      {kept} answers ({there} were there already)")


def _ask(questions: Sequence[Question], server: Server, purse: Purse, parallel: int, most: int | None) -> Outcome:
    import asyncio

    from flows.second.asking import Asking, Outcome
    from flows.settings import settings
    from flows.telling.progress import say, shown_progress
    from warehouse.lake.second_answers import ANSWERS, keep

    folder = settings().folder
    waiting = _unanswered(questions, server)
    if not waiting:
        echo(f"asked     nothing: all {len(questions)} questions are answered already")
        return Outcome()
    if server.leaves_the_machine:
        plain = ", unencrypted" if server.url.startswith("http:") else ""
        echo(f"note      text of your pages leaves this machine{plain}: it is sent to {server.url}", err=True)
    asking = Asking(
        server, lambda record: keep(folder, ANSWERS, record["answer_id"], record), purse, parallel, most, say
    )
    with shown_progress():
        outcome = asyncio.run(asking.put(waiting))
    echo(
        f"asked     {outcome.answered} questions in {outcome.requests} requests "
        f"({len(questions) - len(waiting)} were answered before)"
    )
    if purse.price_in or purse.price_out:
        echo(f"spent     {purse.spent:.4g}")
    if outcome.left:
        echo(f"left      {outcome.left} questions: the budget or the number of requests was reached; call again")
    return outcome


def _load_and_report(questions: Sequence[Question], server: Server | None, agreeing_answers: int | None) -> None:
    from flows.second.telling import report_lines
    from flows.settings import settings
    from warehouse import connect
    from warehouse.ask.second_asking import verdicts

    _load()
    folder = settings().folder
    if agreeing_answers:
        _apply(folder, agreeing_answers)
    with connect(folder.warehouse) as con:
        rows = verdicts(con, [question.question_id for question in questions], server.model if server else None)
    for line in report_lines(rows):
        echo(line)
    if any(row["verdict"] in ("differs", "no figure") for row in rows):
        echo("to look   broadsheet desk (what it reads otherwise comes first)")


def _apply(folder: DataFolder, least: int) -> None:
    from tasks.second.agreeing import agreeing, name_of
    from warehouse import connect
    from warehouse.ask.second_asking import disputed
    from warehouse.lake.second_answers import TAKEN, is_kept, keep

    with connect(folder.warehouse) as con:
        found = agreeing(disputed(con), least)
    fresh = [taken for taken in found if not is_kept(folder, TAKEN, name_of(taken))]
    before = _standing(folder)
    for taken in fresh:
        keep(folder, TAKEN, name_of(taken), taken)
    if fresh:
        _load()
    now = _standing(folder)
    refused = len(fresh) - (now - before)
    more = f"; {refused} more would not hold to the checks, and stay as they were" if refused else ""
    echo(f"taken     readings of {now - before} figures{more}; {now} figures stand as second-read now")


def _standing(folder: DataFolder) -> int:
    """Counts the figures that stand as second readers read them."""
    from warehouse import connect

    with connect(folder.warehouse) as con:
        row = con.execute("select count(*) from metrics where status = 'second-read'").fetchone()
    return int(row[0]) if row else 0


def _take_back(folder: DataFolder) -> None:
    from warehouse.lake.second_answers import TAKEN, drop

    gone = drop(folder, TAKEN)
    if gone:
        _load()
    echo(f"{gone} readings were taken back; the answers stay, and show as doubts.")
