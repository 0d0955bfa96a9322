"""The verbs `desk`, `learn` and `score`: figures checked by people, and what the checked ones teach."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.options import DataDir
from flows.telling.terminal import echo

if TYPE_CHECKING:
    from flows.desk.desk import Desk
    from tasks.check.own_score import OwnScore
    from warehouse.ask.desk import Scope
    from warehouse.storage.folder import DataFolder

Sample = Annotated[int | None, typer.Option(min=1, help="A random sample of so many figures, the same every time.")]


def register(app: typer.Typer) -> None:
    """Adds the verbs to the command line."""
    for verb in (desk, learn, score):
        app.command()(verb)


def desk(
    region: Annotated[str | None, typer.Option(help="Figures of a region and of those below it.")] = None,
    article: Annotated[str | None, typer.Option(help="Figures of an article, by its id.")] = None,
    run: Annotated[str | None, typer.Option(help="Figures of a run, by its id.")] = None,
    query: Annotated[
        str | None, typer.Option(help="Figures of a saved query: 'fastest_growing' or 'name a=b'.")
    ] = None,
    sample: Sample = None,
    port: Annotated[int, typer.Option(min=0, max=65_535, help="Port on this machine; 0 for any free one.")] = 0,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    export: Annotated[Path | None, typer.Option(help="Write a check list (.xlsx) to print or send instead.")] = None,
    read_back: Annotated[Path | None, typer.Option("--import", help="Read a check list back instead.")] = None,
    who: Annotated[str, typer.Option(help="Who checked, where the check list does not say.")] = "",
    data_dir: DataDir = None,
) -> None:
    """Opens the checking desk: a page on this machine to check figures at, the most doubtful and most used first.

    Example: broadsheet desk --region 槐荫区
    """
    from flows.desk.desk import Desk
    from flows.ingest.writing import follow_published
    from flows.settings import choose, settings
    from flows.telling.progress import say_to_the_log
    from tasks.check.answers import AnswerFile
    from warehouse import connect
    from warehouse.load.published import refuse_older

    choose(data_dir=data_dir)
    config = settings()
    follow_published(config.folder, config.lake, say_to_the_log, people=True)
    connect(config.folder.warehouse).close()
    refuse_older(config.folder)
    file = AnswerFile(config.corrections or config.folder.corrections)
    given = {
        "region": region,
        "article": article,
        "run": run,
        "query": query,
        "sample": str(sample) if sample else None,
    }
    seated = Desk(config.folder, file, _scope(given))
    if export or read_back:
        _list(seated, export, read_back, who)
        return
    _serve(seated, port, open_page)


def _scope(given: dict[str, str | None]) -> Scope:
    from warehouse.ask.desk import Scope
    from warehouse.errors import UserError

    chosen = {kind: value for kind, value in given.items() if value}
    if len(chosen) > 1:
        raise UserError(f"Choose figures in one way: by {' or by '.join(chosen)}.")
    return Scope(*next(iter(chosen.items()))) if chosen else Scope()


def _list(seated: Desk, export: Path | None, read_back: Path | None, who: str) -> None:
    from flows.desk.sheet import read_check_list, write_check_list

    if export:
        echo(f"{write_check_list(seated, export)} figures stand in {export}.")
    if read_back:
        taken, refused = read_check_list(seated, read_back, who)
        for sentence in refused:
            echo(sentence, err=True)
        echo(f"{taken} answers were taken, {len(refused)} rows refused; `broadsheet corrections apply` loads them.")
        if refused and not taken:
            raise typer.Exit(1)


def _serve(seated: Desk, port: int, open_page: bool) -> None:
    import webbrowser

    from flows.desk.serving import serve

    def ready(address: str) -> None:
        echo(f"The desk is open at {address}")
        echo(f"The address works once. Answers go to {seated.file.path}; Ctrl-C closes the desk.")
        if open_page:
            webbrowser.open(address)

    serve(seated, port, ready)


def learn(
    undo: Annotated[bool, typer.Option("--undo", help="Go back to the confidence that was shipped.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Sets the confidence of all figures right by those that you checked; the shipped weights stay as they are.

    Example: broadsheet learn
    """
    from flows.desk.loading import load_answers
    from flows.second.learning import learn_of_second_readers
    from flows.settings import choose, settings
    from tasks.check.learned import forget_learned

    choose(data_dir=data_dir)
    config = settings()
    corrections = config.corrections or config.folder.corrections
    if undo:
        there = forget_learned(config.folder)
        load_answers(config.folder, corrections)
        echo("Confidence is as it was shipped again." if there else "Nothing was learned; confidence is as shipped.")
        return
    load_answers(config.folder, corrections)
    _learn(config.folder)
    learn_of_second_readers(config.folder, echo)
    load_answers(config.folder, corrections)


def _learn(folder: DataFolder) -> None:
    """Keeps the curves that are better than what was shipped on held-out figures; says before and after of all."""
    from tasks.check.learned import FEWEST, learn_anew, told_of, worth_before_and_after
    from tasks.check.learned import learn as learn_from
    from tasks.check.own_score import COMPARED, own_score, wrong_by_rule
    from warehouse import connect
    from warehouse.ask.desk import checked_figures
    from warehouse.errors import UserError

    with connect(folder.warehouse) as con:
        rows = checked_figures(con, COMPARED)
    read = [row for row in rows if row["wrong"] is not None]
    if len(read) < FEWEST:
        raise UserError(
            f"{len(read)} checked figures are too few to learn from: check at least {FEWEST} with `broadsheet desk`."
        )
    echo(f"checked   {len(read)} figures of {len({row['document_id'] for row in read})} pages")
    echo("held out  gap between confidence and truth, as shipped and as learned; surprise (less is better of both)")
    curves = {}
    for question, told in told_of(read).items():
        if len(told) < FEWEST:
            echo(f"          {question:9} judged on {len(told)} figures: too few, stays as shipped")
            continue
        before, after = worth_before_and_after(told)
        better = after.surprise < before.surprise
        if better:
            curves[question] = learn_from(told)
        echo(
            f"          {question:9} gap {before.gap:.3f} to {after.gap:.3f}, surprise {before.surprise:.3f} to "
            f"{after.surprise:.3f}{'' if better else ': no better, stays as shipped'}"
        )
    for name, count in list(own_score(rows).by_field.items())[:5]:
        echo(f"wrong     {name}: {count} of {len(read)}")
    for what, wrong, spoke in wrong_by_rule(rows)[:5]:
        echo(f"by rule   {what}: wrong {wrong} of {spoke} times")
    for question, curve in curves.items():
        now = ", ".join(f"{shipped:.0%} is {curve.tell(shipped):.0%}" for shipped in (0.3, 0.5, 0.7, 0.9))
        echo(f"learned   {question}: what was told with {now} now")
    learn_anew(folder, curves=curves)
    if not curves:
        echo("kept      the shipped confidence: what was learned is no better on figures that were held out.")
        return
    echo("undo      broadsheet learn --undo")


def score(sample: Sample = None, data_dir: DataDir = None) -> None:
    """Says how often the machine was wrong on the figures that you checked; on a random sample, how often it is.

    Example: broadsheet score --sample 200
    """
    from flows.ingest.writing import follow_published
    from flows.settings import choose, settings
    from flows.telling.progress import say_to_the_log
    from tasks.check.own_score import COMPARED, own_score
    from warehouse import connect
    from warehouse.ask.desk import Scope, checked_figures, queue
    from warehouse.errors import UserError

    choose(data_dir=data_dir)
    follow_published(settings().folder, settings().lake, say_to_the_log, people=True)
    with connect(settings().folder.warehouse) as con:
        rows = checked_figures(con, COMPARED)
        drawn = {row["metric_id"] for row in queue(con, Scope("sample", str(sample)), sample)} if sample else None
    if drawn is not None:
        rows = [row for row in rows if row["metric_id"] in drawn and row["wrong"] is not None]
        if len(rows) < len(drawn):
            raise UserError(
                f"{len(rows)} of the {len(drawn)} figures of this sample are checked: go on with "
                f"`broadsheet desk --sample {sample}`."
            )
    scored = own_score(rows)
    if not scored.checked:
        raise UserError("No figure is checked yet, or none is loaded: `broadsheet desk`, then its button Load.")
    _tell_score(scored, rows, of_sample=sample is not None)


def _tell_score(scored: OwnScore, rows: list[dict[str, Any]], of_sample: bool) -> None:
    from tasks.check.learned import told_of
    from tasks.check.own_score import calibration_gap

    what = f"checked sample of {scored.checked}" if of_sample else f"{scored.checked} checked figures"
    echo(f"{what}: {scored.wrong / scored.checked:.1%} wrong (95 % sure: {scored.low:.1%} to {scored.high:.1%})")
    if not of_sample:
        echo("          of those that you chose to check; for all, check a random sample: --sample 200")
    echo(f"no figure {scored.rejected}")
    if not of_sample:
        echo(f"missed    {scored.missed} added by you")
    for name, count in scored.by_field.items():
        echo(f"wrong     {name}: {count}")
    if scored.sure:
        echo(f"sure      told with 0.9 or more: {scored.sure}, of these wrong {scored.sure_wrong}")
    told = told_of([row for row in rows if row["wrong"] is not None])
    gaps = {name: calibration_gap([each[1:] for each in told[name]]) for name in told if told[name] and name != "fact"}
    fields = ", ".join(f"{name} {gap:.3f}" for name, gap in gaps.items())
    echo(f"gap       between confidence and truth: {scored.ece:.3f}{f' ({fields})' if fields else ''}")
