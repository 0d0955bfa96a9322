"""Prepares what rules compare rows with: sums of characters, volumes of pages, figures parsed again, bounds.

Each fact is a temporary table, so that rules stay plain SQL: `page_characters`, `page_volumes`, `parsed_texts`,
`volume_bounds`, `volume_history`.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pyarrow as pa

from expectations.characters import CLASSES, count_characters
from expectations.reference import Parsed, Reference
from warehouse.gate.candidate import Connection, keep_table, open_candidate

_HERE = Path(__file__).parent
_ROWS_AT_A_TIME = 20_000

_CHARACTERS = pa.schema(
    [("document_id", pa.string()), ("digest", pa.string()), ("printed", pa.int64())]
    + [(name, pa.int64()) for name in CLASSES]
)
_PARSED = pa.schema(
    [("text", pa.string()), ("value", pa.float64()), ("value_high", pa.float64()), ("unit", pa.string())]
)
_BOUNDS = pa.schema(
    [("measure", pa.string())]
    + [(name, pa.float64()) for name in ("from_characters", "fails_below", "warns_below", "warns_above")]
)
_HISTORY = pa.schema([("measure", pa.string()), ("mean", pa.float64()), ("deviation", pa.float64())])


def empty_candidate() -> Connection:
    """Opens a database with every table and fact that rules may use, and no page, so that rules can be tried."""
    con = open_candidate({})
    prepare_facts(con, Reference())
    return con


def prepare_facts(con: Connection, reference: Reference) -> None:
    """Makes the temporary tables that rules may use.

    Args:
        con: Holds a batch or the warehouse.
        reference: What is given from above.
    """
    _keep_characters(con)
    _keep_parsed_texts(con, reference)
    keep_table(con, "volume_bounds", pa.Table.from_pylist(volume_bounds(), schema=_BOUNDS))
    history = [{"measure": name, "mean": mean, "deviation": dev} for name, (mean, dev) in reference.history.items()]
    keep_table(con, "volume_history", pa.Table.from_pylist(history, schema=_HISTORY))
    con.execute(f"create or replace temp table page_volumes as {volumes_sql()}")


def lines_of_rows(con: Connection, table: str, row_ids: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Tells on which raw lines rows stand; those that stand on no particular line are left out.

    Args:
        con: Holds a batch or the warehouse.
        table: Their table.
        row_ids: Their keys.
    """
    select = {
        "paragraphs": "select paragraph_id, lines from paragraphs where paragraph_id in (select unnest(?))",
        "mentions": "select t.mention_id, p.lines from mentions t join paragraphs p using (paragraph_id) "
        "where t.mention_id in (select unnest(?))",
        "metrics": "select t.metric_id, p.lines from metrics t join paragraphs p using (paragraph_id) "
        "where t.metric_id in (select unnest(?))",
        "findings": "select finding_id, [line] from findings "
        "where line is not null and finding_id in (select unnest(?))",
        "articles": "select article_id, flatten(list(lines order by seq)) from paragraphs "
        "where role = 'headline' and article_id in (select unnest(?)) group by article_id",
    }.get(table)
    if select is None or not row_ids:
        return {}
    return {key: tuple(lines or ()) for key, lines in con.execute(select, [list(row_ids)]).fetchall()}


def volume_history(con: Connection) -> dict[str, tuple[float, float]]:
    """Measures the volume of the pages loaded so far: mean and standard deviation of each measure.

    Args:
        con: A connection to the warehouse.
    """
    con.execute(
        "create or replace temp table page_characters as select document_id, "
        "split_part(printed_characters, ':', 1)::bigint as printed, 0 as number "
        "from documents where status = 'loaded' and printed_characters is not null"
    )
    found = con.execute(
        f"select measure, avg(amount), coalesce(stddev_samp(amount), 0) from ({volumes_sql()}) "
        "group by measure having count(*) >= 20"
    )
    return {measure: (mean, deviation) for measure, mean, deviation in found.fetchall()}


@cache
def volumes_sql() -> str:
    """Gives the select that measures the volume of each page."""
    return (_HERE / "page_volumes.sql").read_text("utf-8")


@cache
def volume_bounds() -> list[dict[str, object]]:
    """Reads the bounds of volume from the reference file."""
    lines = (_HERE / "bounds.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return [{k: v if k == "measure" else (float(v) if v else None) for k, v in row.items()} for row in rows]


def _keep_characters(con: Connection) -> None:
    reader = con.sql("select document_id, text from paragraphs").to_arrow_reader(_ROWS_AT_A_TIME)
    rows = [{"document_id": key, **counts.to_row()} for key, counts in count_characters(reader).items()]
    keep_table(con, "page_characters", pa.Table.from_pylist(rows, schema=_CHARACTERS))


def _keep_parsed_texts(con: Connection, reference: Reference) -> None:
    """Parses every distinct printed figure once; a text that needs its sentence is left out."""
    keep_table(con, "parsed_texts", _PARSED.empty_table())
    reader = con.sql("select distinct text from metrics where text is not null").to_arrow_reader(_ROWS_AT_A_TIME)
    chunks = []
    for batch in reader:
        parsed = [(text, _parsed(text, reference)) for text in batch.column("text").to_pylist()]
        rows = [(text, *found) for text, found in parsed if found is not None]
        columns = list(zip(*rows, strict=True)) if rows else [(), (), (), ()]
        chunks.append(
            pa.Table.from_arrays([pa.array(c, f.type) for c, f in zip(columns, _PARSED, strict=True)], schema=_PARSED)
        )
    if chunks:
        keep_table(con, "parsed_texts", pa.concat_tables(chunks))


def _parsed(text: str, reference: Reference) -> Parsed | None:
    """Parses a printed figure; a failure gives what agrees with no row, so that it costs its rows only."""
    try:
        return reference.parse(text)
    except Exception as error:
        return math.inf, None, f"(the parser fails: {type(error).__name__}: {error})"
