"""Reads the kept raw page back, so that anything that was read out of it can be shown beside its lines."""

from __future__ import annotations

from tasks.repair.lines import LINE_BREAK
from tasks.staging.decode import UndecodableError, decode_page
from warehouse.lake import DataFolder


def raw_lines(folder: DataFolder, document_id: str) -> list[str]:
    """Gives the raw lines of a document in their order; none where its bytes are gone or no text.

    Args:
        folder: The data directory.
        document_id: The document.
    """
    path = folder.raw_of(document_id)
    if path is None:
        return []
    try:
        return LINE_BREAK.split(decode_page(path.read_bytes()).text)
    except (OSError, UndecodableError):
        return []
