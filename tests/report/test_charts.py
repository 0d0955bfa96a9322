"""Charts: what stands in them, what one line joins, where they lead, and that nothing printed becomes a mark."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

from flows.report.charts import compare_chart, series_chart, sheet_of_charts
from flows.report.figures import indicator_charts
from flows.report.series import parted
from flows.telling.excerpts import excerpt


def point(region: str, day: str, value: float) -> dict[str, Any]:
    said = f"{region} {value}"
    own = {"region": region, "line": region, "day": day, "value": value, "bar": region, "said": said}
    return own | {"end": f"{value:g}", "link": "../articles/a.html#m"}


def figure(period: str, start: date | None, end: date | None, value: float, **more: Any) -> dict[str, Any]:
    own = {
        "subject": "槐荫区",
        "period": period,
        "period_start": start,
        "period_end": end,
        "value": value,
        "text": f"{value}亿元",
    }
    own |= {
        "measure": "level",
        "comparison": None,
        "modality": "actual",
        "unit": "元",
        "qualifier": None,
        "sentence": "",
    }
    return (
        own
        | {"metric_id": f"d1.p0001:{period}", "article_id": "d1.a001", "publisher": "济南日报", "citation": ""}
        | more
    )


SERIES = [point(region, f"2023-0{month}-30", month * 1e8) for region in ("槐荫区", "历下区") for month in (3, 6)]


def test_a_series_names_each_region_once_and_each_point_leads_to_the_report():
    svg = str(series_chart(SERIES, "元", "工业总产值"))
    assert re.findall(r">([^<]*区)</text>", svg) == ["槐荫区", "历下区"] * 2  # once for a wide page, once for a phone
    assert svg.count('href="../articles/a.html#m"') == 2 * len(SERIES)
    assert "3亿" in svg
    assert re.findall(r'href="[a-z]+:', svg) == []


def test_bars_keep_their_lengths_on_a_phone_and_begin_at_zero():
    drawn = str(compare_chart([point("甲", "2023-03-31", value) for value in (54, 37, 22.6)], "%", "增长"))
    for part in drawn.split("</div>")[:2]:
        width = float(re.search(r'viewBox="0 0 ([\d.]+)', part)[1])
        lengths = [float(length) for length in re.findall(r'<rect x="[\d.]+" y="\d+" width="([\d.]+)"', part)]
        assert [round(length / lengths[0], 2) for length in lengths] == [1, 0.69, 0.42]
        assert max(lengths) < width


def test_one_line_joins_only_periods_of_one_length_and_kind():
    figures = [
        figure("一季度", date(2023, 1, 1), date(2023, 3, 31), 1),
        figure("上半年", date(2023, 1, 1), date(2023, 6, 30), 2.2),
        figure("一季度", date(2024, 1, 1), date(2024, 3, 31), 1.1, metric_id="d1.p0002:1"),
        figure("2023年", date(2023, 1, 1), date(2023, 12, 31), 5),
        figure("2024年", date(2024, 1, 1), date(2024, 12, 31), 6, modality="target"),
        figure("6月", date(2023, 6, 1), date(2023, 6, 30), 0.4),
    ]
    kinds = {(key, period): [f["value"] for f in some] for key, _, period, some in parted(figures)}
    assert kinds == {
        ("levels", "quarter"): [1, 1.1],
        ("levels", "to_date"): [2.2],
        ("levels", "year"): [5],
        ("levels", "month_kind"): [0.4],
        ("targets", "year"): [6],
    }
    (chart,) = indicator_charts("产值", figures, "")
    assert (chart["period"], len(chart["figures"]), chart["sources"]) == ("quarter", 2, "济南日报")


def test_bars_stand_beside_each_other_only_for_one_period():
    year, before = (date(2023, 1, 1), date(2023, 6, 30)), (date(2019, 1, 1), date(2019, 9, 30))
    figures = [
        figure("上半年", *year, 3, subject="甲区", metric_id="d1.p0001:1"),
        figure("上半年", *year, 2, subject="乙区", metric_id="d1.p0001:2"),
        figure("1至9月", *before, 9, subject="丙区", metric_id="d1.p0001:3"),
        figure("", None, None, 8, subject="丁区", metric_id="d1.p0001:4"),
        figure("", None, None, 7, subject="戊区", metric_id="d1.p0001:5"),
    ]
    (chart,) = indicator_charts("产值", figures, "")
    assert [row["subject"] for row in chart["figures"]] == ["乙区", "甲区"]


def test_two_values_of_one_day_are_both_shown_and_joined_by_no_line():
    rows = [*SERIES[:2], point("槐荫区", "2023-06-30", 7e8)]
    wide = str(series_chart(rows, "元", "产值")).split("</div>")[0]
    assert wide.count("<a ") == 3
    assert "<polyline" not in wide


def test_a_sheet_of_charts_is_one_picture_with_titles_and_sources():
    sheet = sheet_of_charts([("产值 · 季度", series_chart(SERIES, "元", "产值"), "出处：济南日报")] * 2)
    ElementTree.fromstring(sheet)
    assert sheet.count("出处：济南日报") == 2


def test_a_name_of_script_stays_text():
    evil = '<script>alert(1)</script>\'"]+alert(1)+["'
    for svg in (
        compare_chart([point(evil, "2023-03-31", 1)], evil, evil),
        series_chart([point(evil, "2023-03-31", 1)], evil, evil),
    ):
        assert "<script" not in str(svg)
        assert "alert(1)" in str(svg)


def test_an_excerpt_is_cut_between_clauses():
    text = "全区完成产值1045.3亿元，同比增长16.6%，位列全市第二，比去年同期好。"
    start = text.index("16.6%")
    for around in range(30):
        first, last = excerpt(text, start, start + 5, around)
        assert first == 0 or text[first - 1] in "，。"
        assert last == len(text) or text[last] in "，。"
