"""Loads what the lake has, with people's corrections put before the same expectations as every figure.

What belongs here: rows as they stand in the warehouse put before the gate again. What does not: what is expected
(`expectations`), reading the file of corrections (`corrections`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from expectations.own_rules import own_rules
from expectations.rules import Rule
from expectations.suite import BATCH_TABLES
from tasks.check.learned import Learned, read_learned
from tasks.load.jumps import jump_reader
from tasks.reference import gate_reference, reference_rows
from tasks.second.loading import told_by_second_readers
from warehouse.gate.candidate import Connection
from warehouse.load.corrections import corrected_rows
from warehouse.load.publish import bring_up_to_date
from warehouse.schema import CORRECTIONS, table_named
from warehouse.schema.arrow import arrow_schema
from warehouse.storage.folder import DataFolder


def load_batches(
    folder: DataFolder, corrections_file: Path | None, rules_folder: Path | None = None, *, anew: bool = False
) -> int:
    """Brings the warehouse up to the lake; a corrected row that does not hold keeps what the machine had read.

    Args:
        folder: The data directory; the caller holds the writer's lock.
        corrections_file: CSV of corrections; None without.
        rules_folder: Folder of the user's own checks; None without.
        anew: Start from an empty warehouse.

    Returns:
        How many batches were loaded.
    """
    rules = own_rules(rules_folder)
    judge = partial(judge_corrections, rules=rules)
    reference = reference_rows(corrections_file) | {"learned": _curves(read_learned(folder))}
    told = told_by_second_readers(folder, partial(judge_figures, rules=rules))
    return bring_up_to_date(folder, reference, anew=anew, judge=judge, told=told, jumps=jump_reader())


def _curves(learned: Learned | None) -> list[dict[str, object]]:
    curves = learned.curves if learned else {}
    return [{"question": question, **asdict(curve)} for question, curve in curves.items()]


def judge_corrections(con: Connection, rules: Sequence[Rule] = ()) -> dict[str, str]:
    """Says which corrected rows do not hold to what is expected of every row, and why.

    Args:
        con: A connection to a warehouse in which the corrections stand.
        rules: The user's own.

    Returns:
        Key of the row to the reason.
    """
    return _refused(con, corrected_rows(con), rules)


def judge_figures(con: Connection, metric_ids: Sequence[str], rules: Sequence[Rule] = ()) -> dict[str, str]:
    """Says which figures do not hold to what is expected of every row, and why.

    Args:
        con: A connection to a warehouse.
        metric_ids: The figures.
        rules: The user's own.
    """
    pages = con.execute(
        "select metric_id, document_id from metrics where metric_id in (select unnest(?))", [list(metric_ids)]
    ).fetchall()
    return _refused(con, [("metrics", metric_id, page) for metric_id, page in pages], rules)


def _refused(con: Connection, rows: Sequence[tuple[str, str, str]], rules: Sequence[Rule]) -> dict[str, str]:
    """Puts the pages of some rows (table, key, page) before the gate; gives those of the rows that it would hold."""
    if not rows:
        return {}
    from expectations.gate import check_batch  # most loads have nothing to put before it

    tables = rows_of_pages(con, sorted({document_id for _, _, document_id in rows}))
    tables["corrections"] = con.sql("select * from corrections").to_arrow_table().cast(arrow_schema(CORRECTIONS))
    with TemporaryDirectory() as folder:
        verdict = check_batch(write_tables(tables, Path(folder)), gate_reference(), rules)
    theirs = {(table, row_id) for table, row_id, _ in rows}
    return {held.row_id: held.reason for held in verdict.held if (held.table_name, held.row_id) in theirs}


def rows_of_pages(con: Connection, document_ids: Sequence[str]) -> dict[str, pa.Table]:
    """Gives the rows of pages as they stand in the warehouse, in the form of a batch.

    Args:
        con: A connection to the warehouse.
        document_ids: The pages.
    """
    tables = {}
    for declared in map(table_named, BATCH_TABLES):
        columns = ", ".join(declared.column_names)
        query = f"select {columns} from {declared.name} where document_id in (select unnest(?))"
        found = con.sql(query, params=[list(document_ids)]).to_arrow_table()
        tables[declared.name] = found.cast(arrow_schema(declared))
    return tables


def write_tables(tables: dict[str, pa.Table], folder: Path) -> dict[str, list[Path]]:
    """Writes rows as the files of a small batch.

    Args:
        tables: Rows by table.
        folder: Where to.
    """
    for name, rows in tables.items():
        pq.write_table(rows, folder / f"{name}.parquet")
    return {name: [folder / f"{name}.parquet"] for name in tables}
