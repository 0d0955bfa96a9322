"""The verb `search`: full text over paragraphs and headlines."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.options import Bom, Checked, DataDir, Format, Output, Since, Until
from flows.telling.language import in_language
from flows.telling.terminal import echo, shown

if TYPE_CHECKING:
    import pyarrow as pa

    from warehouse.search.asking import Question

_PARAGRAPHS = 10
"""Paragraphs asked for, for each article wanted."""
_SNIPPETS = 3
_AROUND = 40
"""Characters shown before the first hit of a paragraph, and three times as many after it."""


def register(app: typer.Typer) -> None:
    """Adds the verb to the command line."""
    app.command()(search)


def search(
    words: Annotated[list[str], typer.Argument(help='Words; "words in quotation marks" stand so in the text.')],
    region: Annotated[str | None, typer.Option(help="Articles that name this division or a place in it.")] = None,
    since: Since = None,
    until: Until = None,
    publisher: Annotated[str | None, typer.Option(help="The newspaper.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Hits wanted.")] = 20,
    form: Format = None,
    output: Output = None,
    bom: Bom = False,
    checked: Checked = False,
    data_dir: DataDir = None,
) -> None:
    """Finds articles by any words in their text and headlines, best first, with the hits marked; files hold paragraphs.

    Example: broadsheet search 冷链物流 --region 济南市 --since 2023
    """
    from flows.cli.days import days_between
    from flows.settings import choose, settings
    from warehouse import connect
    from warehouse.search.asking import Question
    from warehouse.search.asking import search as find

    choose(data_dir=data_dir)
    text = " ".join(words)
    first, last = days_between(since, until)
    as_rows = bool(form or output)
    question = Question(text, region, publisher, first, last, limit if as_rows else limit * _PARAGRAPHS, checked)
    with connect(settings().folder.warehouse, checked=checked) as con:
        hits = find(con, question)
    if as_rows:
        from flows.cli.render import Rows, write_rows

        write_rows(Rows(hits.schema, hits.to_batches()), form, output, bom=bom)
    else:
        _show(hits, question, limit)


def _show(hits: pa.Table, question: Question, limit: int) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    if not hits.num_rows:
        limits = (question.region, question.publisher, question.since, question.until)
        where = "within these limits" if any(limits) else "in the warehouse"
        echo(f"Nothing {where} holds {question.text}: try fewer or other words.", err=True)
        return
    for rank, (found, paragraphs) in enumerate(islice(by_article(hits.to_pylist()).items(), limit), start=1):
        head = Text(f"{rank:>3}. ")
        head.append(shown(paragraphs[0]["citation"] or ""), style="bold")
        head.append(f"  {found}", style="dim")
        console.print(head)
        for hit in paragraphs[:_SNIPPETS]:
            console.print(Text("     ").append_text(_snippet(shown(hit["text"]), question.text, console.is_terminal)))
        if len(paragraphs) > _SNIPPETS:
            console.print(Text(in_language(f"     … {len(paragraphs) - _SNIPPETS} more"), style="dim"))


def by_article(hits: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Puts the hits of an article together, articles in the order of their best hit, a headline after text.

    Args:
        hits: Paragraphs, best first.
    """
    grouped: dict[str, list[dict[str, Any]]] = {}
    for hit in hits:
        grouped.setdefault(hit["article_id"] or hit["paragraph_id"], []).append(hit)
    return {found: sorted(some, key=lambda hit: hit["role"] == "headline") for found, some in grouped.items()}


def _snippet(text: str, question: str, coloured: bool) -> Any:
    """Cuts the part of a paragraph around its first hit, the hits marked: in colour, or between « and »."""
    from rich.text import Text

    from flows.telling.excerpts import excerpt
    from warehouse.search.asking import hit_spans

    spans = hit_spans(text, question)
    hit = spans[0] if spans else (0, 0)
    start, end = excerpt(text, *hit, _AROUND)[0], excerpt(text, *hit, 3 * _AROUND)[1]
    cut = Text("…" if start else "")
    here = start
    for first, last in spans:
        if last > end:
            break
        cut.append(text[here:first])
        cut.append(text[first:last] if coloured else f"«{text[first:last]}»", style="bold red")
        here = last
    cut.append(text[here:end])
    return cut.append("…" if end < len(text) else "")
