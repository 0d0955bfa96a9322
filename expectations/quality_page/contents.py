"""Asks the warehouse what the quality page shows; every function gives rows as plain values."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from warehouse.gate.candidate import Connection

MOST_RUNS = 40
MOST_ROWS = 500
MOST_PAGES = 1_000

Row = dict[str, Any]


def checks(con: Connection) -> list[Row]:
    """Gives every expectation with its last result and how many rows fail it as things stand.

    Of very many failing rows of a batch only some are noted; the count of the last run then is the better one.
    """
    return _rows(
        con,
        """
        with by_run as (
            select
                table_name, expectation, column_name, run_id,
                any_value(severity) as severity,
                any_value(scope) as scope,
                bool_and(success) as success,
                max(checked_at) as checked_at,
                sum(unexpected_count) as unexpected
            from checks
            group by table_name, expectation, column_name, run_id
        ),

        noted as (
            select table_name, expectation, column_name, count(*) as n
            from current_failures
            group by table_name, expectation, column_name
        )

        select
            c.table_name,
            c.expectation,
            c.column_name,
            any_value(c.severity) as severity,
            any_value(c.scope) as scope,
            arg_max(c.success, c.checked_at) as success,
            max(c.checked_at) as checked_at,
            bool_or(not c.success) as ever_failed,
            greatest(any_value(n.n), arg_max(c.unexpected, c.checked_at))::bigint as failing
        from by_run c
        left join noted n
            on n.table_name = c.table_name
            and n.expectation = c.expectation
            and n.column_name is not distinct from c.column_name
        group by c.table_name, c.expectation, c.column_name
        order by (coalesce(failing, 0) = 0), severity, failing desc, c.table_name, c.expectation, c.column_name
        """,
    )


def failures(con: Connection) -> list[Row]:
    """Gives the rows that fail as things stand, at most `MOST_ROWS` an expectation."""
    return _rows(
        con,
        f"""
        select table_name, expectation, column_name, row_id, document_id, lines, seen
        from current_failures
        qualify row_number() over (
            partition by table_name, expectation, column_name order by document_id, row_id, failure_id
        ) <= {MOST_ROWS}
        order by document_id, row_id
        """,
    )


def documents(con: Connection, document_ids: Collection[str]) -> dict[str, Row]:
    """Gives what is known of the pages on which something fails, at most `MOST_PAGES`."""
    found = _rows(
        con,
        "select document_id, source_uri, publisher, page_label, issue_date, status, reason from documents "
        f"where document_id in (select unnest(?)) order by loaded_at desc limit {MOST_PAGES}",
        [list(document_ids)],
    )
    return {row["document_id"]: row for row in found}


def runs(con: Connection) -> list[Row]:
    """Gives the last runs with what was checked in them, the newest first."""
    return _rows(
        con,
        f"""
        select
            c.run_id,
            max(c.checked_at) as checked_at,
            count(*) as checked,
            count(*) filter (where not success and severity = 'critical') as critical,
            count(*) filter (where not success and severity = 'warning') as warnings,
            any_value(r.state) as state,
            any_value(r.documents_new) as pages,
            any_value(r.documents_rejected) as rejected
        from checks c
        left join runs r using (run_id)
        group by c.run_id
        order by checked_at desc
        limit {MOST_RUNS}
        """,
    )


def bars(shown: Sequence[Row]) -> list[Row]:
    """Lays out one bar a run, oldest first, for a drawing of 800 by 120 units."""
    highest = max((row["critical"] + row["warnings"] for row in shown), default=0) or 1
    width = 800 / max(len(shown), 1)
    laid = []
    for place, row in enumerate(reversed(shown)):
        warning, critical = (100 * row[name] / highest for name in ("warnings", "critical"))
        laid.append(
            row
            | {
                "failed": row["critical"] + row["warnings"],
                "x": round(place * width + width * 0.1, 1),
                "width": round(min(width * 0.8, 60), 1),
                "warning_y": round(110 - warning, 1),
                "warning_height": round(warning, 1),
                "critical_y": round(110 - warning - critical, 1),
                "critical_height": round(critical, 1),
            }
        )
    return laid


def history(con: Connection) -> dict[str, list[Row]]:
    """Gives the last results of every expectation that ever failed, the newest first, by its name with its table."""
    found = _rows(
        con,
        f"""
        select
            concat_ws('.', table_name, expectation, column_name) as name,
            run_id,
            max(checked_at) as checked_at,
            bool_and(success) as success,
            sum(unexpected_count)::bigint as unexpected_count
        from checks
        group by table_name, expectation, column_name, run_id
        having bool_or(not success)
        qualify row_number() over (
            partition by table_name, expectation, column_name order by max(checks.checked_at) desc
        ) <= {MOST_RUNS}
        order by checked_at desc
        """,
    )
    by_name: dict[str, list[Row]] = {}
    for row in found:
        by_name.setdefault(row["name"], []).append(row)
    return by_name


def worst_pages(con: Connection) -> list[Row]:
    """Gives the pages with most failures as things stand."""
    return _rows(
        con,
        """
        select
            document_id,
            any_value(source_uri) as source_uri,
            count(*) as failures,
            string_agg(distinct expectation, ', ' order by expectation) as expectations
        from current_failures
        where status is not null
        group by document_id
        order by failures desc, document_id
        limit 20
        """,
    )


def rejected_pages(con: Connection) -> list[Row]:
    """Gives the pages that are kept out, with the reason."""
    return _rows(
        con,
        "select document_id, source_uri, reason from documents where status = 'rejected' "
        f"order by loaded_at desc, document_id limit {MOST_ROWS}",
    )


def quarantine(con: Connection) -> list[Row]:
    """Gives the rows in quarantine, open ones first."""
    return _rows(
        con,
        "select quarantine_id, table_name, row_id, document_id, reason, decision from quarantine "
        f"order by decision <> 'open', run_id desc, quarantine_id limit {MOST_ROWS}",
    )


def corrections(con: Connection) -> list[Row]:
    """Gives people's corrections beside what the machine had read."""
    return _rows(
        con,
        "select page, span, column_name, machine_value, value, who, why, status from corrections "
        f"order by page, span, column_name limit {MOST_ROWS}",
    )


def totals(con: Connection) -> Row:
    """Gives the numbers at the top of the page."""
    return _rows(
        con,
        """
        select
            (select count(*) from documents where status = 'loaded') as pages,
            (select count(*) from documents where status = 'rejected') as rejected,
            (select count(*) from metrics) as metrics,
            (select count(*) from quarantine where decision = 'open') as held
        """,
    )[0]


def _rows(con: Connection, query: str, parameters: Sequence[object] = ()) -> list[Row]:
    found = con.execute(query, list(parameters))
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, values, strict=True)) for values in found.fetchall()]
