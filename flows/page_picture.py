"""Draws the printed page of a document that came out of a PDF, as the file lies where it was loaded from."""

from __future__ import annotations

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tasks.opening.opener import Opener
from tasks.raw import raw_record
from warehouse.errors import UserError
from warehouse.given import open_given
from warehouse.lake import DataFolder


def page_picture(folder: DataFolder, document: dict[str, Any]) -> bytes:
    """Draws a document's page as WebP of at most 1.5 MB and 4 million pixels.

    Args:
        folder: The data directory.
        document: Its row of `documents`.

    Raises:
        UserError: It is no page of a PDF, or the file is gone or another one now.
    """
    record = raw_record(folder, document["document_id"])
    if record is None or record.kind != "pdf" or record.page is None:
        raise UserError(f"{document['document_id']} is no page of a PDF: only such a page has a picture.")
    path = Path(document["source_key"].split("#")[0])
    if not path.is_file() or _sha256(path) != record.file:
        raise UserError(f"{path} is gone, or holds another file than the one that was loaded: put that one back.")
    with TemporaryDirectory() as place, Opener() as opener:
        for found in opener.open(path, "picture", str(record.page), Path(place)):
            if found.data is not None:
                return found.data
            raise UserError(f"{path}: {found.problem}")
    raise UserError(f"{path}: page {record.page} could not be drawn.")


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with open_given(path) as handle:
        while chunk := handle.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
