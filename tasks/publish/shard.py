"""Writes the tables of a shard as Parquet files into the lake; they are part of it once a manifest names them."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tasks.shard import read_arrow, read_staged
from warehouse.arrow import arrow_table
from warehouse.lake import DataFolder, LakeFile, write_parquet
from warehouse.schema import DOCUMENTS, PAGE_TABLES


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
    files = [write_parquet(folder.lake, DOCUMENTS, arrow_table(DOCUMENTS, [row | stamp for row in staged]))]
    files += [write_parquet(folder.lake, table, read_arrow(shard, table)) for table in PAGE_TABLES]
    (shard / "files.json").write_text(json.dumps([asdict(f) for f in files]), "utf-8")
    return shard


def published_files(shard: Path) -> list[LakeFile]:
    """Reads which files a shard wrote into the lake."""
    return [LakeFile(**raw) for raw in json.loads((shard / "files.json").read_text("utf-8"))]
