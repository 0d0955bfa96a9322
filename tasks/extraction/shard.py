"""Takes the pages of a shard through extraction: articles and paragraphs in, names and figures out.

Dictionaries, patterns and models are imported when there is a page to read: a run that finds nothing new needs none.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.findings import finding_rows, findings_from_rows
from tasks.shard import NOT_THE_PAGE, Row, read_staged, rows_by_document, said_of, write_rows, write_staged
from warehouse.schema import ARTICLES, DOCUMENT_ENTITIES, FINDINGS, MENTIONS, METRICS, PARAGRAPHS

if TYPE_CHECKING:
    from tasks.extraction.names.own_names import OwnNames


def extract_shard(shard: Path, names_file: Path | None, reader: str = "learned") -> Path:
    """Reads names and figures out of the pages of a shard; a page that can't be read is marked as rejected.

    Args:
        shard: The shard's folder, repaired.
        names_file: The user's own names.
        reader: `learned`, or `rules` for the rules alone.

    Returns:
        The shard's folder.
    """
    from tasks.extraction.facts.reader.network import shipped_network
    from tasks.extraction.page import extract_page
    from tasks.rows import entity_rows, mention_rows, metric_rows, page_from_rows
    from tasks.staging.stage import context_of

    articles, paragraphs = rows_by_document(shard, ARTICLES), rows_by_document(shard, PARAGRAPHS)
    noticed = rows_by_document(shard, FINDINGS)
    mentions: list[Row] = []
    entities: list[Row] = []
    metrics: list[Row] = []
    findings: list[Row] = []
    failed: dict[str, str] = {}
    staged, own_names = read_staged(shard), _own_names(names_file)
    network = shipped_network() if reader == "learned" else None
    for row in staged:
        document_id = row["document_id"]
        try:
            before = noticed.get(document_id, [])
            parts = articles.get(document_id, ()), paragraphs.get(document_id, ())
            page = page_from_rows(*parts, findings_from_rows(before))
            found = extract_page(page, context_of(row), own_names, network)
            own = (
                list(mention_rows(document_id, page, found.mentions)),
                list(entity_rows(document_id, found.mentions, found.metrics)),
                list(metric_rows(document_id, page, found.metrics)),
                [*before, *finding_rows(document_id, found.findings, "extract", page)],
            )
        except NOT_THE_PAGE:
            raise
        except Exception as error:
            failed[document_id] = said_of(error)
            continue
        mentions += own[0]
        entities += own[1]
        metrics += own[2]
        findings += own[3]
    if failed:
        _reject(shard, staged, failed, articles, paragraphs)
    write_rows(shard, MENTIONS, mentions)
    write_rows(shard, DOCUMENT_ENTITIES, entities)
    write_rows(shard, METRICS, metrics)
    write_rows(shard, FINDINGS, findings)
    return shard


def _reject(
    shard: Path,
    staged: list[Row],
    failed: Mapping[str, str],
    articles: Mapping[str, list[Row]],
    paragraphs: Mapping[str, list[Row]],
) -> None:
    """Marks pages as rejected and takes back what repair wrote of them: only loaded pages have rows."""
    for row in staged:
        if row["document_id"] in failed:
            row |= {"status": "rejected", "reason": failed[row["document_id"]], "text": None}
    write_staged(shard, staged, [row.pop("text") for row in staged])
    for table, by_document in ((ARTICLES, articles), (PARAGRAPHS, paragraphs)):
        kept = (rows for document_id, rows in by_document.items() if document_id not in failed)
        write_rows(shard, table, chain.from_iterable(kept))


@cache
def _own_names(path: Path | None) -> OwnNames | None:
    from tasks.extraction.names.own_names import read_own_names

    return read_own_names(path) if path else None
