"""Makes small sound pages as rows of the declared tables, for tests that then damage them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from expectations.characters import character_digest
from expectations.gate import Reference
from expectations.suite import BATCH_TABLES
from warehouse.schema import table_named
from warehouse.schema.arrow import arrow_schema

Rows = dict[str, list[dict[str, Any]]]

HEADLINE = "槐荫区工业经济一季度实现开门红"
BODY = (
    "本报济南讯 今年一季度，槐荫区规模以上工业总产值完成45.3亿元，同比增长16.6%。区工信局负责人张伟介绍，"
    "全区新增企业107家，累计招聘员工2.5万余人，到2025年工业总产值力争突破300亿元。",
    "在济南二机床集团有限公司的车间里，工人们正在赶制订单。公司今年投入资金3-5亿元用于设备更新，"
    "占地面积120亩的新厂房将于年底投产，预计可带动就业800人。",
    "下一步，该区将继续优化营商环境，帮助企业解决用工、融资等方面的问题，推动工业经济持续向好发展。",
)
FURNITURE = "新闻热线：天气 晴"
FIGURES: Mapping[str, tuple[float, float | None, str, str]] = {
    "45.3亿元": (4.53e9, None, "元", "money"),
    "16.6%": (16.6, None, "%", "percent"),
    "107家": (107, None, "家", "count"),
    "2.5万余人": (25000, None, "人", "count"),
    "300亿元": (3e10, None, "元", "money"),
    "3-5亿元": (3e8, 5e8, "元", "money"),
    "120亩": (120, None, "亩", "area"),
    "800人": (800, None, "人", "count"),
}
NAMES = {"槐荫区": ("LOC", "370104"), "张伟": ("PER", "per-1"), "济南二机床集团有限公司": ("ORG", "org-1")}
UNITS = [
    {"surface": "元", "unit": "元", "dimension": "money", "unit_base": None, "factor": None},
    {"surface": "%", "unit": "%", "dimension": "percent", "unit_base": None, "factor": None},
    {"surface": "家", "unit": "家", "dimension": "count", "unit_base": None, "factor": None},
    {"surface": "人", "unit": "人", "dimension": "count", "unit_base": None, "factor": None},
    {"surface": "亩", "unit": "亩", "dimension": "area", "unit_base": "平方米", "factor": 2000 / 3},
    {"surface": "吨", "unit": "吨", "dimension": "mass", "unit_base": "千克", "factor": 1000},
]
DIVISIONS = [{"adcode": "370104", "name": "槐荫区", "full_name": "山东省济南市槐荫区", "level": "county"}]


def reparse(text: str) -> tuple[float, float | None, str] | None:
    """Stands in for the parser of printed figures."""
    found = FIGURES.get(text)
    return (found[0], found[1], found[2]) if found else None


REFERENCE = Reference(UNITS, DIVISIONS, reparse)


def sound_pages(count: int = 3) -> Rows:
    """Gives rows of `count` pages with one article each, in which nothing is wrong."""
    rows: Rows = {name: [] for name in BATCH_TABLES}
    for n in range(1, count + 1):
        _add_page(rows, f"d{n}", n)
    return rows


def raw_lines(document_id: str) -> list[str]:
    """Gives the raw lines that a sound page was made from."""
    n = int(document_id[1:])
    return [FURNITURE, f"{HEADLINE}之{n}", *BODY]


def _add_page(rows: Rows, document_id: str, n: int) -> None:
    lines = raw_lines(document_id)
    rows["documents"].append(_document(document_id, "\n".join(lines)))
    article = f"{document_id}.a001"
    rows["articles"].append(
        {
            "article_id": article,
            "document_id": document_id,
            "seq": 1,
            "headline": lines[1],
            "deck": [],
            "byline": None,
            "authors": ["李明"],
            "dateline": "本报济南讯",
            "paragraph_count": len(BODY),
            "char_count": sum(map(len, BODY)),
        }
    )
    roles = ["furniture", "headline", *["body"] * len(BODY)]
    for seq, (role, text) in enumerate(zip(roles, lines, strict=True), 1):
        _add_paragraph(rows, document_id, article, seq, role, text)
    rows["findings"].append(
        {
            "finding_id": f"{document_id}.r0001",
            "document_id": document_id,
            "line": len(lines),
            "stage": "repair",
            "code": "layout.unfinished",
            "level": "warning",
            "message": "A paragraph stops in mid-sentence.",
            "what_to_do": "Look for the rest.",
        }
    )
    named = [m for m in rows["mentions"] if m["document_id"] == document_id]
    for name, (kind, entity) in NAMES.items():
        mentions = sum(m["entity_id"] == entity for m in named)
        adcode = entity if kind == "LOC" else None
        rows["document_entities"].append(
            {
                "document_id": document_id,
                "entity_id": entity,
                "type": kind,
                "name": name,
                "adcode": adcode,
                "scope": "",
                "mention_count": mentions,
            }
        )


def _document(document_id: str, text: str) -> dict[str, Any]:
    return {
        "document_id": document_id,
        "source_key": f"/pages/{document_id}.txt",
        "source_uri": f"pages/{document_id}.txt",
        "file_name": f"{document_id}.txt",
        "byte_size": len(text.encode()),
        "char_count": len(text),
        "line_count": len(text.splitlines()),
        "printed_characters": character_digest(text),
        "encoding": "utf-8",
        "publisher": "济南日报",
        "issue_date": date(2023, 4, 24),
        "issue_date_precision": "day",
        "issue_date_source": "filename",
        "status": "loaded",
        "input_fingerprint": "f",
        "pipeline_version": "0",
        "run_id": "r1",
        "loaded_at": datetime(2023, 5, 1),
    }


def _add_paragraph(rows: Rows, document_id: str, article: str, seq: int, role: str, text: str) -> None:
    place = f"{document_id}.p{seq:04d}"
    own = None if role == "furniture" else article
    rows["paragraphs"].append(
        {
            "paragraph_id": place,
            "document_id": document_id,
            "article_id": own,
            "seq": seq,
            "role": role,
            "text": text,
            "lines": [seq],
            "line_reasons": ["starts here"],
        }
    )
    where = {"paragraph_id": place, "article_id": own, "document_id": document_id}
    for name, (kind, entity) in NAMES.items():
        start = text.find(name)
        if start >= 0:
            end = start + len(name)
            rows["mentions"].append(
                where
                | {
                    "mention_id": f"{place}:{start}-{end}:{kind}",
                    "start_char": start,
                    "end_char": end,
                    "text": name,
                    "type": kind,
                    "entity_id": entity,
                }
            )
    if role == "body":
        rows["metrics"].extend(_metric(where, text, figure) for figure in FIGURES if figure in text)


def _metric(where: dict[str, Any], text: str, figure: str) -> dict[str, Any]:
    value, high, unit, dimension = FIGURES[figure]
    start = text.find(figure)
    sentence = next(s for s in text.split("。") if figure in s)
    area = unit == "亩"
    return where | {
        "metric_id": f"{where['paragraph_id']}:{start}-{start + len(figure)}",
        "start_char": start,
        "end_char": start + len(figure),
        "text": figure,
        "value": value,
        "value_high": high,
        "unit": unit,
        "value_base": value * 2000 / 3 if area else None,
        "unit_base": "平方米" if area else None,
        "dimension": dimension,
        "measure": "growth" if unit == "%" else "level",
        "comparison": "yoy" if unit == "%" else None,
        "indicator": "工业总产值",
        "subject": "槐荫区",
        "subject_entity_id": "370104",
        "region_adcode": "370104",
        "period": "一季度",
        "period_start": date(2023, 1, 1),
        "period_end": date(2023, 3, 31),
        "modality": "actual",
        "sentence": sentence,
        "confidence": 0.9,
        "confidence_subject": 0.8,
    }


def write_pages(folder: Path, rows: Rows) -> dict[str, Sequence[Path]]:
    """Writes rows as one Parquet file a table; nothing is checked, so that anything may be missing."""
    files: dict[str, Sequence[Path]] = {}
    for name, own in rows.items():
        path = folder / f"{name}.parquet"
        schema = pa.schema([column.with_nullable(True) for column in arrow_schema(table_named(name))])
        pq.write_table(pa.Table.from_pylist(own, schema=schema), path)
        files[name] = [path]
    return files
