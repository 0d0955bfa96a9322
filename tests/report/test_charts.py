"""Charts: what stands in them, where they lead, and that nothing printed becomes a mark."""

from __future__ import annotations

import re

from flows.report.charts import compare_chart, series_chart


def point(region: str, day: str, value: float) -> dict[str, object]:
    said = f"{region} {value}"
    return {"region": region, "day": day, "value": value, "bar": region, "said": said, "link": "../articles/a.html#m"}


SERIES = [point(region, f"2023-0{month}-30", month * 1e8) for region in ("槐荫区", "历下区") for month in (3, 6)]


def test_a_series_names_each_region_once_and_each_point_leads_to_the_report():
    svg = str(series_chart(SERIES, "元", "工业总产值"))
    assert re.findall(r">([^<]*区)</text>", svg) == ["历下区", "槐荫区"]
    assert svg.count('href="../articles/a.html#m"') == len(SERIES)
    assert "3亿" in svg
    assert re.findall(r'href="[a-z]+:', svg) == []


def test_bars_of_one_name_stand_beside_each_other():
    svg = str(compare_chart([point("高新技术企业", "2023-03-31", value) for value in (107, 89, 85)], "%", "产值"))
    assert len(set(re.findall(r'aria-label="(高新技术企业 \d+)"', svg))) == 3
    assert len(re.findall(">高新技术企业</text>", svg)) == 3


def test_a_name_of_script_stays_text():
    evil = '<script>alert(1)</script>\'"]+alert(1)+["'
    for svg in (
        compare_chart([point(evil, "2023-03-31", 1)], evil, evil),
        series_chart([point(evil, "2023-03-31", 1)], evil, evil),
    ):
        assert "<script" not in str(svg)
        assert "alert(1)" in str(svg)
