"""Looks up what the warehouse knows of documents, so that a run can leave unchanged pages alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa


def document_states(path: Path, document_ids: Sequence[str]) -> dict[str, tuple[str, str, str]]:
    """Gives source_key, input_fingerprint and status of the documents that the warehouse knows.

    Args:
        path: The warehouse file, there or not.
        document_ids: Whom to look up.
    """
    if not path.is_file() or not document_ids:
        return {}
    wanted = pa.table({"document_id": pa.array(document_ids, pa.string())})
    with duckdb.connect(str(path), read_only=True) as con:
        con.register("wanted", wanted)
        rows = con.execute(
            "select document_id, source_key, input_fingerprint, status "
            "from documents semi join wanted using (document_id)"
        ).fetchall()
    return {row[0]: (row[1], row[2], row[3]) for row in rows}
