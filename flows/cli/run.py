"""The verb `run`: pages in, warehouse out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.options import DataDir
from flows.telling.terminal import echo, json_text

if TYPE_CHECKING:
    from flows.ingest.summary import RunSummary
    from tasks.staging.jobs import Plan


def register(app: typer.Typer) -> None:
    """Adds the verb to the command line."""
    app.command()(run)


def run(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Files, folders, globs, or - for standard input; without any, the pages in seeds/."),
    ] = None,
    data_dir: DataDir = None,
    issue_date: Annotated[str | None, typer.Option(help="Day of publication: 2023-04-24, 2023-04 or 2023.")] = None,
    publisher: Annotated[str | None, typer.Option(help="The newspaper: 济南日报.")] = None,
    names: Annotated[Path | None, typer.Option(help="CSV of your own names: surface, type, canonical, adcode.")] = None,
    reader: Annotated[str | None, typer.Option(help="Who chooses a figure's context: learned, or rules alone.")] = None,
    lake: Annotated[str | None, typer.Option(help="Bucket the lake lives in: s3://bucket/prefix.")] = None,
    dask: Annotated[str | None, typer.Option(help="Work on a Dask cluster: tcp://scheduler:8786.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Work on unchanged pages too.")] = False,
    stale: Annotated[
        bool, typer.Option("--stale", help="Read loaded pages again that older code or reference data read.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done and why, and do nothing.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the summary, or the plan of --dry-run, as JSON.")
    ] = False,
) -> None:
    """Takes newspaper pages through every stage into the warehouse.

    Example: broadsheet run pages/2023-04 --publisher 济南日报
    """
    from flows.settings import PROJECT, choose, settings
    from flows.telling.progress import shown_progress
    from tasks.staging.sidecar import parse_issue_date
    from tasks.staging.sources import expect_inputs
    from warehouse.errors import UserError
    from warehouse.storage.bucket import open_bucket

    choose(data_dir=data_dir, names_file=names, reader=reader, lake=lake)
    if issue_date:
        parse_issue_date(issue_date, "--issue-date", "option")
    if stale and (paths or publisher or issue_date or force):
        raise UserError(
            "--stale goes through the pages that were loaded before, as they were described then: "
            "leave paths, --publisher, --issue-date and --force out."
        )
    wanted = [_kept_stdin() if p == "-" else p for p in paths or [os.path.relpath(PROJECT / "seeds")]]
    expect_inputs(wanted)
    if lake:
        open_bucket(lake)
    if dry_run:
        from flows.ingest.planning import refuse_wrong_files

        refuse_wrong_files(settings())
        _say_plan(_stale_plans() if stale else _plans(wanted, publisher, issue_date, force), as_json)
        return
    with shown_progress(quiet=as_json):
        summary = _ingest(wanted, dask, publisher=publisher, issue_date=issue_date, force=force, stale=stale)
    _print_summary(summary, as_json, stale)
    raise typer.Exit(summary.exit_code)


def _ingest(paths: list[str], dask: str | None, **options: Any) -> RunSummary:
    from flows.orchestrate.local import run_locally

    return run_locally(paths, dask=dask, **options)


def _kept_stdin() -> str:
    from flows.cli.input import page_bytes
    from flows.settings import settings
    from tasks.staging.sources import keep_stdin

    return keep_stdin(page_bytes("-"), settings().folder)


def _stale_plans() -> Iterator[Plan]:
    from flows.ingest.planning import stale_jobs
    from flows.settings import settings
    from tasks.staging.jobs import Plan

    yield Plan(jobs=stale_jobs(settings().folder, settings()))


def _plans(paths: list[str], publisher: str | None, issue_date: str | None, force: bool) -> Iterator[Plan]:
    from flows.ingest.planning import plan_run
    from flows.settings import settings
    from tasks.staging.sources import find_sources

    folder = settings().folder
    return plan_run(folder, settings(), find_sources(paths, folder, keep=False), publisher, issue_date, force)


def _say_plan(plans: Iterator[Plan], as_json: bool) -> None:
    """Says page by page what a run would do; as JSON, an object a page and line."""
    worked = left = 0
    for plan in plans:
        for job in plan.jobs:
            said = {"source": job.source_uri, "work": True, "reason": job.reason, "problem": job.problem}
            why = f"{job.reason}{f' ({job.problem})' if job.problem else ''}"
            echo(json_text(said) if as_json else f"work on {job.source_uri}: {why}")
        for source in plan.unchanged:
            before = plan.kept_out.get(source.source_key)
            why = f"unchanged{f' ({before} before)' if before else ''}"
            said = {"source": source.source_uri, "work": False, "reason": why, "problem": None}
            echo(json_text(said) if as_json else f"leave   {source.source_uri}: {why}")
        worked, left = worked + len(plan.jobs), left + len(plan.unchanged)
    if not as_json:
        echo(f"{worked} to work on, {left} unchanged; nothing was done.")


def _print_summary(summary: RunSummary, as_json: bool, stale: bool) -> None:
    from flows.ingest.summary import summary_lines

    if as_json:
        echo(json_text(summary.to_dict(), indent=1))
        return
    for line in summary_lines(summary):
        echo(line)
    if not (summary.new or summary.unchanged or summary.refused):
        echo(
            "note      No page is stale: all were read by today's code and reference data."
            if stale
            else "note      No page was found: give files, or folders that hold some."
        )
