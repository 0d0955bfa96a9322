"""The verb `repair`: a page in, its paragraphs and articles out; no warehouse and no Prefect."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.telling.terminal import echo, json_text

if TYPE_CHECKING:
    from tasks.page import RepairedPage


def register(app: typer.Typer) -> None:
    """Adds the verb to the command line."""
    app.command()(repair)


def repair(
    file: Annotated[str, typer.Argument(help="A page, or - for standard input.")] = "-",
    as_json: Annotated[bool, typer.Option("--json", help="A JSON object a paragraph, with lines and reasons.")] = False,
    reasons: Annotated[
        bool, typer.Option("--reasons", help="Say of each raw line why it starts here or was joined.")
    ] = False,
) -> None:
    """Prints the repaired page: paragraphs whole, articles apart, headlines where they belong.

    Example: broadsheet repair seeds/000_625344e733e11c76.txt
    """
    from flows.cli.input import read_file, repaired_page

    page = repaired_page(file, *read_file(file))
    for line in (_json_lines if as_json else _text_lines)(page, reasons):
        echo(line)


def _json_lines(page: RepairedPage, _: bool) -> Iterator[str]:
    headlines = {article.seq: article.headline for article in page.articles}
    for p in page.paragraphs:
        record: dict[str, Any] = {"article": p.article, "headline": headlines.get(p.article or 0), "role": p.role}
        record |= {"text": p.text, "lines": p.lines, "line_reasons": p.line_reasons}
        yield json_text(record)


def _text_lines(page: RepairedPage, reasons: bool) -> Iterator[str]:
    """Writes article after article, the display lines first and the body as whole paragraphs."""
    for article in (*page.articles, None):
        own = [p for p in page.paragraphs if p.article == (article.seq if article else None)]
        if not own:
            continue
        yield f"== {article.seq} ==" if article else "== furniture =="
        for p in own:
            yield f"[{p.role}] {p.text}"
            if reasons:
                yield from (f"    {n:>5}  {why}" for n, why in zip(p.lines, p.line_reasons, strict=True))
        yield ""
