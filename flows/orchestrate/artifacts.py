"""Makes a run readable in Prefect's UI: its name, a table of what it did and a summary in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.client.orchestration import get_client

from flows.ingest.summary import RunSummary
from warehouse.storage.folder import DataFolder

_REJECTED_SHOWN = 50


def run_name(pages: int, batches: int, run_id: str, *, refused: bool = False) -> str:
    """Names a run by what it did.

    Args:
        pages: Pages it worked on.
        batches: Batches they made.
        run_id: Id of the run.
        refused: Whether the gate refused a batch.

    >>> run_name(60, 1, "20230424T050000-1a2b3c")
    '60 pages in 1 batch · 20230424T050000-1a2b3c'
    """
    if refused:
        return f"refused by a check · {run_id}"
    if not pages:
        return f"nothing new · {run_id}"
    return f"{pages} {_many('page', pages)} in {batches} {_many('batch', batches)} · {run_id}"


def name_run(flow_run_id: str, name: str) -> None:
    """Gives a flow run its name once it is known what it did.

    Args:
        flow_run_id: Prefect's id of the run.
        name: The name.
    """
    with get_client(sync_client=True) as client:
        client.update_flow_run(UUID(flow_run_id), name=name)


def show_run(summary: RunSummary, folder: DataFolder) -> None:
    """Attaches the table and the summary to the flow run that goes on.

    Args:
        summary: What the run did.
        folder: The data directory.
    """
    create_table_artifact(summary_table(summary), key="ingest-table", description=f"Run {summary.run_id}")
    create_markdown_artifact(summary_markdown(summary, folder), key="ingest-summary", description=summary.run_id)


def summary_table(summary: RunSummary) -> list[dict[str, object]]:
    """Writes what a run did as rows of a table.

    Args:
        summary: What the run did.
    """
    rows: list[dict[str, object]] = [
        {"what": "pages", "item": "new or worked on again", "value": summary.new},
        {"what": "pages", "item": "unchanged", "value": summary.unchanged},
        {"what": "pages", "item": "rejected", "value": len(summary.rejected)},
    ]
    rows += [{"what": "rows", "item": table, "value": count} for table, count in sorted(summary.rows.items())]
    rows.append({"what": "checks", "item": "passed", "value": summary.checks_passed})
    rows.append({"what": "checks", "item": "failed", "value": len(summary.checks_failed)})
    return rows + [{"what": "seconds", "item": stage, "value": round(s, 1)} for stage, s in summary.seconds.items()]


def summary_markdown(summary: RunSummary, folder: DataFolder) -> str:
    """Writes what a run did in words.

    Args:
        summary: What the run did.
        folder: The data directory.
    """
    loaded = summary.new - len(summary.rejected)
    lines = [
        f"# Run {summary.run_id}",
        "",
        f"**{max(loaded, 0)} pages loaded**, {summary.unchanged} unchanged, {len(summary.rejected)} rejected; "
        f"{summary.checks_passed} checks passed, {len(summary.checks_failed)} failed.",
        "",
        f"Quality page: [{folder.quality / 'index.html'}]({(folder.quality / 'index.html').as_uri()}), "
        f"warehouse: `{folder.warehouse}`",
    ]
    if summary.refused:
        lines += ["", f"**A batch was refused:** {summary.refused}"]
    lines += _section("Checks that failed", summary.checks_failed)
    return "\n".join(lines + _section("Rejected pages", _rejected(summary.rejected)))


def _section(title: str, sentences: Sequence[str]) -> list[str]:
    return ["", f"## {title}", "", *(f"- {sentence}" for sentence in sentences)] if sentences else []


def _rejected(rejected: Mapping[str, str]) -> list[str]:
    shown = [f"`{uri}`: {reason}" for uri, reason in list(rejected.items())[:_REJECTED_SHOWN]]
    more = len(rejected) - len(shown)
    return shown + ([f"and {more} more (`broadsheet status`)"] if more > 0 else [])


def _many(noun: str, count: int) -> str:
    if count == 1:
        return noun
    return f"{noun}es" if noun.endswith("h") else f"{noun}s"
