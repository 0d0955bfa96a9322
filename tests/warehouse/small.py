"""A warehouse of two newspapers' pages, small enough to know every row of it by heart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from warehouse.schema import TABLES
from warehouse.schema.arrow import arrow_table
from warehouse.schema.ddl import schema_sql
from warehouse.schema.views import create_views
from warehouse.search.index import index_documents

Row = dict[str, Any]

DIVISIONS = [
    ("370000", "山东省", "山东省", "province", None),
    ("370100", "济南市", "山东省济南市", "city", "370000"),
    ("370102", "历下区", "山东省济南市历下区", "county", "370100"),
    ("370104", "槐荫区", "山东省济南市槐荫区", "county", "370100"),
    ("110000", "北京市", "北京市", "province", None),
    ("110101", "东城区", "北京市东城区", "county", "110000"),
]

_DOCUMENT: Row = {
    "source_key": "/p/1.txt",
    "source_uri": "p/1.txt",
    "file_name": "1.txt",
    "publisher": "济南日报",
    "page_label": "03版",
    "issue_date": date(2023, 4, 24),
    "issue_date_precision": "day",
    "issue_date_source": "option",
    "status": "loaded",
    "input_fingerprint": "f",
    "pipeline_version": "1",
    "run_id": "r1",
    "loaded_at": datetime(2026, 11, 21, 2, 0),
}
_METRIC: Row = {
    "start_char": 0,
    "end_char": 1,
    "text": "1",
    "dimension": "money",
    "measure": "level",
    "modality": "actual",
    "sentence": "",
    "confidence": 0.9,
}
QUARTER: Row = {"period": "一季度", "period_start": date(2023, 1, 1), "period_end": date(2023, 3, 31)}
HUAIYIN: Row = {"subject": "槐荫区", "subject_entity_id": "370104", "region_adcode": "370104"}
LIXIA: Row = {"subject": "历下区", "subject_entity_id": "370102", "region_adcode": "370102"}


def document(document_id: str, **more: Any) -> Row:
    """A page."""
    return _DOCUMENT | {"document_id": document_id, "source_key": f"/p/{document_id}"} | more


def article(article_id: str, headline: str, **more: Any) -> Row:
    """An article; its page is the part of the id before the dot."""
    own: Row = {"document_id": article_id.split(".")[0], "seq": int(article_id[-1]), "headline": headline}
    return {"article_id": article_id, "deck": [], "authors": [], "paragraph_count": 1, "char_count": 9} | own | more


def paragraph(paragraph_id: str, text: str, article_id: str | None = None, **more: Any) -> Row:
    """A paragraph; its page is the part of the id before the dot."""
    own: Row = {"paragraph_id": paragraph_id, "document_id": paragraph_id.split(".")[0], "text": text}
    own |= {"article_id": article_id, "seq": int(paragraph_id[-1]), "role": "body"}
    return own | {"lines": [1], "line_reasons": ["first line"]} | more


def metric(paragraph_id: str, text: str, value: float, unit: str, **more: Any) -> Row:
    """A figure in a paragraph of the page's first article, unless said otherwise."""
    page = paragraph_id.split(".")[0]
    own = {"metric_id": f"{paragraph_id}:{text}", "paragraph_id": paragraph_id, "document_id": page}
    return _METRIC | own | {"article_id": f"{page}.a1", "text": text, "value": value, "unit": unit} | more


def mention(paragraph_id: str, text: str, kind: str, entity_id: str, article_id: str) -> Row:
    """A name in a paragraph."""
    page = paragraph_id.split(".")[0]
    return {
        "mention_id": f"{paragraph_id}:{text}",
        "paragraph_id": paragraph_id,
        "article_id": article_id,
        "document_id": page,
        "start_char": 0,
        "end_char": len(text),
        "text": text,
        "type": kind,
        "entity_id": entity_id,
    }


def insert(con: duckdb.DuckDBPyConnection, rows: Mapping[str, Iterable[Row]]) -> None:
    """Puts rows into the declared tables."""
    for table in TABLES:
        if table.name in rows:
            con.register("given", arrow_table(table, rows[table.name]))
            con.execute(f"insert into {table.name} by name select * from given")
            con.unregister("given")


def open_empty(path: Path | None = None) -> duckdb.DuckDBPyConnection:
    """An empty warehouse, in memory or in a file of the portable format."""
    con = duckdb.connect(":memory:")
    if path:
        con.execute(f"attach '{path}' as w (storage_version 'v1.4.0')")
        con.execute("use w")
    for statement in schema_sql():
        con.execute(statement)
    create_views(con)
    names = ("adcode", "name", "full_name", "level", "parent_adcode")
    insert(con, {"divisions": [dict(zip(names, row, strict=True)) for row in DIVISIONS]})
    return con


def build(path: Path) -> Path:
    """Writes the small warehouse to a file."""
    with open_empty(path) as con:
        insert(con, small_rows())
        index_documents(con)
    return path


def small_rows() -> dict[str, list[Row]]:
    """Rows of the small warehouse."""
    output = {"indicator": "工业总产值", "indicator_key": "industrial_output", "topic": "工业", **QUARTER}
    growth = output | {"measure": "growth", "comparison": "yoy", "dimension": "percent"}
    evening = document("d2", publisher="济南时报", page_label="A2", issue_date=date(2023, 4, 25))
    key: Row = {"indicator_key": "industrial_output", "name": "工业总产值", "aliases": [], "topic": "工业"}
    return {
        "indicators": [key],
        "documents": [document("d1"), evening, document("d3", status="rejected", reason="空", issue_date=None)],
        "articles": [
            article("d1.a1", "槐荫区工业开门红"),
            article("d1.a2", "历下区冷链物流园开园"),
            article("d2.a1", "一季度各区经济"),
        ],
        "paragraphs": [
            paragraph("d1.p1", "一季度，槐荫区工业总产值45.3亿元，增长16.6%。", "d1.a1"),
            paragraph("d1.p2", "历下区冷链物流园昨日开园，王健出席。", "d1.a2"),
            paragraph("d1.p3", "历下区冷链物流园开园", "d1.a2", role="headline"),
            paragraph("d2.p1", "槐荫区工业总产值46亿元，历下区增长8.5%；物流业平稳。", "d2.a1"),
        ],
        "entities": [
            {"entity_id": code, "type": "LOC", "name": name, "adcode": code, "scope": "", "mention_count": 2}
            for code, name in (("370104", "槐荫区"), ("370102", "历下区"))
        ]
        + [{"entity_id": "per-1", "type": "PER", "name": "王健", "scope": "济南市", "mention_count": 1}],
        "mentions": [
            mention("d1.p1", "槐荫区", "LOC", "370104", "d1.a1"),
            mention("d1.p2", "历下区", "LOC", "370102", "d1.a2"),
            mention("d1.p2", "王健", "PER", "per-1", "d1.a2"),
            mention("d2.p1", "槐荫区", "LOC", "370104", "d2.a1"),
            mention("d2.p1", "历下区", "LOC", "370102", "d2.a1"),
        ],
        "metrics": [
            metric("d1.p1", "45.3亿元", 4.53e9, "元", **HUAIYIN, **output),
            metric("d1.p1", "16.6%", 16.6, "%", **HUAIYIN, **growth),
            metric("d2.p1", "46亿元", 4.6e9, "元", **HUAIYIN, **output),
            metric("d2.p1", "8.5%", 8.5, "%", **LIXIA, **growth),
            metric("d2.p1", "50亿元", 5e9, "元", **HUAIYIN, **(output | {"modality": "target"})),
        ],
    }
