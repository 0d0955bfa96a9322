"""The verb `status`: last runs, counts, freshness, rejected pages; schedules, backlog and alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from flows.cli.options import DataDir
from flows.telling.language import in_language
from flows.telling.terminal import echo

if TYPE_CHECKING:
    from warehouse.storage.folder import DataFolder


def register(app: typer.Typer) -> None:
    """Adds the verb to the command line."""
    app.command()(status)


def status(data_dir: DataDir = None) -> None:
    """Says how all stands: the warehouse and its last runs, rejected pages and why, schedules, what waits, alerts.

    Example: broadsheet status
    """
    from flows.settings import choose, settings

    choose(data_dir=data_dir)
    folder = settings().folder
    if folder.warehouse.is_file():
        _say_warehouse(folder)
    else:
        echo(f"warehouse none yet at {folder.warehouse}; make one with `broadsheet run`")
    _say_schedules(folder)
    _say_alerts(folder)


def _say_warehouse(folder: DataFolder) -> None:
    from warehouse import connect
    from warehouse.report.findings import findings_by_code

    with connect(folder.warehouse) as con:
        echo(f"warehouse {folder.warehouse}")
        pages = con.execute("select status, count(*) from documents group by 1 order by 1").fetchall()
        echo("pages     " + (", ".join(f"{count:,} {name}" for name, count in pages) or "none"))
        tables = ("articles", "paragraphs", "mentions", "entities", "metrics")
        counts = [(name, con.execute(f"select count(*) from {name}").fetchone()) for name in tables]
        echo("rows      " + ", ".join(f"{row[0]:,} {name}" for name, row in counts if row))
        for noticed in findings_by_code(con):
            on = f"{noticed['pages']:,} page{'' if noticed['pages'] == 1 else 's'}"
            where = f"{noticed['level']} {noticed['code']} ({noticed['findings']:,} on {on})"
            echo(f"finding   {where}: {noticed['message']} {noticed['what_to_do']}")
        newest = con.execute("select max(issue_date), max(loaded_at) from documents where status = 'loaded'").fetchone()
        if newest and newest[1]:
            echo(f"freshness newest page {newest[0] or 'undated'}, last load {newest[1]:%Y-%m-%d %H:%M} UTC")
        for row in con.execute(
            "select run_id, started_at, state, documents_new, documents_unchanged, documents_rejected, note "
            "from runs order by started_at desc limit 5"
        ).fetchall():
            echo(
                f"run       {row[0]} {row[1]:%Y-%m-%d %H:%M} {row[2]}: "
                f"{row[3]} new, {row[4]} unchanged, {row[5]} rejected{f'; {row[6]}' if row[6] else ''}"
            )
        kinds = con.execute(
            "select status, coalesce(file_kind, 'text'), count(*) from documents "
            "where status in ('loaded', 'rejected') group by all order by 1, 3 desc, 2"
        ).fetchall()
        if any(kind != "text" for _, kind, _ in kinds):
            said = (
                ", ".join(f"{n:,} {kind}" for s, kind, n in kinds if s == of) or "none" for of in ("loaded", "rejected")
            )
            echo("kinds     loaded {}; rejected {}".format(*said))
        for uri, reason in con.execute(
            "select source_uri, reason from documents where status = 'rejected' order by loaded_at desc limit 20"
        ).fetchall():
            echo(f"rejected  {uri}: {reason}")


def _say_schedules(folder: DataFolder) -> None:
    from flows.orchestrate.overview import backlog, schedule_states
    from flows.orchestrate.server import find_server
    from flows.settings import login

    server = find_server(folder)
    if server is None:
        echo("server    not running; `broadsheet watch` or `broadsheet server start` brings it up")
        return
    echo(f"server    {server.url} (process {server.pid})")
    for state in schedule_states(server, login(folder)):
        served = "" if state.is_served else "; nobody serves it right now"
        echo(f"schedule  {state.name} {state.timing}: {', '.join(state.inboxes)}{served}")
        if state.last:
            name, how, when = state.last
            echo(f"          last {when:%Y-%m-%d %H:%M:%S} UTC {how}: {name}")
        if state.next:
            echo(f"          next {state.next:%Y-%m-%d %H:%M:%S} UTC")
        waiting = backlog(folder, state.inboxes)
        waits = "1 page waits" if waiting == 1 else f"{waiting:,} pages wait"
        echo(f"backlog   {waits} in {', '.join(state.inboxes)}")


def _say_alerts(folder: DataFolder) -> None:
    from flows.telling.alerts import last_alerts

    for entry in last_alerts(folder, 5):
        sent = "" if entry["sent"] else f" {in_language('(to the log only)')}"
        title, body = in_language(entry["title"]), in_language(entry["body"])
        echo(f"alert     {entry['at'][:16]} {title}: {body}{sent}")
