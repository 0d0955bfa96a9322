"""The quality gate: puts a batch, or the warehouse as it stands, before its suites and says what may be loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path

from expectations.facts import lines_of_rows, prepare_facts
from expectations.reference import Reference
from expectations.rules import Rule
from expectations.runner import Outcome, Outcomes, run_suites
from expectations.suite import BATCH_TABLES, WAREHOUSE_TABLES, suites
from expectations.verdict import BrokenCheckError, CheckResult, FailedRow, HeldRow, Verdict
from warehouse.gate.candidate import (
    Connection,
    DatabaseError,
    fill_table,
    open_candidate,
    schema_differences,
    unreadable_files,
)
from warehouse.schema import table_named

__all__ = ["BrokenCheckError", "Reference", "check_batch", "check_warehouse"]

Files = Mapping[str, Sequence[Path]]

MOST_SHOWN = 1_000
"""Failing rows that are noted for one expectation of a batch; all are counted."""


def check_batch(files: Files, reference: Reference, own_rules: Sequence[Rule] = ()) -> Verdict:
    """Says what of a batch may be loaded, before it is part of the lake.

    Args:
        files: Table name to the batch's Parquet files.
        reference: Units, divisions, the parser of printed figures, the corpus's history.
        own_rules: The user's rules.

    Raises:
        BrokenCheckError: An expectation could not be evaluated; nothing is said about the data.
    """
    if refusal := _unusable(files):
        return refusal
    con = open_candidate(files)
    try:
        fill_table(con, "units", reference.units)
        fill_table(con, "divisions", reference.divisions)
        prepare_facts(con, reference)
        outcomes = run_suites(con, suites(BATCH_TABLES, own_rules))
        return _verdict(con, outcomes)
    except (BrokenCheckError, DatabaseError) as error:
        if problems := unreadable_files(files, thoroughly=True):
            return _refused("files_are_readable", "documents", problems)
        raise error if isinstance(error, BrokenCheckError) else BrokenCheckError(str(error)) from error
    finally:
        con.close()


def check_warehouse(
    con: Connection, reference: Reference, own_rules: Sequence[Rule] = (), tables: Sequence[str] = WAREHOUSE_TABLES
) -> Verdict:
    """Runs all suites, or those of some tables, on the warehouse as it stands; nothing is changed.

    Args:
        con: A connection to the warehouse, read-only will do.
        reference: The parser of printed figures and the corpus's history.
        own_rules: The user's rules.
        tables: Those whose suites are run.

    Raises:
        BrokenCheckError: An expectation could not be evaluated.
    """
    try:
        prepare_facts(con, reference)
        return _verdict(con, _without_released(con, run_suites(con, suites(tables, own_rules))))
    except DatabaseError as error:
        raise BrokenCheckError(str(error)) from error


def _without_released(con: Connection, outcomes: Outcomes) -> Outcomes:
    """Leaves out rows that a person released though they fail: that was decided."""
    decided = con.execute("select table_name, row_id from quarantine where decision = 'released'").fetchall()
    released = {(table, row_id) for table, row_id in decided}
    return replace(outcomes, each=[_forgiven(outcome, released) for outcome in outcomes.each])


def _forgiven(outcome: Outcome, released: Set[tuple[str, str]]) -> Outcome:
    kept = [row for row in outcome.rows if (outcome.check.table, row[0]) not in released]
    if len(kept) == len(outcome.rows):
        return outcome
    left = (outcome.count or 0) - (len(outcome.rows) - len(kept))
    return Outcome(outcome.check, left <= 0, left, kept)


def _unusable(files: Files) -> Verdict | None:
    if problems := unreadable_files(files):
        return _refused("files_are_readable", "documents", problems)
    for name, paths in files.items():
        for path in paths:
            if differences := schema_differences(table_named(name), path):
                return _refused("columns_are_declared", name, differences)
    return None


def _refused(expectation: str, table: str, problems: Sequence[str]) -> Verdict:
    said = "; ".join(problems[:5])
    result = CheckResult(table, expectation, None, "critical", "batch", False, len(problems), said)
    return Verdict((result,), refused=f"{table}: {expectation}: {said}")


def _verdict(con: Connection, found: Outcomes) -> Verdict:
    outcomes = found.each
    critical = [o for o in outcomes if not o.success and o.check.severity == "critical"]
    rejected: dict[str, str] = {}
    for outcome in critical:
        if outcome.check.scope == "document":
            for _, document_id, seen in outcome.rows:
                if document_id:
                    rejected.setdefault(document_id, _reason(outcome, seen))
    refusals = [o for o in critical if o.check.scope == "batch" or _names_nobody(o)]
    return Verdict(
        results=tuple(map(_result, outcomes)),
        refused="; ".join(f"{o.check.table}: {_reason(o, None)}" for o in refusals) or None,
        rejected=rejected,
        held=tuple(_held(con, [o for o in critical if o.check.scope == "row"], rejected)),
        failed_rows=tuple(_failed_rows(con, outcomes)),
        said=found.said,
    )


def _failed_rows(con: Connection, outcomes: Sequence[Outcome]) -> Iterable[FailedRow]:
    for outcome in outcomes:
        if outcome.rows:
            check, shown = outcome.check, outcome.rows[:MOST_SHOWN]
            lines = lines_of_rows(con, check.table, [row[0] for row in shown if row[0]])
            for row_id, document_id, seen in shown:
                where = lines.get(row_id, ()) if row_id else ()
                yield FailedRow(check.table, check.name, check.column, row_id, document_id, seen, where)


def _names_nobody(outcome: Outcome) -> bool:
    """Tells whether a check failed without saying which page or row is at fault, so that only the batch is left."""
    place = 0 if outcome.check.scope == "row" else 1
    return not outcome.rows or any(row[place] is None for row in outcome.rows)


def _result(outcome: Outcome) -> CheckResult:
    check = outcome.check
    place = 1 if check.scope == "document" else 0
    return CheckResult(
        check.table,
        check.name,
        check.column,
        check.severity,
        check.scope,
        outcome.success,
        outcome.count if not outcome.success else 0,
        _observed(outcome),
        tuple(dict.fromkeys(row[place] for row in outcome.rows if row[place])),  # type: ignore[misc]
    )


def _observed(outcome: Outcome) -> str | None:
    seen = list(dict.fromkeys(row[2] for row in outcome.rows if row[2]))
    return "; ".join(seen[:3])[:500] or None


def _reason(outcome: Outcome, seen: str | None) -> str:
    check = outcome.check
    where = f"{check.name} ({check.column})" if check.column else check.name
    observed = seen or _observed(outcome)
    return f"{where}: {check.en}{f' Seen: {observed}' if observed else ''}"


def _held(con: Connection, outcomes: Sequence[Outcome], rejected: Mapping[str, str]) -> Iterable[HeldRow]:
    """Takes the broken rows out of the candidate; rows of a page that is kept back whole go with it."""
    reasons: dict[tuple[str, str], str] = {}
    for outcome in outcomes:
        for row_id, document_id, seen in outcome.rows:
            if row_id and document_id not in rejected:
                place = (outcome.check.table, row_id)
                said = _reason(outcome, seen)
                reasons[place] = f"{reasons[place]} | {said}" if place in reasons else said
    for table in dict.fromkeys(name for name, _ in reasons):
        key = table_named(table).key[0]
        wanted = [row_id for name, row_id in reasons if name == table]
        found = con.execute(f"select distinct * from {table} where {key} in (select unnest(?::varchar[]))", [wanted])
        names = [column[0] for column in found.description or ()]
        for values in found.fetchall():
            row = dict(zip(names, values, strict=True))
            yield HeldRow(table, row[key], row.get("document_id"), reasons[table, row[key]], row)
