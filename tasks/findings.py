"""Makes what the stages noticed about a page into rows of `findings`, in words that a person can act on.

What belongs here: the rows and their wording (`tasks/lexicon/findings.csv`). What does not: noticing anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from tasks.lexicon import read_table
from tasks.page import Finding, RepairedPage

Row = dict[str, Any]


def finding_rows(document_id: str, findings: Iterable[Finding], stage: str, page: RepairedPage) -> Iterator[Row]:
    """Gives a row for each finding of a stage.

    Args:
        document_id: Id of the page.
        findings: What the stage noticed, in its order.
        stage: Its name: stage, repair or extract.
        page: The repaired page, for the raw lines of its paragraphs.
    """
    first_line = {p.seq: p.lines[0] for p in page.paragraphs if p.lines}
    for number, finding in enumerate(findings, 1):
        words = wording()[finding.code]
        yield {
            "finding_id": f"{document_id}.{stage[0]}{number:04d}",
            "document_id": document_id,
            "line": _line(finding.where, first_line),
            "stage": stage,
            "code": finding.code,
            "level": finding.level,
            "message": words["message"],
            "what_to_do": words["what_to_do"],
            "excerpt": finding.excerpt or None,
        }


def findings_from_rows(rows: Iterable[Row]) -> tuple[Finding, ...]:
    """Reads findings back from their rows.

    Args:
        rows: Rows of `findings` of one document.
    """
    return tuple(
        Finding(row["level"], row["code"], f"line {row['line']}" if row["line"] else "", row["excerpt"] or "")
        for row in rows
    )


@cache
def wording() -> dict[str, dict[str, str]]:
    """Gives for each code what is said about it: message and what to do, in two languages."""
    return {row["code"]: row for row in read_table("findings")}


def _line(where: str, first_line: dict[int, int]) -> int | None:
    """Reads the raw line of a place.

    >>> _line("line 165", {}), _line("paragraph 7", {7: 31}), _line("", {})
    (165, 31, None)
    """
    kind, _, number = where.partition(" ")
    if not number.isdecimal():
        return None
    return int(number) if kind == "line" else first_line.get(int(number))
