"""The verb `search`: full text over paragraphs and headlines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.options import Bom, DataDir, Format, Output, Since, Until
from flows.terminal import echo, shown

if TYPE_CHECKING:
    import pyarrow as pa

    from warehouse.search import Question

_AROUND = 40
"""Characters shown before the first hit of a paragraph, and three times as many after it."""


def register(app: typer.Typer) -> None:
    """Adds the verb to the command line."""
    app.command()(search)


def search(
    words: Annotated[list[str], typer.Argument(help="Words; each is looked for as it stands.")],
    region: Annotated[str | None, typer.Option(help="Articles that name this division or a place in it.")] = None,
    since: Since = None,
    until: Until = None,
    publisher: Annotated[str | None, typer.Option(help="The newspaper.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Hits wanted.")] = 20,
    form: Format = None,
    output: Output = None,
    bom: Bom = False,
    data_dir: DataDir = None,
) -> None:
    """Finds paragraphs and headlines, best first, with the hits marked.

    Example: broadsheet search 冷链物流 --region 济南市 --since 2023
    """
    from flows.cli.days import days_between
    from flows.settings import choose, settings
    from warehouse import connect
    from warehouse.search import Question
    from warehouse.search import search as find

    choose(data_dir=data_dir)
    text = " ".join(words)
    first, last = days_between(since, until)
    question = Question(text, region, publisher, first, last, limit)
    with connect(settings().folder.warehouse) as con:
        hits = find(con, question)
    if form or output:
        from flows.cli.render import Rows, write_rows

        write_rows(Rows(hits.schema, hits.to_batches()), form, output, bom=bom)
    else:
        _show(hits, question)


def _show(hits: pa.Table, question: Question) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    if not hits.num_rows:
        limits = (question.region, question.publisher, question.since, question.until)
        where = "within these limits" if any(limits) else "in the warehouse"
        echo(f"Nothing {where} holds {question.text}: try fewer or other words.", err=True)
        return
    for hit in hits.to_pylist():
        head = Text(f"{hit['rank']:>3}. ")
        head.append(shown(hit["citation"] or ""), style="bold")
        head.append(f"  {hit['article_id'] or hit['paragraph_id']}", style="dim")
        console.print(head)
        console.print(Text("     ").append_text(_snippet(shown(hit["text"]), question.text, console.is_terminal)))


def _snippet(text: str, question: str, coloured: bool) -> Any:
    """Cuts the part of a paragraph around its first hit, the hits marked: in colour, or between « and »."""
    from rich.text import Text

    from warehouse.search import hit_spans

    spans = hit_spans(text, question)
    start = max(0, (spans[0][0] if spans else 0) - _AROUND)
    end = min(len(text), start + 4 * _AROUND)
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
