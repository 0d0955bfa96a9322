"""Stages one page: keeps its raw bytes, decodes them and writes down what is known about the page."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

from expectations.characters import character_digest
from tasks.page import IssueDate, PageContext
from tasks.reading.script import script_of
from tasks.staging.decode import UndecodableError, read_page
from tasks.staging.identity import pipeline_version
from tasks.staging.issue_date import issue_date_from_name, issue_date_from_text
from tasks.staging.jobs import PageJob
from tasks.staging.sidecar import SidecarError, parse_issue_date
from tasks.staging.texts import TEXT, kind_of_undecodable, why_no_page

_MASKED = {"publisher", "page_label", "page_title", "source_url"}


def stage_page(job: PageJob, data: bytes | None) -> tuple[dict[str, Any], str | None]:
    """Turns a page's bytes into its `documents` row and its text.

    Args:
        job: What the plan says about it.
        data: Its raw bytes; None where they could not be read.

    Returns:
        The row without run_id and loaded_at, and the text; None instead of the text where it is rejected.
    """
    row: dict[str, Any] = {
        "document_id": job.document_id,
        "source_key": job.source_key,
        "source_uri": job.source_uri,
        "file_name": job.file_name,
        "byte_size": len(data) if data is not None else None,
        "status": "loaded",
        "input_fingerprint": job.fingerprint,
        "pipeline_version": pipeline_version(),
    } | {key: job.metadata.get(key) for key in _MASKED}
    number = job.metadata.get("page_number")
    kind = job.metadata.get("file_kind", TEXT)
    row |= {"file_kind": kind, "page_number": int(number) if number else None}
    problem, text = job.problem, None
    if problem is None and data is not None:
        try:
            text, said = read_page(data)
        except UndecodableError as error:
            problem = str(error)
            row["file_kind"] = kind_of_undecodable(data) if kind == TEXT else kind
        else:
            if no_page := why_no_page(text, job.file_name):
                problem = no_page.reason
                row["file_kind"] = no_page.kind if kind == TEXT else kind
            row |= {"encoding": said.get("encoding"), "char_count": len(text), "line_count": len(text.splitlines())}
            row["printed_characters"] = character_digest(text)
            row["script"] = script_of(text)
            row |= issue_date_columns(_issue_date(job, text, said.get("published")))
            row["publisher"] = row["publisher"] or said.get("publisher")
            row["source_url"] = row["source_url"] or said.get("url")
    if problem is not None or text is None:
        row |= {"status": "rejected", "reason": problem or "The page's bytes could not be read: run again."}
        text = None
    return row, text


def issue_date_columns(issued: IssueDate | None) -> dict[str, Any]:
    """Writes an issue date as the three columns of `documents`.

    Args:
        issued: The date; None where nobody knows it.
    """
    if issued is None:
        return {"issue_date": None, "issue_date_precision": None, "issue_date_source": None}
    return {
        "issue_date": issued.day,
        "issue_date_precision": issued.precision,
        "issue_date_source": issued.source,
    }


def context_of(row: dict[str, Any]) -> PageContext:
    """Reads back from a `documents` row what is known about the page besides its text.

    Args:
        row: The row.
    """
    day = row.get("issue_date")
    issued = None
    if isinstance(day, date):
        issued = IssueDate(day, str(row["issue_date_precision"]), str(row["issue_date_source"]))
    return PageContext(
        issued, row.get("publisher"), row.get("page_label"), row.get("page_title"), row.get("source_url")
    )


def _issue_date(job: PageJob, text: str, published: str | None = None) -> IssueDate | None:
    where = job.source_uri
    if given := job.metadata.get("issue_date_option"):
        return parse_issue_date(given, where, "option")
    if given := job.metadata.get("issue_date"):
        return parse_issue_date(given, where, "sidecar")
    if found := issue_date_from_name(job.file_name):
        return found
    if published:
        with suppress(SidecarError):
            return parse_issue_date(published[:10], where, "text")
    return issue_date_from_text(text)
