"""What a run did, as plain values and as lines for people."""

from __future__ import annotations

import shlex
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from flows.settings import PROJECT
from tasks.findings import wording
from tasks.page import DISORDERED
from tasks.staging.tally import FileTally


@dataclass(slots=True)
class RunSummary:
    """Counts and times of one run.

    Attributes:
        run_id: Id of the run; empty for a dry run.
        batches: Batches they made.
        new: Pages worked on.
        unchanged: Pages left alone.
        kept_out: Of these, how many were rejected or forgotten before, by status.
        rejected: Pages that could not be used, with the reason.
        rows: Rows loaded, by table.
        findings: What the stages noticed about the pages, how many by code.
        checks_passed: Expectations that held.
        checks_failed: Expectations that did not, as sentences.
        seconds: Wall-clock seconds by stage.
        worker_seconds: Seconds of the workers' time by stage, added up over all processes.
        warehouse: Where the warehouse is.
        left: Pages that could not be worked on through no fault of theirs, with the reason; the next run tries again.
        refused: Why a batch was refused.
        reasons: Why pages were worked on, and how many for each reason.
        notes: What else a person should know, as sentences.
        files: Files found, by what they are.
        waiting: Whether finished batches wait for the next publication of the warehouse.
    """

    run_id: str = ""
    batches: int = 0
    new: int = 0
    unchanged: int = 0
    kept_out: dict[str, int] = field(default_factory=dict)
    rejected: dict[str, str] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)
    checks_passed: int = 0
    checks_failed: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    worker_seconds: dict[str, float] = field(default_factory=dict)
    warehouse: str = ""
    refused: str | None = None
    reasons: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    waiting: bool = False
    files: FileTally = field(default_factory=FileTally)

    @contextmanager
    def timed(self, stage_name: str) -> Iterator[None]:
        """Adds the time that the block takes to a stage's seconds.

        Args:
            stage_name: The stage.
        """
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage_name] = self.seconds.get(stage_name, 0.0) + time.perf_counter() - started

    def to_dict(self) -> dict[str, Any]:
        """Gives the summary for JSON."""
        files, self_without = self.files.to_dict(), replace(self, files=FileTally())
        return asdict(self_without) | {"files": files}

    def run_columns(self) -> dict[str, Any]:
        """Gives the counts as columns of `runs`."""
        tables = ("articles", "paragraphs", "mentions", "metrics", "findings")
        return {name: self.rows.get(name, 0) for name in tables} | {
            "documents_new": self.new,
            "documents_unchanged": self.unchanged,
            "documents_rejected": len(self.rejected),
            "checks_passed": self.checks_passed,
            "checks_failed": len(self.checks_failed),
            "note": self.refused,
        }

    @property
    def exit_code(self) -> int:
        """Says how the run ended, as CONTRACT.md defines it."""
        if self.refused:
            return 3
        if self.left:
            return 4
        loaded = self.new - len(self.rejected)
        return 1 if self.rejected and loaded <= 0 and not self.unchanged else 0


def summary_sentence(summary: RunSummary) -> str:
    """Says in one sentence what a run did.

    Args:
        summary: What a run did.
    """
    loaded = max(summary.new - len(summary.rejected), 0)
    pages = "page" if loaded == 1 else "pages"
    return (
        f"run {summary.run_id}: {loaded} {pages} loaded, {len(summary.rejected)} rejected, "
        f"{summary.unchanged} unchanged, {len(summary.checks_failed)} checks failed, "
        f"{summary.seconds.get('total', 0.0):.1f} seconds"
    )


def summary_lines(summary: RunSummary) -> list[str]:
    """Writes a summary for a terminal.

    Args:
        summary: What a run did.
    """
    lines = [f"files     {said}"] if (said := summary.files.sentence()) else []
    lines += [f"pages     {summary.new} new, {summary.unchanged} unchanged, {len(summary.rejected)} rejected"]
    before = " and ".join(f"{n} {status}" for status, n in sorted(summary.kept_out.items()))
    if before:
        lines.append(f"          of the unchanged, {before} before; --force works on them again")
    lines += [f"          {n} worked on: {why}" for why, n in summary.reasons.items() if why != "new"]
    lines += [f"          rejected {uri}: {reason}" for uri, reason in summary.rejected.items()]
    lines += [f"          left {uri}: {reason}" for uri, reason in summary.left.items()]
    if summary.rows:
        names = ("articles", "paragraphs", "mentions", "metrics")
        lines.append("rows      " + ", ".join(f"{summary.rows.get(name, 0):,} {name}" for name in names))
    if summary.findings:
        lines.append("findings  " + ", ".join(f"{n:,} {code}" for code, n in sorted(summary.findings.items())))
    if n := summary.findings.get(DISORDERED):
        lines.append(f"          {DISORDERED} ({n}): {wording()[DISORDERED]['what_to_do']}")
    if summary.checks_passed or summary.checks_failed:
        lines.append(f"checks    {summary.checks_passed} passed, {len(summary.checks_failed)} failed")
        lines += [f"          failed {sentence}" for sentence in summary.checks_failed]
    if summary.refused:
        lines.append(f"refused   {summary.refused}")
    if summary.seconds:
        lines.append("seconds   " + ", ".join(f"{stage} {value:.1f}" for stage, value in summary.seconds.items()))
    waits = " (finished batches wait for its next publication)" if summary.waiting else ""
    lines.append(f"warehouse {summary.warehouse}{waits}")
    lines += [f"note      {sentence}" for sentence in summary.notes]
    page = Path(summary.warehouse).parent / "quality" / "index.html"
    if summary.warehouse and page.is_file():
        lines.append(f"quality   {page}")
        lines.append(f"to look   broadsheet report{_data_option(Path(summary.warehouse).parent)}")
    return lines


def _data_option(data: Path) -> str:
    """Names the data directory where a command would not find it by itself."""
    return "" if data == PROJECT / "data" else f" --data-dir {shlex.quote(str(data))}"
