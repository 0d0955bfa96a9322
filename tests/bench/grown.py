"""Makes a corpus of any size out of a small one that was read: the rows of its pages again, as those of other pages.

What belongs here: an honest short way to a warehouse of 20,000 pages, which would take half an hour to read. What the
pages of a batch cost to read does not depend on how many there are already; what planning, checking and loading cost
may, and is measured on such a warehouse. Names repeat, as they do in a newspaper; texts and figures do, too.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tasks.runs import new_run_id
from warehouse.connection import memory_database
from warehouse.lake.batch import JOURNAL, batches, commit_batch, parquet_of, store
from warehouse.lake.manifest import BatchManifest, LakeFile
from warehouse.schema import DOCUMENT_SOURCES, DOCUMENTS, PAGE_TABLES, Column, Table
from warehouse.schema.arrow import arrow_schema
from warehouse.storage.folder import DataFolder

if TYPE_CHECKING:
    import duckdb

_COPIED = (DOCUMENTS, DOCUMENT_SOURCES, *PAGE_TABLES)


def grow(folder: DataFolder, times: int) -> int:
    """Adds the pages of a lake to it again and again, a batch each time; nothing is loaded.

    Args:
        folder: The data directory; its warehouse holds what its lake does.
        times: How many times as many pages there are to be.

    Returns:
        How many pages there are then.
    """
    run_id = new_run_id()
    files = {table: _files(folder, table) for table in _COPIED}
    with memory_database() as con:
        for number in range(1, times):
            made = [_copied(con, table, paths, number) for table, paths in files.items() if paths]
            stored = store(folder.lake, made, folder.work / run_id / f"{number}" / JOURNAL)
            now = datetime.now(UTC).isoformat(timespec="seconds")
            commit_batch(folder, BatchManifest(f"{run_id}-{number:04d}", run_id, now, tuple(stored)))
        [pages] = con.execute("select count(*) from read_parquet(?)", [files[DOCUMENTS]]).fetchone() or (0,)
    return int(pages) * times


def _files(folder: DataFolder, table: Table) -> list[str]:
    return [str(folder.lake / file.path) for batch in batches(folder) for file in batch.files_of(table.name)]


def _copied(con: duckdb.DuckDBPyConnection, table: Table, paths: list[str], number: int) -> tuple[LakeFile, bytes]:
    columns = ", ".join(f"{_other(column, number)} as {column.name}" for column in table.columns)
    rows = con.sql(f"select {columns} from read_parquet(?, union_by_name = true)", params=[paths]).to_arrow_table()
    return parquet_of(table, rows.cast(arrow_schema(table)))


def _other(column: Column, number: int) -> str:
    """Writes a column as it is of the other pages: ids begin with the id of their page, sources lie elsewhere."""
    name = column.name
    if name in ("source_key", "source_uri"):
        return f"'/grown/{number}' || {name}"
    if column.type != "VARCHAR":
        return name
    other = f"'d' || substr(md5(substr({name}, 1, 21) || '{number}'), 1, 20) || substr({name}, 22)"
    return f"case when regexp_matches({name}, '^d[0-9a-f]{{20}}') then {other} else {name} end"
