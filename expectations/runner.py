"""Runs suites with Great Expectations, pushed down into DuckDB, and reads its results.

A check that raised is no verdict on the data: it fails the run as `BrokenCheckError`.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from expectations.check import Check, row_key
from expectations.project import COUNTED, Project, broken, expectation_suite, make_project, on_database
from expectations.verdict import BrokenCheckError
from warehouse.gate.candidate import Connection, DatabaseError
from warehouse.schema import table_named

MOST_ROWS = 100_000
"""Failing rows that are fetched for one expectation."""

FailingRow = tuple[str | None, str | None, str | None]
"""row_id, document_id, seen."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one expectation saw.

    Attributes:
        check: The expectation.
        success: Whether it held.
        count: Rows that did not hold.
        rows: The failing rows' `row_id`, `document_id` and what was seen, as far as the table has them.
    """

    check: Check
    success: bool
    count: int | None
    rows: Sequence[FailingRow] = ()


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What all expectations saw.

    Attributes:
        each: Of every expectation, in the order of the suites.
        said: The same in Great Expectations' own words, suite by suite.
    """

    each: Sequence[Outcome]
    said: Mapping[str, Any] = field(default_factory=dict)


_turn = threading.Lock()
_ready: list[Project] = []
"""Projects that were run, the last one first: another batch, another answer at the desk has the same suites."""

_MOST_READY = 4


def prepare(suites: Mapping[str, Sequence[Check]]) -> None:
    """Makes ready what can be made ready before there is anything to check; without it the first check takes longer.

    Args:
        suites: Expectations by table.
    """
    with _turn:
        _project(suites)


def run_suites(con: Connection, suites: Mapping[str, Sequence[Check]]) -> Outcomes:
    """Runs suites on an open database; one at a time in a process.

    Args:
        con: Holds the tables.
        suites: Expectations by table.

    Raises:
        BrokenCheckError: An expectation raised; names it.
    """
    with _turn:
        project = _project(suites)
        with on_database(con, suites, project.handle):
            results = {
                name: project.batches[name].get_batch().validate(suite, result_format=COUNTED)
                for name, suite in project.expected.items()
            }
            counted = _counted(project, results)
            located = _located(con, project, counted)
    each = []
    for check in (check for checks in project.suites.values() for check in checks):
        seen = counted[id(check)]
        count = seen.result.get("unexpected_count", seen.result.get("observed_value"))
        rows = located.get(id(check), ())
        each.append(Outcome(check, bool(seen.success), None if count is None else int(count), rows))
    said = [result.describe_dict() for result in results.values()]
    return Outcomes(each, {"success": all(result["success"] for result in said), "validation_results": said})


def _project(suites: Mapping[str, Sequence[Check]]) -> Project:
    project = next((each for each in _ready if each.suites == suites), None) or make_project(suites)
    _ready[:] = [project, *(each for each in _ready if each is not project)][:_MOST_READY]
    return project


def _counted(project: Project, results: Mapping[str, Any]) -> dict[int, Any]:
    """Gives Great Expectations' result of each expectation; refuses to go on where one is missing or raised."""
    found = {}
    for asset, checks in project.checks.items():
        for check, result in zip(checks, _in_order(checks, results[asset].results), strict=True):
            found[id(check)] = result
    return found


def _in_order(checks: Sequence[Check], results: Sequence[Any]) -> list[Any]:
    numbered = {result.expectation_config.meta["number"]: result for result in results}
    if len(numbered) != len(checks):
        raise BrokenCheckError(f"Of {len(checks)} expectations on {checks[0].table} only {len(numbered)} were run.")
    for number, check in enumerate(checks):
        _refuse_exception(check, numbered[number].exception_info)
    return [numbered[number] for number in range(len(checks))]


def _refuse_exception(check: Check, info: Mapping[str, Any]) -> None:
    inner = info if "raised_exception" in info else next(iter(info.values()), {})
    if inner.get("raised_exception"):
        raise BrokenCheckError(broken(check, str(inner.get("exception_message"))))


def _located(con: Connection, project: Project, counted: Mapping[int, Any]) -> dict[int, list[FailingRow]]:
    """Finds the failing rows: a rule's own view gives them, of the others Great Expectations writes the select."""
    queries: list[tuple[Check, str]] = []
    for asset, checks in project.checks.items():
        failed = [check for check in checks if not counted[id(check)].success]
        queries += [(check, f"from {check.view}") for check in failed if check.view]
        if native := [check for check in failed if not check.view]:
            form = {"result_format": "COMPLETE", "partial_unexpected_count": 0}
            form["unexpected_index_column_names"] = _located_by(asset)  # type: ignore[assignment]
            again = project.batches[asset].get_batch().validate(expectation_suite(asset, native), result_format=form)
            for check, result in zip(native, _in_order(native, again.results), strict=True):
                if query := result.result.get("unexpected_index_query"):
                    queries.append((check, query.rstrip("; \n")))
    return {id(check): _failing_rows(con, check, query) for check, query in queries}


def _failing_rows(con: Connection, check: Check, query: str) -> list[FailingRow]:
    key = row_key(table_named(check.table))
    try:
        found = con.execute(f"select * from ({query}) limit {MOST_ROWS}")
    except DatabaseError as error:
        raise BrokenCheckError(broken(check, str(error))) from error
    names = [column[0] for column in found.description or ()]
    places = [names.index(name) if name in names else None for name in (key, "document_id", "seen")]
    return [
        tuple(None if place is None or row[place] is None else str(row[place]) for place in places)  # type: ignore[misc]
        for row in found.fetchall()
    ]


def _located_by(table: str) -> list[str]:
    declared = table_named(table)
    extra = ["document_id"] if "document_id" in declared.column_names and "document_id" not in declared.key else []
    return [*declared.key, *extra]
