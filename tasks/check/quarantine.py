"""Shows rows in quarantine and writes down what people decide about them.

A decision is a batch of the lake like any other, so that a rebuilt warehouse knows it too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from expectations.gate import check_batch
from expectations.reference import Reference
from expectations.rules import Rule
from tasks.check.corrected import rows_of_pages, write_tables
from tasks.runs import new_run_id
from warehouse.errors import UserError
from warehouse.gate.candidate import Connection
from warehouse.lake.batch import JOURNAL, commit_batch, parquet_of, store
from warehouse.lake.manifest import BatchManifest
from warehouse.schema import QUARANTINE, table_named
from warehouse.schema.arrow import arrow_schema, arrow_table
from warehouse.storage.folder import DataFolder

Row = dict[str, Any]


class QuarantineError(UserError):
    """What was asked of the quarantine can't be done; the message says why and what to do."""


class StillFailsError(QuarantineError):
    """A row that is to be released still does not hold to the checks."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Held:
    """A row in quarantine and the place it came from.

    Attributes:
        row: Its row of `quarantine`, the payload read.
        source_uri: The page as the user gave it.
        paragraph: The paragraph it stands in; None where that is not loaded.
        lines: Raw lines of the paragraph, from 1.
    """

    row: Row
    source_uri: str | None
    paragraph: str | None
    lines: tuple[int, ...]


def held_row(con: Connection, quarantine_id: str) -> Held:
    """Finds a row in quarantine.

    Args:
        con: A connection to the warehouse.
        quarantine_id: Its id, or the beginning of it where that is enough.

    Raises:
        QuarantineError: There is none, or more than one.
    """
    found = _rows(con, "select * from quarantine where starts_with(quarantine_id, ?) limit 2", [quarantine_id])
    if not found:
        raise QuarantineError(f"There is no row {quarantine_id} in quarantine: `broadsheet quarantine list` shows all.")
    if len(found) > 1:
        raise QuarantineError(f"Several rows in quarantine begin with {quarantine_id}: give more of the id.")
    row = found[0] | {"payload": json.loads(found[0]["payload"])}
    source = _rows(con, "select source_uri from documents where document_id = ?", [row["document_id"]])
    place = row["payload"].get("paragraph_id")
    paragraph = _rows(con, "select text, lines from paragraphs where paragraph_id = ?", [place])
    return Held(
        row,
        source[0]["source_uri"] if source else None,
        paragraph[0]["text"] if paragraph else None,
        tuple(paragraph[0]["lines"]) if paragraph else (),
    )


def refuse_unless_it_holds(con: Connection, held: Held, reference: Reference, own_rules: Sequence[Rule] = ()) -> None:
    """Checks a row in quarantine again, amid the rows of its page as they are loaded now.

    Args:
        con: A connection to the warehouse.
        held: The row.
        reference: What rows are compared with.
        own_rules: The user's rules.

    Raises:
        QuarantineError: Its page is not loaded.
        StillFailsError: It still does not hold; says to what.
    """
    row = held.row
    if not _rows(
        con, "select 1 as found from documents where document_id = ? and status = 'loaded'", [row["document_id"]]
    ):
        raise QuarantineError(f"The page of {row['quarantine_id']} is not loaded, so the row has no place to go to.")
    with TemporaryDirectory() as folder:
        verdict = check_batch(_page_files(con, Path(folder), row), reference, own_rules)
    reasons = [h.reason for h in verdict.held if (h.table_name, h.row_id) == (row["table_name"], row["row_id"])]
    if reasons or verdict.refused:
        raise StillFailsError(
            f"{row['quarantine_id']} still fails: {reasons[0] if reasons else verdict.refused} "
            "Correct the cause and run the page again, or release it with --anyway if the check is wrong."
        )


def record_decision(folder: DataFolder, row: Mapping[str, Any], decision: str) -> str:
    """Makes a person's decision part of the lake; the caller holds the writer's lock and loads afterwards.

    Args:
        folder: The data directory.
        row: The row of `quarantine`.
        decision: `released` or `dropped`.

    Returns:
        The id of the batch.
    """
    now, run_id = datetime.now(UTC), new_run_id()
    payload = json.dumps(row["payload"], ensure_ascii=False, default=str)
    decided = arrow_table(QUARANTINE, [{**row, "payload": payload, "decision": decision}])
    files = store(folder.lake, [parquet_of(QUARANTINE, decided)], folder.work / run_id / JOURNAL)
    batch_id = f"{run_id}-0001"
    commit_batch(folder, BatchManifest(batch_id, run_id, now.isoformat(timespec="seconds"), tuple(files)))
    return batch_id


def _page_files(con: Connection, folder: Path, row: Mapping[str, Any]) -> dict[str, list[Path]]:
    """Writes the page's rows, with the row in question among them, as the files of a small batch."""
    tables, name = rows_of_pages(con, [row["document_id"]]), row["table_name"]
    others = tables[name].filter(pc.not_equal(tables[name].column(table_named(name).key[0]), row["row_id"]))
    tables[name] = pa.concat_tables([others, _from_payload(con, name, row["payload"])])
    return write_tables(tables, folder)


def _from_payload(con: Connection, name: str, payload: Mapping[str, Any]) -> pa.Table:
    declared = table_named(name)
    columns = ", ".join(f'"{c.name}": "{c.type}"' for c in declared.columns)
    query = f"select unnest(from_json(?::json, '{{{columns}}}'))"
    text = json.dumps(payload, ensure_ascii=False, default=str)
    schema = pa.schema([field.with_nullable(True) for field in arrow_schema(declared)])
    return con.sql(query, params=[text]).to_arrow_table().cast(schema).cast(arrow_schema(declared))


def _rows(con: Connection, query: str, parameters: Sequence[object]) -> list[Row]:
    found = con.execute(query, list(parameters))
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, values, strict=True)) for values in found.fetchall()]
