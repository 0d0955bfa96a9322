"""Lays figures out as a sheet that people work with: Chinese headings, words instead of codes, links to the sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from flows.cli.excel import Link, Look
from flows.cli.figures import place_of
from flows.report.wording import labels

Row = dict[str, Any]

_COLUMNS: tuple[tuple[str, str, int], ...] = (
    ("subject", "主体", 18),
    ("indicator", "指标", 22),
    ("text", "数字（原文）", 16),
    ("value", "数值", 16),
    ("value_high", "区间上限", 12),
    ("unit", "单位", 9),
    ("measure", "性质", 9),
    ("comparison", "比较", 10),
    ("period", "时期（原文）", 14),
    ("period_start", "起", 12),
    ("period_end", "止", 12),
    ("modality", "状态", 9),
    ("qualifier", "约数", 8),
    ("confidence", "可信度", 9),
    ("sentence", "原句", 70),
    ("citation", "出处", 40),
    ("place", "文件与行号", 30),
    ("about", "何处提到", 10),
    ("metric_id", "编号", 28),
    ("status", "由谁负责", 14),
    ("second_reader", "第二读者", 16),
    ("second_reading", "第二读者的意见", 14),
)
_WORDS = ("measure", "comparison", "modality", "qualifier", "about", "status", "second_reading")


def figure_sheet(rows: Sequence[Row]) -> tuple[list[str], Iterator[list[Any]], Look]:
    """Gives headings, rows and looks of a sheet of figures.

    Args:
        rows: What `find_figures` found.
    """
    look = Look({heading: width for _, heading, width in _COLUMNS}, filtered=True)
    return [heading for _, heading, _ in _COLUMNS], (_cells(row) for row in rows), look


def _cells(row: Row) -> list[Any]:
    return [_cell(row, name) for name, _, _ in _COLUMNS]


def _cell(row: Row, name: str) -> Any:
    if name == "place":
        return Link(place_of(row), _address(row))
    value = row[name]
    if name in _WORDS and value is not None:
        return labels()[value][0] if value in labels() else value
    if name == "citation" and row["source_url"]:
        return Link(value, row["source_url"])
    return value


def _address(row: Row) -> str | None:
    """Gives the address of the page's file where it lies on this machine, else where it was published."""
    from pathlib import Path

    uri = str(row["source_uri"])
    if "://" in uri:
        return uri
    path = Path(uri).absolute()
    return path.as_uri() if path.is_file() else row["source_url"]
