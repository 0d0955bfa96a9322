"""Gives the quality gate what it needs to judge a batch: files, reference, the corpus's history, the user's rules.

The gate is imported where a batch is judged, which is mostly another process than the one that asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from expectations.reference import Reference
from expectations.verdict import Verdict
from tasks.check.apart import apart
from tasks.check.batch import candidate_files
from warehouse.connection import reading
from warehouse.storage.folder import DataFolder


def judge_shards(batch_id: str, folder: DataFolder, shards: Sequence[Path], rules_folder: Path | None) -> Verdict:
    """Puts a batch before the quality gate.

    Args:
        batch_id: The batch, for whoever records that it was judged.
        folder: The data directory.
        shards: Folders of its published shards.
        rules_folder: The user's own rules; None without.
    """
    return apart(_judge_shards, batch_id, folder, shards, rules_folder)


def get_ready(rules_folder: Path | None) -> None:
    """Does what can be done before there is anything to judge, the slow import of Great Expectations above all.

    Args:
        rules_folder: The user's own rules; None without.
    """
    from expectations.own_rules import own_rules
    from expectations.runner import prepare
    from expectations.suite import BATCH_TABLES, suites
    from tasks.reference import gate_reference

    prepare(suites(BATCH_TABLES, own_rules(rules_folder)))
    gate_reference()


def _judge_shards(batch_id: str, folder: DataFolder, shards: Sequence[Path], rules_folder: Path | None) -> Verdict:
    from expectations.results import write_results
    from tasks.reference import gate_reference

    verdict = judge_batch(folder, candidate_files(folder, shards), gate_reference(), rules_folder)
    if shards:
        write_results(shards[0].parent, batch_id, verdict.said)
    return replace(verdict, said={})


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
    from expectations.gate import check_batch
    from expectations.own_rules import own_rules

    return check_batch(files, replace(reference, history=corpus_history(folder)), own_rules(rules_folder))


def corpus_history(folder: DataFolder) -> dict[str, tuple[float, float]]:
    """Measures how many paragraphs, names and figures the pages loaded so far give.

    Args:
        folder: The data directory.
    """
    from expectations.facts import volume_history

    with reading(folder) as con:
        return {} if con is None else volume_history(con)
