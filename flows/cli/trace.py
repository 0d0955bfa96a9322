"""The verbs `trace` and `show`: from an id back to the printed page, and an article to read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.options import DataDir
from flows.telling.language import in_language
from flows.telling.terminal import counted, echo, json_text, shown

if TYPE_CHECKING:
    from warehouse.ask.trace import ArticleText, Trace
    from warehouse.storage.folder import DataFolder

_STYLES = {"PER": "green", "ORG": "magenta", "LOC": "blue", "TIME": "yellow", "figure": "bold red"}
_FACT = ("indicator", "subject", "period", "measure", "comparison", "modality", "qualifier", "confidence")
_HEADS = ("kicker", "headline", "deck")
_SURE = ("indicator", "subject", "period", "modality")


def register(app: typer.Typer) -> None:
    """Adds the verbs to the command line."""
    app.command()(trace)
    app.command()(show)


def trace(
    identity: Annotated[
        str,
        typer.Argument(metavar="WHAT", help="An id, FILE:LINE, a headline or a part of it, a name, a title, a file."),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the trace as JSON.")] = False,
    picture: Annotated[Path | None, typer.Option(help="Draw the printed page of a PDF into this file (WebP).")] = None,
    data_dir: DataDir = None,
) -> None:
    """Follows anything back to sentence, raw lines, article and file; of an article or a line, lists its figures.

    Example: broadsheet trace 000_625344e733e11c76.txt:220
    """
    from dataclasses import asdict

    from flows.settings import choose, settings
    from warehouse import connect
    from warehouse.ask.trace import trace as follow

    choose(data_dir=data_dir)
    folder = settings().folder
    with connect(folder.warehouse) as con:
        found = follow(con, identity)
    lines = _raw_lines(found, folder)
    if picture:
        _draw(found, folder, picture)
    if as_json:
        echo(json_text(asdict(found) | {"lines": lines}, indent=1))
        return
    for name, text in _trace_lines(found, lines, folder):
        echo(f"{name:10} {text}".rstrip())


def _draw(found: Trace, folder: DataFolder, file: Path) -> None:
    from flows.telling.page_picture import page_picture
    from warehouse.errors import UserError

    if found.document is None:
        raise UserError("An entity stands on many pages: trace one of its mentions to see the page.")
    try:
        file.write_bytes(page_picture(folder, found.document))
    except OSError as error:
        raise UserError(f"{file} could not be written ({error.strerror}): give another place.") from None


def _raw_lines(found: Trace, folder: DataFolder) -> list[dict[str, Any]]:
    """Reads the raw lines that the paragraph was made from, with the reason for each."""
    from tasks.raw import raw_lines, raw_record

    if found.paragraph is None:
        return []
    printed = raw_lines(folder, found.paragraph["document_id"])
    record = raw_record(folder, found.paragraph["document_id"])
    settings = record.settings if record else {}
    page = record.page if record else None
    numbers = found.paragraph["lines"]
    reasons = [*found.paragraph["line_reasons"], *[""] * len(numbers)]
    return [
        {"line": number, "text": printed[number - 1] if number <= len(printed) else None, "reason": reason}
        | ({"page": page, "box": settings[number].box} if number in settings and settings[number].box else {})
        for number, reason in zip(numbers, reasons, strict=False)
    ]


def _trace_lines(found: Trace, lines: list[dict[str, Any]], folder: DataFolder) -> list[tuple[str, str]]:
    row = found.found
    told = [] if found.kind in ("paragraph", "article", "document") else [(found.kind, _title(found))]
    if found.kind == "metric":
        told.append(("", f"{row['value']:.15g} {row['unit']}"))
        told.append(("", ", ".join(f"{name} {row[name]}" for name in _FACT if row[name] is not None)))
        sure = [f"{name} {row[f'confidence_{name}']:.0%}" for name in _SURE if row[f"confidence_{name}"] is not None]
        told += [("sure of", ", ".join(sure))] if sure else []
        told += [("doubt", doubt) for doubt in row["doubts"] or ()]
        told += _reasons_in_words(row["reasons"] or ())
        told += [("second", _opinion(read)) for read in found.second]
        told.append(("sentence", row["sentence"]))
    if found.kind == "entity":
        told += [("title", title) for title in found.titles]
        told.append(("", f"{counted(row['mention_count'], 'mention')}, {row['first_seen']} to {row['last_seen']}"))
        told += [("says", f"{_said(quote)}  {quote['paragraph_id']}  {quote['citation']}") for quote in found.quotes]
        told += [("mention", f"{m['mention_id']}  {m['text']}  {m['citation']}") for m in found.mentions]
    if found.citation:
        told.append(("printed", found.citation))
    if found.paragraph:
        told.append(("paragraph", f"{found.paragraph['paragraph_id']} ({found.paragraph['role']})"))
        told.append(("", _marked(found)))
        missing = "(the raw page is not kept here)"
        told += [
            (
                "asked" if n["line"] == found.line else "",
                f"{_place(n)}: {n['text'] if n['text'] is not None else missing}  <- {n['reason']}",
            )
            for n in lines
        ]
    told += [("figure", _figure_line(figure)) for figure in found.figures]
    if found.article:
        told.append(("article", f"{found.article['article_id']} {found.article['headline'] or ''}"))
    if found.document:
        told += _document_lines(found.document, folder)
    if found.counts:
        told.append(
            ("holds", ", ".join(counted(count, table.removesuffix("s")) for table, count in found.counts.items()))
        )
    return told


def _reasons_in_words(reasons: Iterable[str]) -> list[tuple[str, str]]:
    """Tells of each field how it was chosen, and below it what the rules that spoke read."""
    from tasks.lexicon.grammar.explained import explained

    return [
        line
        for reason in reasons
        for line in (("reason", reason), *(("", f"  {phrase}") for phrase in explained(reason)))
    ]


def _opinion(read: dict[str, Any]) -> str:
    """Tells what a second reader said of a figure."""
    theirs = ", ".join(f"{name} {read[name]}" for name in read["differing"])
    taken = f"; taken: {', '.join(read['taken'])}" if read["taken"] else ""
    dropped = f"; dropped: {'; '.join(read['dropped'])}" if read["dropped"] else ""
    return f"{read['model']}: {read['verdict']} {theirs}".rstrip() + taken + dropped


def _place(line: dict[str, Any]) -> str:
    """Names a raw line; in a PDF its page and its box as well, in points from the upper left corner."""
    if not line.get("box"):
        return f"line {line['line']}"
    left, top, right, bottom = line["box"]
    return f"page {line['page']}, line {line['line']}, box {left:g},{top:g} to {right:g},{bottom:g}"


def _said(quote: dict[str, Any]) -> str:
    return f"“{quote['quote']}”" if quote["manner"] == "direct" else str(quote["quote"])


def _figure_line(figure: dict[str, Any]) -> str:
    """Tells a figure in a line: what is printed, of what and whom, for when."""
    told = (figure["subject"], figure["indicator"], figure["period"])
    more = [figure[name] for name in ("measure", "comparison") if figure[name]]
    more += [figure["modality"]] if figure["modality"] != "actual" else []
    words = " ".join(filter(None, told))
    return f"{figure['text']}  {words} ({', '.join(more)}; {figure['confidence']:.0%})  {figure['metric_id']}"


def _title(found: Trace) -> str:
    row = found.found
    return f"{row[f'{found.kind}_id']} {row.get('name') or row['text']}"


def _marked(found: Trace) -> str:
    """Gives the paragraph, with what was traced between « and »."""
    text, row = str(found.paragraph and found.paragraph["text"]), found.found
    if "start_char" not in row:
        return text
    start, end = row["start_char"], row["end_char"]
    return f"{text[:start]}«{text[start:end]}»{text[end:]}"


def _document_lines(document: dict[str, Any], folder: DataFolder) -> list[tuple[str, str]]:
    raw = folder.raw_of(document["document_id"])
    told = [("document", f"{document['document_id']} {document['source_uri']} ({document['status']})")]
    if document["reason"]:
        told.append(("", document["reason"]))
    dated = f"{document['issue_date'] or 'undated'} ({document['issue_date_source'] or 'no source'})"
    kind = document["file_kind"] or "text"
    number = f", page {document['page_number']}" if document["page_number"] else ""
    read_as = document["encoding"] or "not decoded" if kind == "text" else f"{kind}{number}"
    told.append(("", f"{read_as}, {counted(document['line_count'] or 0, 'line')}, issue date {dated}"))
    told.append(("", f"run {document['run_id']}, pipeline {document['pipeline_version']}, {document['loaded_at']} UTC"))
    if raw:
        told.append(("raw file", str(raw)))
    return told


def show(
    what: Annotated[
        str,
        typer.Argument(metavar="WHAT", help="An id, FILE:LINE, a headline or a part of it, a name, or a title."),
    ],
    data_dir: DataDir = None,
) -> None:
    """Shows an article as text, names and figures in colour; of a name, its titles, what it says, and its articles.

    Example: broadsheet show 钢城区委书记
    """
    from rich.console import Console

    from flows.settings import choose, settings
    from warehouse import connect
    from warehouse.ask.trace import read_article
    from warehouse.ask.trace import trace as follow

    choose(data_dir=data_dir)
    console = Console(highlight=False, soft_wrap=True)
    with connect(settings().folder.warehouse) as con:
        found = follow(con, what)
        read = None if found.kind == "entity" else read_article(con, what)
    if read:
        _show_article(console, read)
    else:
        _show_entity(console, found)


def _show_article(console: Any, read: ArticleText) -> None:
    from rich.text import Text

    heads = [p for p in read.paragraphs if p["role"] in _HEADS]
    for paragraph in heads:
        console.print(_coloured(paragraph, read))
    console.print(Text(shown(read.citation), style="dim"))
    if console.is_terminal:
        console.print(Text.assemble(*((f"{name}  ", style) for name, style in _STYLES.items())))
    for paragraph in read.paragraphs:
        if paragraph not in heads:
            console.print()
            console.print(_coloured(paragraph, read))
    counts = f"{counted(len(read.mentions), 'name')}, {counted(len(read.metrics), 'figure')}"
    console.print(Text(f"\n{in_language(counts)}", style="dim"))


def _show_entity(console: Any, found: Trace) -> None:
    from rich.text import Text

    console.print(Text.assemble((shown(found.found["name"]), "bold"), "  ", shown("；".join(found.titles))))
    for quote in found.quotes:
        console.print()
        console.print(Text(shown(_said(quote))))
        console.print(Text(f"    {shown(quote['citation'])}  {quote['paragraph_id']}", style="dim"))
    heading = f"{counted(found.found['mention_count'], 'mention')}, the newest articles:"
    console.print(Text(f"\n{in_language(heading)}", style="dim"))
    for article in found.articles:
        console.print(Text.assemble("  ", shown(article["citation"]), (f"  {article['article_id']}", "dim")))


def _coloured(paragraph: dict[str, Any], read: ArticleText) -> Any:
    from rich.text import Text

    heavy = paragraph["role"] in ("kicker", "headline", "deck", "subhead")
    text = Text(shown(paragraph["text"]), style="bold" if heavy else "")
    for rows, default in ((read.mentions, None), (read.metrics, "figure")):
        for row in rows:
            if row["paragraph_id"] == paragraph["paragraph_id"]:
                text.stylize(_STYLES[default or row["type"]], row["start_char"], row["end_char"])
    return text
