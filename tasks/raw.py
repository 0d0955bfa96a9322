"""Reads the kept raw page back, so that anything that was read out of it can be shown beside its lines."""

from __future__ import annotations

from tasks.opening.record import PageRecord, is_record, read_record
from tasks.repair.lines import LINE_BREAK
from tasks.staging.decode import UndecodableError, read_page
from warehouse.storage.folder import DataFolder


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
        return LINE_BREAK.split(read_page(path.read_bytes())[0])
    except (OSError, UndecodableError):
        return []


def raw_record(folder: DataFolder, document_id: str) -> PageRecord | None:
    """Gives the record of a page out of a file; None where the page is a plain text, or its bytes are gone.

    Args:
        folder: The data directory.
        document_id: The document.
    """
    path = folder.raw_of(document_id)
    try:
        data = path.read_bytes() if path else b""
        return read_record(data) if is_record(data) else None
    except (OSError, ValueError):
        return None
