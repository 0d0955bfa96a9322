"""Makes work of pages that the warehouse knows: to be read again, from the raw bytes that were kept.

What belongs here: reading a page's description back from its row. What does not: choosing the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tasks.staging.jobs import PageJob


def jobs_from_rows(rows: Iterable[Mapping[str, Any]], fingerprint_now: Callable[[str], str], why: str) -> list[PageJob]:
    """Makes jobs of pages that the warehouse knows, to be read again from the raw bytes that were kept.

    Args:
        rows: Rows of `documents` with `sha256` and `path` of the raw bytes added.
        fingerprint_now: Turns a page's fingerprint into today's.
        why: The reason.
    """
    return [
        PageJob(
            document_id=row["document_id"],
            sha256=row["sha256"],
            source_key=row["source_key"],
            source_uri=row["source_uri"],
            file_name=row["file_name"],
            path=row["path"],
            byte_size=row["byte_size"] or 0,
            metadata=_metadata_of_row(row),
            fingerprint=fingerprint_now(row["input_fingerprint"]),
            reason=why,
        )
        for row in rows
    ]


def _metadata_of_row(row: Mapping[str, Any]) -> dict[str, str]:
    found = {key: row[key] for key in ("publisher", "page_label", "page_title", "source_url") if row[key]}
    if row.get("page_number"):
        found["page_number"] = str(row["page_number"])
    if row.get("file_kind") not in (None, "text"):
        found["file_kind"] = row["file_kind"]
    issued = row["issue_date"]
    if issued and row["issue_date_source"] in ("option", "sidecar"):
        text = issued.isoformat()[: {"day": 10, "month": 7, "year": 4}[row["issue_date_precision"]]]
        found["issue_date_option" if row["issue_date_source"] == "option" else "issue_date"] = text
    return found
