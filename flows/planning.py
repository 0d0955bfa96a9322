"""Says what a run would do; used by the flow and by `run --dry-run`, which starts no Prefect."""

from __future__ import annotations

from collections.abc import Iterable

from flows.settings import settings
from tasks.extraction.names.own_names import read_own_names
from tasks.staging.plan import KnownDocument, Plan, PlanOptions, file_digest, make_plan
from tasks.staging.sources import Source
from warehouse.documents import document_states
from warehouse.lake import DataFolder


def plan_run(
    folder: DataFolder, sources: Iterable[Source], publisher: str | None, issue_date: str | None, force: bool
) -> Plan:
    """Decides which of the sources are to be worked on, and why.

    Args:
        folder: The data directory.
        sources: What was found.
        publisher: The newspaper, as an option.
        issue_date: Day of publication, as an option.
        force: Work on unchanged pages too.
    """
    given = {"publisher": publisher, "issue_date": issue_date}
    names_file = settings().names_file
    names = read_own_names(names_file).digest if names_file else ""
    options = PlanOptions({key: value for key, value in given.items() if value}, force, names)

    def known(ids: list[str]) -> dict[str, KnownDocument]:
        return {key: KnownDocument(*state) for key, state in document_states(folder.warehouse, ids).items()}

    return make_plan(sources, known, options, file_digest)
