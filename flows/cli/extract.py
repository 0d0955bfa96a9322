"""The verbs `extract`: a page or lines in, JSON out; no warehouse and no Prefect."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.telling.terminal import echo, json_text


def register(app: typer.Typer) -> None:
    """Adds the verb to the command line."""
    app.command()(extract)


def extract(
    file: Annotated[str, typer.Argument(help="A page, or - for standard input.")] = "-",
    lines: Annotated[bool, typer.Option("--lines", help="Each line is one paragraph as it stands.")] = False,
    issue_date: Annotated[str | None, typer.Option(help="Day of publication, to resolve periods.")] = None,
) -> None:
    """Prints names and figures as a JSON object a paragraph.

    Example: echo 一季度工业总产值45.3亿元 | broadsheet extract --lines
    """
    from flows.cli.input import any_text, read_file, repaired_page
    from tasks.page import PageContext
    from tasks.staging.issue_date import issue_date_from_name, issue_date_from_text
    from tasks.staging.sidecar import parse_issue_date

    text, settings = (any_text(file), {}) if lines else read_file(file)
    issued = parse_issue_date(issue_date, "--issue-date", "option") if issue_date else None
    if issued is None and not lines:
        issued = issue_date_from_name(Path(file).name) or issue_date_from_text(text)
    context = PageContext(issued)
    for record in _lines(text, context) if lines else _records(repaired_page(file, text, settings), context):
        echo(json_text(record))


def _lines(text: str, context: Any) -> Iterator[dict[str, Any]]:
    """Takes each line as a page of one paragraph, so that no line lends another its subject or period."""
    from tasks.page import Article, Paragraph, RepairedPage

    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    for line in lines:
        line = line.removesuffix("\r")
        yield from _records(RepairedPage((Paragraph(1, 1, "body", line, (1,), ("given",)),), (Article(1),)), context)


def _records(page: Any, context: Any) -> Iterator[dict[str, Any]]:
    from flows.settings import settings
    from tasks.extraction.facts.reader.network import shipped_network
    from tasks.extraction.page import extract_page
    from tasks.rows import mention_rows, metric_rows

    network = shipped_network() if settings().reader == "learned" else None
    found = extract_page(page, context, network=network)
    records: dict[str, dict[str, Any]] = {}
    for paragraph in page.paragraphs:
        records[f".p{paragraph.seq:04d}"] = {"text": paragraph.text, "mentions": [], "metrics": []}
    for row in mention_rows("", page, found.mentions):
        kept = ("start_char", "end_char", "text", "type")
        records[row["paragraph_id"]]["mentions"].append({key: row[key] for key in kept})
    for row in metric_rows("", page, found.metrics):
        ids = ("metric_id", "paragraph_id", "article_id", "document_id", "subject_entity_id")
        records[row["paragraph_id"]]["metrics"].append(row | dict.fromkeys(ids))
    yield from records.values()
