"""The verbs `desk`, `learn` and `score`: figures checked by people, and what the checked ones teach."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import DataDir
from flows.terminal import echo

if TYPE_CHECKING:
    from flows.desk.desk import Desk
    from tasks.check.own_score import OwnScore
    from warehouse.desk import Scope

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
    from flows.settings import choose, settings
    from tasks.check.answers import AnswerFile
    from warehouse import connect

    choose(data_dir=data_dir)
    config = settings()
    connect(config.folder.warehouse).close()
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
    from warehouse.desk import Scope
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
    from flows.desk.desk import load_answers
    from flows.second.learning import learn_of_second_readers
    from flows.settings import choose, settings
    from tasks.check.learned import forget_learned
    from tasks.second.trust import forget_trust

    choose(data_dir=data_dir)
    config = settings()
    corrections = config.corrections or config.folder.corrections
    if undo:
        there = any([forget_learned(config.folder), forget_trust(config.folder)])
        load_answers(config.folder, corrections)
        echo("Confidence is as it was shipped again." if there else "Nothing was learned; confidence is as shipped.")
        return
    load_answers(config.folder, corrections)
    learned = _learn(config.folder)
    if learn_of_second_readers(config.folder, echo) or learned:
        load_answers(config.folder, corrections)


def _learn(folder: object) -> bool:
    from dataclasses import replace
    from datetime import UTC, datetime

    from tasks.check.learned import FEWEST, keep_learned, worth_before_and_after
    from tasks.check.learned import learn as learn_from
    from tasks.check.own_score import COMPARED, is_wrong, own_score
    from warehouse import connect
    from warehouse.desk import checked_figures
    from warehouse.errors import UserError
    from warehouse.lake import DataFolder

    assert isinstance(folder, DataFolder)
    with connect(folder.warehouse) as con:
        rows = checked_figures(con, COMPARED)
    read = [row for row in rows if row["wrong"] is not None]
    if len(read) < FEWEST:
        raise UserError(
            f"{len(read)} checked figures are too few to learn from: check at least {FEWEST} with `broadsheet desk`."
        )
    told = [(row["document_id"], row["confidence"], not is_wrong(row)) for row in read]
    before, after = worth_before_and_after(told)
    echo(f"checked   {len(read)} figures of {len({page for page, _, _ in told})} pages")
    echo(f"held out  gap between confidence and truth {before.gap:.3f} as shipped, {after.gap:.3f} as learned")
    echo(f"          surprise {before.surprise:.3f} as shipped, {after.surprise:.3f} as learned (less is better)")
    _tell_wrong(own_score(rows), rows)
    if after.surprise >= before.surprise:
        echo("kept      the shipped confidence: what was learned is no better on figures that were held out.")
        return False
    learned = learn_from(told)
    keep_learned(folder, replace(learned, learned_at=datetime.now(UTC).isoformat(timespec="seconds")))
    for shipped in (0.3, 0.5, 0.7, 0.9):
        echo(f"learned   what was told with {shipped:.0%} is told with {learned.tell(shipped):.0%} now")
    echo("undo      broadsheet learn --undo")
    return True


def _tell_wrong(scored: OwnScore, rows: list[dict[str, object]]) -> None:
    from collections import Counter

    for name, count in list(scored.by_field.items())[:5]:
        echo(f"wrong     {name}: {count} of {scored.checked}")
    wrong: Counter[str] = Counter()
    spoke: Counter[str] = Counter()
    for row in rows:
        reasons, fields = row["reasons"] or [], row["wrong"] or []
        assert isinstance(reasons, list)
        assert isinstance(fields, list)
        chosen = {field: "rules" if said.startswith("rules") else "reader" for field, _, said in _parted(reasons)}
        for field, by in chosen.items():
            spoke[f"{field}, chosen by the {by}"] += 1
            wrong[f"{field}, chosen by the {by}"] += any(name.partition("_")[0] == field for name in fields)
    for what, count in sorted(wrong.items(), key=lambda each: -each[1])[:5]:
        if count:
            echo(f"most wrong {what}: {count} of {spoke[what]} times")


def _parted(reasons: list[str]) -> list[tuple[str, str, str]]:
    return [reason.partition(": ") for reason in reasons]


def score(sample: Sample = None, data_dir: DataDir = None) -> None:
    """Says how often the machine was wrong on the figures that you checked; on a random sample, how often it is.

    Example: broadsheet score --sample 200
    """
    from flows.settings import choose, settings
    from tasks.check.own_score import COMPARED, own_score
    from warehouse import connect
    from warehouse.desk import Scope, checked_figures, queue
    from warehouse.errors import UserError

    choose(data_dir=data_dir)
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
    what = f"checked sample of {scored.checked}" if sample else f"{scored.checked} checked figures"
    echo(f"{what}: {scored.wrong / scored.checked:.1%} wrong (95 % sure: {scored.low:.1%} to {scored.high:.1%})")
    if not sample:
        echo("          of those that you chose to check; for all, check a random sample: --sample 200")
    echo(f"no figure {scored.rejected}")
    if not sample:
        echo(f"missed    {scored.missed} added by you")
    for name, count in scored.by_field.items():
        echo(f"wrong     {name}: {count}")
    if scored.sure:
        echo(f"sure      told with 0.9 or more: {scored.sure}, of these wrong {scored.sure_wrong}")
    echo(f"gap       between confidence and truth: {scored.ece:.3f}")
