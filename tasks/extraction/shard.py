"""Takes the pages of a shard through extraction: articles and paragraphs in, names and figures out."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tasks.extraction.names.own_names import OwnNames, read_own_names
from tasks.extraction.page import extract_page
from tasks.rows import entity_rows, mention_rows, metric_rows, page_from_rows
from tasks.shard import Row, read_staged, rows_by_document, write_rows
from tasks.staging.stage import context_of
from warehouse.schema import ARTICLES, DOCUMENT_ENTITIES, MENTIONS, METRICS, PARAGRAPHS


def extract_shard(shard: Path, names_file: Path | None) -> Path:
    """Reads names and figures out of the pages of a shard.

    Args:
        shard: The shard's folder, repaired.
        names_file: The user's own names.

    Returns:
        The shard's folder.
    """
    articles, paragraphs = rows_by_document(shard, ARTICLES), rows_by_document(shard, PARAGRAPHS)
    mentions: list[Row] = []
    entities: list[Row] = []
    metrics: list[Row] = []
    for row in read_staged(shard):
        document_id = row["document_id"]
        page = page_from_rows(articles.get(document_id, ()), paragraphs.get(document_id, ()))
        found = extract_page(page, context_of(row), _own_names(names_file))
        mentions.extend(mention_rows(document_id, page, found.mentions))
        entities.extend(entity_rows(document_id, found.mentions, found.metrics))
        metrics.extend(metric_rows(document_id, page, found.metrics))
    write_rows(shard, MENTIONS, mentions)
    write_rows(shard, DOCUMENT_ENTITIES, entities)
    write_rows(shard, METRICS, metrics)
    return shard


@cache
def _own_names(path: Path | None) -> OwnNames | None:
    return read_own_names(path) if path else None
