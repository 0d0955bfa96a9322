"""Reads a page as the pipeline does, by its pure functions: no Prefect, no warehouse, no checks.

What belongs here: calling the stages in order. What does not: what they find.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tasks.extraction.facts.reader.network import Network, network_at, shipped_network
from tasks.extraction.page import extract_page
from tasks.learning.annotated import part_of, sister_at
from tasks.page import Extraction, PageContext, RepairedPage
from tasks.repair import SideBySideColumns, repair_page
from tasks.rows import article_rows, mention_rows, metric_rows, paragraph_rows
from tasks.staging.jobs import PageJob
from tasks.staging.stage import context_of, stage_page

Row = dict[str, Any]

WEIGHTS = "BROADSHEET_SCORED_WEIGHTS"
"""Where the weights to be scored lie (without their ending), for the processes that score; else the shipped ones."""

SISTERS = "BROADSHEET_SCORED_SISTERS"
"""Where five networks lie that each did not learn from a part of the documents: a document is read by its own."""


@dataclass(frozen=True)
class Reading:
    """What came out of one page, as rows of the tables of that name; all empty where the page was refused."""

    text: str
    issue_date: str | None = None
    articles: list[Row] = field(default_factory=list)
    paragraphs: list[Row] = field(default_factory=list)
    metrics: list[Row] = field(default_factory=list)
    mentions: list[Row] = field(default_factory=list)


def staged(path: Path) -> tuple[str, PageContext, str | None]:
    """Decodes a page and reads its issue date.

    Returns:
        Its text, what else is known of it, and the issue date as printed in `documents`.
    """
    data = path.read_bytes()
    job = PageJob("d", "", "", path.name, path.name, str(path), len(data), {}, "", "")
    row, text = stage_page(job, data)
    day = row.get("issue_date")
    return text or data.decode("utf-8", "replace"), context_of(row), str(day) if day else None


def repaired(text: str) -> RepairedPage:
    """Repairs a page; one that repair refuses has neither articles nor paragraphs."""
    try:
        return repair_page(text)
    except SideBySideColumns:
        return RepairedPage((), ())


def as_rows(text: str, issue_date: str | None, page: RepairedPage, found: Extraction) -> Reading:
    """Puts what was read of a page into rows."""
    return Reading(
        text,
        issue_date,
        list(article_rows("d", page)),
        list(paragraph_rows("d", page)),
        list(metric_rows("d", page, found.metrics)),
        list(mention_rows("d", page, found.mentions)),
    )


def read_page(path: Path, document: str = "") -> Reading:
    """Stages, repairs and extracts one page; its document's name says which of the sister networks may read it."""
    text, context, issue_date = staged(path)
    page = repaired(text)
    return as_rows(text, issue_date, page, extract_page(page, context, network=reader_for(document)))


def reader_for(document: str) -> Network | None:
    """Gives the network that may read a document, as the environment says; None where the rules alone do."""
    if os.environ.get("BROADSHEET_READER") != "learned":
        return None
    sisters = os.environ.get(SISTERS)
    if sisters:
        return _network_at(sister_at(Path(sisters), part_of(document)))
    weights = os.environ.get(WEIGHTS)
    return _network_at(Path(weights)) if weights else shipped_network()


_network_at = cache(network_at)
