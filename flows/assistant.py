"""A read-only server for AI assistants over the Model Context Protocol: the questions that the command line answers.

What belongs here: the tools, and what every answer carries: where it was printed, how sure it is, what nobody checked.
What does not: how answers are found (`warehouse/`). Free SQL goes through the same sandbox, in a process of its own
with the same limits, as `broadsheet query`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa

from warehouse import connect
from warehouse.ask.figures import Wanted, find_figures
from warehouse.ask.query_process import QueryProcess
from warehouse.ask.trace import read_article, trace
from warehouse.errors import UserError
from warehouse.schema.dictionary import described, entries
from warehouse.search.asking import Question, search
from warehouse.storage.folder import DataFolder

INSTRUCTIONS = (
    "Articles, names and figures of Chinese newspaper pages, read by a machine. Every answer names its source "
    "(newspaper, day, page, file and line) and how sure the reading is (confidence, 0 to 1). Quote the sentence as it "
    "is printed, with the source; say of figures below 0.8 that they are unsure, and of status machine that no person "
    "has checked them."
)
NOT_CHECKED = (
    "Read by a machine from the printed text; confidence is the share of such readings that proved right. Whether what "
    "the newspaper printed is true was not checked. Only figures with status accepted, corrected or added were looked "
    "at by a person."
)
_MEMORY, _SECONDS, _MOST_ROWS = "1GB", 60.0, 200


def tools(folder: DataFolder, only_checked: bool = False) -> dict[str, Callable[..., dict[str, Any]]]:
    """Gives the functions that the server offers, by name; their docstrings tell an assistant what they do.

    Args:
        folder: The data directory.
        only_checked: Show no figure that no person checked, whatever is asked.
    """

    def search_articles(text: str, region: str | None = None, limit: int = 10, checked: bool = False) -> dict[str, Any]:
        """Finds paragraphs that hold words; "words in quotation marks" stand so. checked: with checked figures only."""
        with connect(folder.warehouse) as con:
            question = Question(text, region or None, limit=min(limit, _MOST_ROWS), checked=checked)
            hits = search(con, question).to_pylist()
            for hit in hits:
                hit["place"] = _places(con, hit["paragraph_id"])
        return _answer(hits)

    def figures(
        words: list[str],
        region: str = "",
        period: str = "",
        modality: str = "",
        confidence: float = 0.0,
        limit: int = 50,
        checked: bool = False,
    ) -> dict[str, Any]:
        """Lists figures about words, with sentence, source, line, confidence. modality: actual, target, planned.

        checked: only those that a person checked.
        """
        wanted = Wanted(words, region, period, modality, confidence, limit=min(limit, _MOST_ROWS))
        with connect(folder.warehouse, checked=checked or only_checked) as con:
            rows = find_figures(con, wanted).to_pylist()
        for row in rows:
            row["place"] = f"{row.pop('source_uri')}:{(row.pop('lines') or [0])[0]}"
        return _answer(rows)

    def query(sql: str, parameters: dict[str, str] | None = None, checked: bool = False) -> dict[str, Any]:
        """Asks one SELECT of DuckDB, or a saved query or view by name; `schema` tells tables and columns.

        checked: every table and view shows only the figures that a person checked.
        """
        with QueryProcess() as asked:
            answer = asked.ask(
                folder.warehouse,
                sql,
                parameters or {},
                memory_limit=_MEMORY,
                timeout=_SECONDS,
                checked=checked or only_checked,
            )
            rows: list[dict[str, Any]] = []
            for batch in answer.batches:
                rows += pa.Table.from_batches([batch]).to_pylist()
                if len(rows) > _MOST_ROWS:
                    break
        more = len(rows) > _MOST_ROWS
        return _answer(rows[:_MOST_ROWS]) | ({"note": f"the first {_MOST_ROWS} rows of more"} if more else {})

    def show(what: str, checked: bool = False) -> dict[str, Any]:
        """Reads an article by id, FILE:LINE or headline; of a name or a title tells who that is and what he says.

        checked: of its figures only those that a person checked.
        """
        with connect(folder.warehouse, checked=checked or only_checked) as con:
            found = trace(con, what)
            if found.kind == "entity":
                return _answer([found.found], titles=found.titles, quotes=found.quotes, articles=found.articles)
            read = read_article(con, what)
            place = {p["paragraph_id"]: _places(con, p["paragraph_id"]) for p in read.paragraphs}
        text = [{"role": p["role"], "text": p["text"], "place": place[p["paragraph_id"]]} for p in read.paragraphs]
        return _answer(text, citation=read.citation, figures=[_told(m, place) for m in read.metrics])

    def trace_back(what: str) -> dict[str, Any]:
        """Follows an id, FILE:LINE, a headline or a name back to sentence, lines, article and file."""
        with connect(folder.warehouse, checked=only_checked) as con:
            found = trace(con, what)
            lines = found.paragraph["lines"] if found.paragraph else []
        file = found.document["source_uri"] if found.document else None
        return _answer(
            [found.found], kind=found.kind, citation=found.citation, file=file, lines=lines, figures=found.figures
        )

    def schema(name: str = "") -> dict[str, Any]:
        """Names the tables and views, or the columns of one, in Chinese and English."""
        if not name:
            return {"tables": [{"name": e.name, "kind": e.kind, "zh": e.zh, "en": e.en} for e in entries()]}
        entry = described(name)
        columns = [{"name": c.name, "type": c.type, "zh": c.zh, "en": c.en} for c in entry.columns]
        return {"name": entry.name, "zh": entry.zh, "en": entry.en, "columns": columns}

    return {
        "search": search_articles,
        "figures": figures,
        "query": query,
        "show": show,
        "trace": trace_back,
        "schema": schema,
    }


def serve(folder: DataFolder, only_checked: bool = False) -> None:
    """Answers an assistant through standard input and output until it hangs up.

    Args:
        folder: The data directory.
        only_checked: Show no figure that no person checked.

    Raises:
        UserError: The package `mcp` is not installed.
    """
    try:
        from mcp.server import MCPServer
        from mcp.types import ToolAnnotations
    except ImportError:
        raise UserError(
            "`broadsheet mcp` needs the package mcp, version 2 or newer: pip install 'broadsheet[mcp]'."
        ) from None
    server = MCPServer("broadsheet", instructions=INSTRUCTIONS)
    for name, function in tools(folder, only_checked).items():
        server.tool(name=name, annotations=ToolAnnotations(read_only_hint=True))(_said(function))
    server.run("stdio")


def _said(function: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Gives what a user can cause as a sentence in the answer, for an assistant to mend its question by."""
    from functools import wraps

    @wraps(function)
    def answered(*given: Any, **named: Any) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = _plain(function(*given, **named))
            return answer
        except UserError as error:
            return {"error": str(error)}

    return answered


def _answer(rows: list[Any], **more: Any) -> dict[str, Any]:
    return {"rows": rows, **more, "not_checked": NOT_CHECKED}


def _told(metric: Mapping[str, Any], place: Mapping[str, str]) -> dict[str, Any]:
    names = ("text", "subject", "indicator", "period", "measure", "modality", "sentence", "confidence", "metric_id")
    return {name: metric[name] for name in names} | {"place": place.get(metric["paragraph_id"], "")}


def _places(con: Any, paragraph_id: str) -> str:
    row = con.execute(
        "select d.source_uri, p.lines from paragraphs p join documents d using (document_id) where p.paragraph_id = ?",
        [paragraph_id],
    ).fetchone()
    return f"{row[0]}:{(row[1] or [0])[0]}" if row else ""


def _plain(value: Any) -> Any:
    """Gives a value as JSON can hold it."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
