"""Takes the pages of a shard through staging: raw bytes in, decoded text and document rows out."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from tasks.opening.record import is_record
from tasks.shard import NOT_THE_PAGE, keep_record, read_jobs, said_of, write_staged
from tasks.staging.jobs import PageJob
from warehouse.storage.folder import DataFolder
from warehouse.storage.given import MOST_PAGE_BYTES, UnusableFileError, read_given

_CHANGED = "The file changed or vanished while the run read it: run again."


def stage_shard(shard: Path, folder: DataFolder) -> Path:
    """Reads, keeps and decodes the pages of a shard.

    Args:
        shard: The shard's folder.
        folder: The data directory, where the raw bytes are kept.

    Returns:
        The shard's folder.
    """
    from tasks.staging.stage import stage_page  # slow: it reads days, as printed pages write them

    rows, texts = [], []
    for job in read_jobs(shard):
        job, data = _read(job)
        if data is not None:
            folder.keep_raw(job.sha256, data)
        try:
            row, text = stage_page(job, data)
        except NOT_THE_PAGE:
            raise
        except Exception as error:
            row, text = stage_page(replace(job, problem=said_of(error)), None)
        if text is not None and data is not None and is_record(data):
            keep_record(shard, job.document_id, data)
        rows.append(row)
        texts.append(text)
    write_staged(shard, rows, texts)
    return shard


def _read(job: PageJob) -> tuple[PageJob, bytes | None]:
    if not job.sha256:
        return job, None
    try:
        data = read_given(Path(job.path), MOST_PAGE_BYTES)
    except (OSError, UnusableFileError):
        return replace(job, problem=_CHANGED, fingerprint="unread"), None
    if hashlib.sha256(data).hexdigest() != job.sha256:
        return replace(job, problem=_CHANGED, fingerprint="unread"), None
    return job, data
