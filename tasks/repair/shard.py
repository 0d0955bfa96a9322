"""Takes the pages of a shard through repair: staged text in, articles and paragraphs out."""

from __future__ import annotations

from pathlib import Path

from tasks.findings import finding_rows
from tasks.page import RepairedPage
from tasks.shard import NOT_THE_PAGE, Row, read_staged, said_of, settings_of_page, write_rows, write_staged
from warehouse.schema import ARTICLES, FINDINGS, PARAGRAPHS


def repair_shard(shard: Path) -> Path:
    """Repairs the pages of a shard; a page that can't be repaired is marked as rejected, with the reason.

    Args:
        shard: The shard's folder, staged.

    Returns:
        The shard's folder.
    """
    from tasks.repair import SideBySideColumns, repair_page  # only where there is a page to repair
    from tasks.rows import article_rows, paragraph_rows

    staged = read_staged(shard)
    texts = [row.pop("text") for row in staged]
    pages: dict[str, RepairedPage] = {}
    paragraphs: list[Row] = []
    for n, (row, text) in enumerate(zip(staged, texts, strict=True)):
        if text is None:
            continue
        try:
            page = repair_page(text, settings_of_page(shard, row["document_id"]))
            own = list(paragraph_rows(row["document_id"], page))
        except NOT_THE_PAGE:
            raise
        except Exception as error:
            reason = str(error) if isinstance(error, SideBySideColumns) else said_of(error)
            row |= {"status": "rejected", "reason": reason}
            texts[n] = None
            continue
        pages[row["document_id"]] = page
        paragraphs += own
    articles = [row for name, page in pages.items() for row in article_rows(name, page)]
    findings = [row for name, page in pages.items() for row in finding_rows(name, page.findings, "repair", page)]
    write_staged(shard, staged, texts)
    write_rows(shard, ARTICLES, articles)
    write_rows(shard, PARAGRAPHS, paragraphs)
    write_rows(shard, FINDINGS, findings)
    return shard
