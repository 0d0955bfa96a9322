"""The view `does_not_add_up`: what contradicts itself by plain arithmetic, and what only looks so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.warehouse.small import HUAIYIN, LIXIA, QUARTER, article, document, insert, metric, open_empty, paragraph

JINAN: dict[str, Any] = {"subject": "济南市", "subject_entity_id": "370100", "region_adcode": "370100"}
LAST_YEAR: dict[str, Any] = {"period": "去年一季度", "period_start": date(2022, 1, 1), "period_end": date(2022, 3, 31)}
OUTPUT: dict[str, Any] = {"indicator": "工业总产值", **HUAIYIN}
GROWTH: dict[str, Any] = {"measure": "growth", "comparison": "yoy", "dimension": "percent"}


def found(*figures: dict[str, Any], text: str = "") -> list[tuple[str, str, float]]:
    con = open_empty()
    insert(con, {"documents": [document("d1")], "articles": [article("d1.a1", "头条")], "metrics": figures})
    insert(con, {"paragraphs": [paragraph("d1.p1", text, "d1.a1")]})
    return con.execute("select kind, printed, reckoned from does_not_add_up").fetchall()


@pytest.mark.parametrize(("said", "adds_up"), [(16.6, True), (16.4, True), (18.6, False), (-16.6, False)])
def test_growth_is_held_against_its_two_levels(said: float, adds_up: bool) -> None:
    rows = found(
        metric("d1.p1", "45.3亿元", 4.53e9, "元", **OUTPUT, **QUARTER),
        metric("d1.p1", "38.9亿元", 3.89e9, "元", **OUTPUT, **LAST_YEAR),
        metric("d1.p1", f"{said}%", said, "%", **OUTPUT, **QUARTER, **GROWTH),
    )
    assert rows == ([] if adds_up else [("growth", f"{said}%", 16.45)])


def test_a_rounded_level_leaves_room() -> None:
    assert not found(
        metric("d1.p1", "5亿元", 5e8, "元", **OUTPUT, **QUARTER),
        metric("d1.p1", "4亿元", 4e8, "元", **OUTPUT, **LAST_YEAR),
        metric("d1.p1", "12%", 12, "%", **OUTPUT, **QUARTER, **GROWTH),
    )


def test_an_amount_is_held_against_its_percentage() -> None:
    rows = found(
        metric("d1.p1", "45.3亿元", 4.53e9, "元", **OUTPUT, **QUARTER),
        metric("d1.p1", "6.4亿元", 6.4e8, "元", **OUTPUT, **QUARTER, **(GROWTH | {"dimension": "money"})),
        metric("d1.p1", "26.5%", 26.5, "%", **OUTPUT, **QUARTER, **GROWTH),
    )
    assert rows == [("amount", "26.5%", 16.45)]


@pytest.mark.parametrize(("third", "adds_up"), [("60亿元", True), ("66亿元", False)])
def test_the_three_sectors_make_the_whole(third: str, adds_up: bool) -> None:
    parts = (
        ("地区生产总值", "100亿元"),
        ("第一产业增加值", "5亿元"),
        ("第二产业增加值", "35亿元"),
        ("第三产业增加值", third),
    )
    rows = found(
        *(
            metric("d1.p1", f"{text}", float(text[:-2]) * 1e8, "元", indicator=name, **HUAIYIN, **QUARTER)
            | {"metric_id": f"d1.p1:{name}"}
            for name, text in parts
        )
    )
    assert rows == ([] if adds_up else [("sum", "100亿元", 1.06e10)])


def test_districts_are_not_more_than_their_city_but_may_be_less() -> None:
    city = metric("d1.p1", "50亿元", 5e9, "元", **(OUTPUT | JINAN), **QUARTER)
    one = metric("d1.p1", "30亿元", 3e9, "元", **OUTPUT, **QUARTER)
    other = metric("d1.p1", "25亿元", 2.5e9, "元", **(OUTPUT | LIXIA), **QUARTER)
    assert found(city, one) == []
    assert found(city, one, other) == [("sum", "50亿元", 5.5e9)]


@pytest.mark.parametrize(("part", "adds_up"), [("60家", True), ("160家", False)])
def test_a_part_is_no_larger_than_its_whole(part: str, adds_up: bool) -> None:
    text = f"全区有企业100家，其中高新企业{part}。"
    of_text = {"sentence": text, **HUAIYIN}
    rows = found(
        metric("d1.p1", "100家", 100, "家", start_char=5, end_char=9, indicator="企业", **of_text),
        metric("d1.p1", part, float(part[:-1]), "家", start_char=16, end_char=20, indicator="高新企业", **of_text),
        text=text,
    )
    assert [row[:2] for row in rows] == ([] if adds_up else [("part", part)])


def test_a_share_is_no_more_than_all() -> None:
    share = {"measure": "share", "dimension": "percent", "indicator": "占比", **HUAIYIN}
    rows = found(metric("d1.p1", "120%", 120, "%", **share), metric("d1.p1", "20%", 20, "%", **share))
    assert rows == [("share", "120%", 100)]


@pytest.mark.parametrize("harmless", [{"modality": "target"}, {"qualifier": "over"}, {"value_high": 9e9}])
def test_targets_and_inexact_figures_are_held_against_nothing(harmless: dict[str, Any]) -> None:
    assert not found(
        metric("d1.p1", "45.3亿元", 4.53e9, "元", **OUTPUT, **QUARTER) | harmless,
        metric("d1.p1", "38.9亿元", 3.89e9, "元", **OUTPUT, **LAST_YEAR),
        metric("d1.p1", "30%", 30, "%", **OUTPUT, **QUARTER, **GROWTH),
    )
