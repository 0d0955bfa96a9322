"""Runs suites with Great Expectations, pushed down into DuckDB; the only module that imports Great Expectations.

A check that raised is no verdict on the data: it fails the run as `BrokenCheckError`.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from types import ModuleType
from typing import Any

from expectations.check import SQL_EXPECTATION, Check, row_key
from expectations.verdict import BrokenCheckError
from warehouse.gate.candidate import Connection, DatabaseError
from warehouse.gate.gx_dialect import sqlalchemy_url
from warehouse.schema import table_named

MOST_ROWS = 100_000
"""Failing rows that are fetched for one expectation."""


class Outcome:
    """What one expectation saw.

    Attributes:
        check: The expectation.
        success: Whether it held.
        count: Rows that did not hold.
        rows: The failing rows' `row_id`, `document_id` and what was seen, as far as the table has them.
    """

    __slots__ = ("check", "count", "rows", "success")

    def __init__(self, check: Check, success: bool, count: int | None, rows: Sequence[FailingRow]) -> None:
        self.check, self.success, self.count, self.rows = check, success, count, rows


FailingRow = tuple[str | None, str | None, str | None]
"""row_id, document_id, seen."""


def run_suites(con: Connection, suites: Mapping[str, Sequence[Check]]) -> list[Outcome]:
    """Runs suites on an open database.

    Args:
        con: Holds the tables.
        suites: Expectations by table.

    Raises:
        BrokenCheckError: An expectation raised; names it.
    """
    gx = _great_expectations()
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    outcomes: list[Outcome] = []
    with sqlalchemy_url(con) as url:
        source = context.data_sources.add_sql("batch", connection_string=url)
        for table, checks in suites.items():
            asset = source.add_table_asset(table, table_name=table)
            batch = asset.add_batch_definition_whole_table("all").get_batch()
            outcomes += _run_suite(con, table, checks, partial(_validated, gx, batch))
    return outcomes


def _run_suite(
    con: Connection, table: str, checks: Sequence[Check], validate: Callable[[Sequence[Check], object], Any]
) -> list[Outcome]:
    counted = validate(checks, {"result_format": "BASIC", "partial_unexpected_count": 0})
    failed = [check for check, result in zip(checks, counted, strict=True) if not result["success"]]
    located = _locate(con, table, failed, validate)
    outcomes = []
    for check, result in zip(checks, counted, strict=True):
        said = result["result"]
        count = said.get("unexpected_count", said.get("observed_value"))
        rows = located.get(id(check), [])
        outcomes.append(Outcome(check, bool(result["success"]), None if count is None else int(count), rows))
    return outcomes


def _validated(gx: ModuleType, batch: Any, checks: Sequence[Check], result_format: object) -> list[Any]:
    """Runs expectations on one table and gives their results in the same order."""
    expectations = [_expectation(check, number) for number, check in enumerate(checks)]
    suite = gx.ExpectationSuite(name=checks[0].table, expectations=expectations)
    results = {
        r.expectation_config.meta["number"]: r for r in batch.validate(suite, result_format=result_format).results
    }
    if len(results) != len(checks):
        raise BrokenCheckError(f"Of {len(checks)} expectations on {checks[0].table} only {len(results)} were run.")
    for number, check in enumerate(checks):
        _refuse_exception(check, results[number].exception_info)
    return [results[number] for number in range(len(checks))]


def _expectation(check: Check, number: int) -> Any:
    from great_expectations import expectations as gxe

    meta = {"name": check.name, "scope": check.scope, "number": number}
    if check.expectation == SQL_EXPECTATION:
        return _no_rows_class()(
            unexpected_rows_query=_query_template(check),
            severity=check.severity,
            meta=meta,
            description=check.en or None,
        )
    return getattr(gxe, check.expectation)(
        **check.arguments, severity=check.severity, meta=meta, description=check.en or None
    )


def _query_template(check: Check) -> str:
    """Writes a rule the way Great Expectations wants it: braces doubled, the table as `{batch}`, whatever its alias."""
    sql = str(check.arguments["sql"]).replace("{", "{{").replace("}", "}}")
    return sql.replace(f"from {check.table}", "from (select * from {batch})", 1)


def _refuse_exception(check: Check, info: Mapping[str, Any]) -> None:
    inner = info if "raised_exception" in info else next(iter(info.values()), {})
    if inner.get("raised_exception"):
        said = str(inner.get("exception_message")).split("\n[SQL:")[0].split("\n")[0]
        raise BrokenCheckError(f"The expectation {check.name} on {check.table} could not be evaluated: {said}")


def _locate(
    con: Connection, table: str, failed: Sequence[Check], validate: Callable[[Sequence[Check], object], Any]
) -> dict[int, list[FailingRow]]:
    """Finds the failing rows: a rule's own select gives them, of the others Great Expectations writes the select."""
    queries = {id(check): str(check.arguments["sql"]) for check in failed if check.expectation == SQL_EXPECTATION}
    native = [check for check in failed if check.expectation != SQL_EXPECTATION]
    if native:
        names = _located_by(table)
        form = {"result_format": "COMPLETE", "partial_unexpected_count": 0, "unexpected_index_column_names": names}
        for check, result in zip(native, validate(native, form), strict=True):
            if query := result["result"].get("unexpected_index_query"):
                queries[id(check)] = query.rstrip("; \n")
    return {key: _failing_rows(con, table, query) for key, query in queries.items()}


def _failing_rows(con: Connection, table: str, query: str) -> list[FailingRow]:
    key = row_key(table_named(table))
    try:
        found = con.execute(f"select * from ({query}) limit {MOST_ROWS}")
    except DatabaseError as error:
        raise BrokenCheckError(f"The rows that break an expectation on {table} can't be listed: {error}") from error
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


@cache
def _great_expectations() -> ModuleType:
    """Imports Great Expectations once, when something is checked, with its telemetry off.

    The garbage collector rests meanwhile: the modules stay anyway, and going through them costs a quarter of the time.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    collecting = gc.isenabled()
    gc.disable()
    try:
        import great_expectations
    finally:
        if collecting:
            gc.enable()
    return great_expectations


@cache
def _no_rows_class() -> Any:
    """Makes the class for SQL rules: like the built-in one, but it counts and does not fetch the rows as well."""
    from great_expectations import expectations as gxe

    built_in: Any = gxe.UnexpectedRowsExpectation  # type: ignore[attr-defined]

    class NoRowsExpectation(built_in):  # type: ignore[misc]
        metric_dependencies = ("unexpected_rows_query.row_count",)

        def _validate(self, metrics: Any, runtime_configuration: Any = None, execution_engine: Any = None) -> Any:
            count = metrics["unexpected_rows_query.row_count"]
            return {"success": count == 0, "result": {"observed_value": count}}

    return NoRowsExpectation
