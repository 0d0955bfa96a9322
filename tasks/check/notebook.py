"""Opens the checks of a warehouse as a project of Great Expectations, for a notebook or a prompt.

What belongs here: putting warehouse, facts and suites together for somebody who looks. What does not: the gate itself.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from expectations.facts import prepare_facts, volume_history
from expectations.own_rules import own_rules
from expectations.project import add_checkpoint, make_project, on_database
from expectations.suite import WAREHOUSE_TABLES, suites
from tasks.reference import gate_reference
from warehouse.connection import connect
from warehouse.storage.folder import DataFolder


@dataclass(frozen=True, slots=True)
class OpenChecks:
    """The checks of a warehouse, open until they are closed.

    Attributes:
        context: Great Expectations' data context: data source and checkpoint are both called `quality gate`, a suite
            and an asset are called as a table, or as the view of a rule, `metrics__value_is_finite`.
        checkpoint: Runs all suites on the warehouse.
    """

    context: Any
    checkpoint: Any
    _open: ExitStack

    def close(self) -> None:
        """Closes the warehouse; nothing can be asked afterwards."""
        self._open.close()

    def __enter__(self) -> OpenChecks:
        """Gives itself, for a `with` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes the warehouse."""
        self.close()


def open_checks(data: str | Path = "data", rules_folder: str | Path | None = None) -> OpenChecks:
    """Opens the warehouse of a data directory with all its checks, to look at them and to run them.

    Args:
        data: The data directory.
        rules_folder: Folder of your own rules, to be among them.

    Raises:
        NoWarehouseError: There is no warehouse.
    """
    checks = suites(WAREHOUSE_TABLES, own_rules(Path(rules_folder) if rules_folder else None))
    project = make_project(checks)
    with ExitStack() as opened:
        con = opened.enter_context(connect(DataFolder(Path(data)).warehouse))
        history = volume_history(con)
        prepare_facts(con, replace(gate_reference(), history=history))
        opened.enter_context(on_database(con, checks, project.handle))
        return OpenChecks(project.context, add_checkpoint(project), opened.pop_all())
