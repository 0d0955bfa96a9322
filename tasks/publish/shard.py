"""Writes the tables of a shard as Parquet files into the lake; they are part of it once a manifest names them.

The rows of `documents` wait beside the shard, since the gate may still change them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq

from tasks.shard import read_arrow, read_staged
from warehouse.lake.batch import JOURNAL, journalled, parquet_of, store
from warehouse.lake.manifest import LakeFile
from warehouse.schema import DOCUMENTS, PAGE_TABLES
from warehouse.schema.arrow import arrow_table
from warehouse.storage.folder import DataFolder


def publish_shard(shard: Path, folder: DataFolder, run_id: str) -> Path:
    """Writes the Parquet files of a shard and notes them in its folder.

    Args:
        shard: The shard's folder, extracted.
        folder: The data directory.
        run_id: The run that writes.

    Returns:
        The shard's folder.
    """
    stamp = {"run_id": run_id, "loaded_at": datetime.now(UTC).replace(tzinfo=None)}
    staged = read_staged(shard)
    for row in staged:
        del row["text"]
    pq.write_table(arrow_table(DOCUMENTS, [row | stamp for row in staged]), documents_file(shard))
    made = (parquet_of(table, read_arrow(shard, table)) for table in PAGE_TABLES)
    store(folder.lake, made, shard / JOURNAL)
    return shard


def published_files(shard: Path) -> list[LakeFile]:
    """Reads which files a shard wrote into the lake.

    Args:
        shard: The shard's folder, published.
    """
    return journalled(shard / JOURNAL)


def documents_file(shard: Path) -> Path:
    """Tells where the rows of `documents` of a shard wait for what the gate says.

    Args:
        shard: The shard's folder, published.
    """
    return shard / "documents.parquet"
