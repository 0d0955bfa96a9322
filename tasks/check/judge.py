"""Gives the quality gate what it needs to judge a batch: files, reference, the corpus's history, the user's rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from expectations.facts import volume_history
from expectations.gate import check_batch
from expectations.own_rules import own_rules
from expectations.reference import Reference
from expectations.verdict import Verdict
from warehouse.connection import reading
from warehouse.storage.folder import DataFolder


def judge_batch(
    folder: DataFolder, files: Mapping[str, Sequence[Path]], reference: Reference, rules_folder: Path | None = None
) -> Verdict:
    """Puts a batch before the quality gate, beside the history of the warehouse it is meant for.

    Args:
        folder: The data directory.
        files: Table name to the batch's Parquet files.
        reference: What rows are compared with.
        rules_folder: Holds the user's own rules.
    """
    return check_batch(files, replace(reference, history=corpus_history(folder)), own_rules(rules_folder))


def corpus_history(folder: DataFolder) -> dict[str, tuple[float, float]]:
    """Measures how many paragraphs, names and figures the pages loaded so far give.

    Args:
        folder: The data directory.
    """
    with reading(folder) as con:
        return {} if con is None else volume_history(con)
