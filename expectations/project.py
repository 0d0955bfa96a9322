"""The quality gate as a project of Great Expectations: data source, batch definitions, suites, a checkpoint.

What belongs here: Great Expectations' own objects, made from our declarations and rules, so that who knows Great
Expectations finds them by name. What does not: what their results mean (`runner.py`).

A suite of structural expectations looks at a table. Each rule is a view of the rows that break it, and a suite with one
expectation of that view: it has no rows.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from expectations.check import Check
from expectations.facts import empty_candidate
from expectations.later_imports import imported_when_used
from expectations.verdict import BrokenCheckError
from warehouse.gate.candidate import Connection, DatabaseError, create_view
from warehouse.gate.gx_dialect import fresh_handle, held, held_url

NAME = "quality gate"
"""Of the data source and the checkpoint."""

COUNTED = {"result_format": "BASIC", "partial_unexpected_count": 0}
"""What is asked of a result: how many rows, not which; those are looked up where there are any."""


@dataclass(frozen=True, slots=True)
class Project:
    """Suites, made ready to be run on any database that has the tables.

    Attributes:
        suites: The expectations by table that it was made from.
        handle: Name under which its data source finds the database, while there is one.
        context: Great Expectations' data context, in memory.
        batches: Of each asset (a table, or a rule's view) its batch definition.
        checks: The expectations of each asset.
        expected: The same as suites of Great Expectations.
    """

    suites: Mapping[str, Sequence[Check]]
    handle: str
    context: Any
    batches: Mapping[str, Any]
    checks: Mapping[str, Sequence[Check]]
    expected: Mapping[str, Any]


def make_project(suites: Mapping[str, Sequence[Check]]) -> Project:
    """Makes data source, batch definitions and suites; an empty database stands in for the pages to come.

    Args:
        suites: Expectations by table.

    Raises:
        BrokenCheckError: A rule is no select that DuckDB understands.
    """
    gx = great_expectations()
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    checks = _by_asset(suites)
    handle, con = fresh_handle(), empty_candidate()
    try:
        with on_database(con, suites, handle):
            batches = _batch_definitions(context, checks, handle)
    finally:
        con.close()
    expected = {name: context.suites.add(expectation_suite(name, own)) for name, own in checks.items()}
    return Project(suites, handle, context, batches, checks, expected)


def add_checkpoint(project: Project) -> Any:
    """Adds validation definitions and the checkpoint that runs all suites.

    The gate runs the suites on their batches without it: what a checkpoint does besides, storing definitions and
    results and comparing them with what is stored, takes half as long again.

    Args:
        project: The project.
    """
    gx, context = great_expectations(), project.context
    definitions = [
        context.validation_definitions.add(gx.ValidationDefinition(name=name, data=project.batches[name], suite=suite))
        for name, suite in project.expected.items()
    ]
    return context.checkpoints.add(gx.Checkpoint(name=NAME, validation_definitions=definitions, result_format=COUNTED))


@contextmanager
def on_database(con: Connection, suites: Mapping[str, Sequence[Check]], handle: str) -> Iterator[None]:
    """Lets a project look at a database: its rules become views there, and its data source stands for the connection.

    Args:
        con: Holds the tables and what the rules compare them with.
        suites: Expectations by table.
        handle: The project's.

    Raises:
        BrokenCheckError: A rule can't be made a view; names it.
    """
    for check in (check for checks in suites.values() for check in checks):
        if check.view:
            try:
                create_view(con, check.view, check.sql)
            except DatabaseError as error:
                raise BrokenCheckError(broken(check, str(error))) from error
    with held(con, handle):
        yield


def broken(check: Check, said: str) -> str:
    """Says that an expectation could not be evaluated.

    Args:
        check: The expectation.
        said: What the database said.
    """
    first = said.split("\n[SQL:")[0].split("\n")[0]
    return f"The expectation {check.name} on {check.table} could not be evaluated: {first}"


def expectation_suite(name: str, checks: Sequence[Check]) -> Any:
    """Makes a suite of Great Expectations.

    Args:
        name: Its name.
        checks: Its expectations; each is numbered, so that its result is found again.
    """
    return great_expectations().ExpectationSuite(
        name=name, expectations=[_expectation(check, number) for number, check in enumerate(checks)]
    )


def _by_asset(suites: Mapping[str, Sequence[Check]]) -> dict[str, tuple[Check, ...]]:
    assets: dict[str, tuple[Check, ...]] = {}
    for table, checks in suites.items():
        if structural := tuple(check for check in checks if not check.view):
            assets[table] = structural
        assets |= {check.view: (check,) for check in checks if check.view}
    return assets


def _batch_definitions(context: Any, names: Mapping[str, object], handle: str) -> dict[str, Any]:
    """Declares the data source with all its assets at once; asset by asset, the project would be written each time."""
    from great_expectations.datasource.fluent import SQLDatasource  # type: ignore[attr-defined]

    tables = [
        {"name": name, "type": "table", "table_name": name, "batch_definitions": [{"name": "all"}]} for name in names
    ]
    declared = SQLDatasource(name=NAME, connection_string=held_url(handle), create_temp_table=False, assets=tables)
    source = context.data_sources.add_sql(declared)
    return {name: source.get_asset(name).get_batch_definition("all") for name in names}


def _expectation(check: Check, number: int) -> Any:
    from great_expectations import expectations as gxe

    meta = {"name": check.name, "table": check.table, "scope": check.scope, "zh": check.zh, "number": number}
    return getattr(gxe, check.expectation)(
        **check.arguments, severity=check.severity, meta=meta, description=check.en or None
    )


@cache
def great_expectations() -> ModuleType:
    """Imports Great Expectations once, when something is checked, with its telemetry off.

    The garbage collector rests meanwhile: the modules stay anyway, and going through them costs a quarter of the time.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    collecting = gc.isenabled()
    gc.disable()
    try:
        with imported_when_used():
            import great_expectations as imported
    finally:
        if collecting:
            gc.enable()
    return imported
