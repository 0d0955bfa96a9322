"""The views answer the questions that their headers ask."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.expectations.lake import data_folder, ingest
from tests.expectations.pages import sound_pages
from tests.warehouse.small import HUAIYIN, QUARTER, article, document, insert, metric, open_empty, paragraph, small_rows
from warehouse import connect
from warehouse.connection import open_for_writing
from warehouse.schema.views import parse_saved_sql, views


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    opened = open_empty()
    insert(opened, small_rows())
    return opened


def rows(con: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    found = con.execute(sql)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_every_view_stands_on_an_empty_warehouse() -> None:
    empty = open_empty()
    for view in views():
        try:
            empty.execute(f"from {view.name}").fetchall()
        except duckdb.Error as error:
            pytest.fail(f"{view.name}: {error}")


def test_a_figure_comes_with_its_region_and_citation(con: duckdb.DuckDBPyConnection) -> None:
    (fact,) = rows(con, "from metric_facts where text = '16.6%'")
    assert fact["region_full"] == "山东省济南市槐荫区"
    assert fact["indicator_name"] == "工业总产值"
    assert fact["citation"] == "济南日报 2023-04-24 03版《槐荫区工业开门红》"


@pytest.mark.parametrize(
    ("known", "citation"),
    [
        ({}, "济南日报 2023-04-24 03版《头条》"),
        ({"publisher": None, "page_label": None}, "1.txt 2023-04-24《头条》"),
        ({"issue_date_precision": "month"}, "济南日报 2023-04 03版《头条》"),
        ({"issue_date_precision": "year"}, "济南日报 2023 03版《头条》"),
        ({"issue_date": None, "issue_date_precision": None}, "济南日报 03版《头条》"),
    ],
)
def test_a_citation_says_what_is_known_and_no_more(known: dict[str, Any], citation: str) -> None:
    con = open_empty()
    insert(con, {"documents": [document("d1", **known)], "articles": [article("d1.a1", "头条")]})
    insert(con, {"paragraphs": [paragraph("d1.p1", "1元", "d1.a1")], "metrics": [metric("d1.p1", "1元", 1, "元")]})
    assert [fact["citation"] for fact in rows(con, "from metric_facts")] == [citation]


def test_every_figure_stands_once_in_metric_facts(con: duckdb.DuckDBPyConnection) -> None:
    assert len(rows(con, "from metric_facts")) == len(rows(con, "from metrics"))


def test_a_series_has_the_growth_beside_the_level(con: duckdb.DuckDBPyConnection) -> None:
    series = {point["subject"]: point for point in rows(con, "from indicator_series")}
    assert series["槐荫区"]["yoy_pct"] == 16.6
    assert (series["槐荫区"]["articles"], series["槐荫区"]["articles_agreeing"]) == (2, 1)
    assert (series["历下区"]["level"], series["历下区"]["yoy_pct"]) == (None, 8.5)


def test_the_level_that_most_articles_print_is_taken_and_targets_are_not(con: duckdb.DuckDBPyConnection) -> None:
    output = {"indicator": "工业总产值", "indicator_key": "industrial_output", **QUARTER, **HUAIYIN}
    again = metric("d1.p2", "45.3亿元", 4.53e9, "元", confidence=0.5, **output) | {"article_id": "d1.a2"}
    insert(con, {"metrics": [again]})
    (point,) = rows(con, "from indicator_series where subject = '槐荫区'")
    assert (point["level"], point["articles_agreeing"]) == (4.53e9, 2)


def test_growth_is_ranked_among_its_like(con: duckdb.DuckDBPyConnection) -> None:
    ranked = rows(con, "select rank, ranked_subjects, subject, growth_pct from growth_leaders order by rank")
    assert [tuple(row.values()) for row in ranked] == [(1, 2, "槐荫区", 16.6), (2, 2, "历下区", 8.5)]


def test_different_values_for_the_same_are_a_conflict(con: duckdb.DuckDBPyConnection) -> None:
    (conflict,) = rows(con, "from conflicts")
    assert conflict["texts"] == ["45.3亿元", "46亿元"]
    assert conflict["spread_pct"] == 1.5
    assert conflict["articles"] == 2


@pytest.mark.parametrize(
    "harmless",
    [
        {"value": 4.531e9},
        {"qualifier": "over"},
        {"modality": "target"},
        {"period_start": None, "period_end": None},
        {"value_high": 5e9},
        {"unit": "美元"},
    ],
)
def test_rounding_and_other_things_are_no_conflict(harmless: dict[str, Any]) -> None:
    con = open_empty()
    output = {"indicator": "工业总产值", **QUARTER, **HUAIYIN}
    other = metric("d1.p1", "46亿元", 4.6e9, "元", **output) | harmless
    insert(con, {"documents": [document("d1")], "articles": [article("d1.a1", "头条")]})
    insert(con, {"metrics": [metric("d1.p1", "45.3亿元", 4.53e9, "元", **output), other]})
    assert rows(con, "from conflicts") == []


def test_figures_of_a_district_stand_under_its_city_and_province(con: duckdb.DuckDBPyConnection) -> None:
    counts = "select region, count(*) as n, count(*) filter (where is_own) as own from region_facts group by 1"
    assert {row["region"]: (row["n"], row["own"]) for row in rows(con, counts)} == {
        "槐荫区": (4, 4),
        "历下区": (1, 1),
        "济南市": (5, 0),
        "山东省": (5, 0),
    }


def test_a_district_of_a_city_under_the_state_has_a_province_and_no_city(con: duckdb.DuckDBPyConnection) -> None:
    (region,) = rows(con, "select city, province from regions where region = '东城区'")
    assert region == {"city": None, "province": "北京市"}


def test_names_come_with_their_latest_article(con: duckdb.DuckDBPyConnection) -> None:
    (place,) = rows(con, "from places where name = '槐荫区'")
    assert (place["article_count"], place["metric_count"]) == (2, 4)
    assert place["latest_headline"] == "一季度各区经济"
    (person,) = rows(con, "from people")
    assert person["latest_citation"] == "济南日报 2023-04-24 03版《历下区冷链物流园开园》"
    assert rows(con, "from organisations") == []


def test_who_appears_with_whom_reads_both_ways(con: duckdb.DuckDBPyConnection) -> None:
    pairs = rows(con, "select name, with_name, articles, paragraphs from co_mentions where '王健' in (name, with_name)")
    assert sorted(tuple(pair.values()) for pair in pairs) == [("历下区", "王健", 1, 1), ("王健", "历下区", 1, 1)]


def test_coverage_counts_pages_by_newspaper_and_month(con: duckdb.DuckDBPyConnection) -> None:
    counted = rows(
        con, "select publisher, month::varchar as month, pages, pages_rejected, articles, metrics from coverage"
    )
    assert sorted(tuple(map(str, row.values())) for row in counted) == [
        ("济南日报", "2023-04-01", "1", "0", "2", "2"),
        ("济南日报", "None", "0", "1", "0", "0"),
        ("济南时报", "2023-04-01", "1", "0", "1", "3"),
    ]


def test_quality_by_month_tells_how_complete_the_figures_are(con: duckdb.DuckDBPyConnection) -> None:
    (month,) = rows(con, "from quality_by_month")
    assert (month["pages"], month["pages_rejected"], month["metrics"]) == (2, 1, 5)
    assert (month["headline_pct"], month["indicator_pct"], month["period_pct"]) == (100, 100, 100)


def test_a_header_is_read_with_parameters_and_columns() -> None:
    saved = parse_saved_sql(
        "x",
        "-- zh: 甲\n-- en: A\n-- 例: 乙？\n-- e.g.: B?\n-- param n: 3 = 几 | How many\n-- column c: 丙 | C\nselect $n",
    )
    assert (saved.zh, saved.en, saved.question_zh, saved.question_en) == ("甲", "A", "乙？", "B?")
    assert [(p.name, p.default, p.zh, p.en) for p in saved.parameters] == [("n", "3", "几", "How many")]
    assert saved.columns == {"c": ("丙", "C")}
    assert saved.sql == "select $n"


def test_views_are_declared_anew_where_what_is_declared_has_changed_and_stay_otherwise(tmp_path: Path) -> None:
    folder = data_folder(tmp_path)
    kept, gone = views()[0].name, views()[-1].name

    def stand() -> set[str]:
        with connect(folder.warehouse) as read:
            return {name for (name,) in read.execute("select view_name from duckdb_views()").fetchall()}

    ingest(folder, sound_pages(1))
    assert {view.name for view in views()} <= stand()
    for noted in (True, False):
        with open_for_writing(folder.warehouse) as written:
            written.execute(f"drop view {gone}")
            if not noted:
                written.execute("update warehouse_info set value = 'older' where name = 'declared'")
        ingest(folder, sound_pages(1), f"r{noted}")
        assert kept in stand()
        assert (gone in stand()) is not noted
        with open_for_writing(folder.warehouse) as written:
            written.execute(f"create or replace view {gone} as select 1")
