"""What time expressions mean in a paper of 20 October 2023: one line a case."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.extraction.periods import find_periods, resolve_period

ISSUE = date(2023, 10, 20)

PERIODS = """
2023年10月18日 = 2023-10-18 2023-10-18 calendar
今年一季度 = 2023-01-01 2023-03-31 calendar
2023年第一季度 = 2023-01-01 2023-03-31 calendar
第三季度 = 2023-07-01 2023-09-30 calendar
上半年 = 2023-01-01 2023-06-30 calendar
下半年 = 2023-07-01 2023-12-31 calendar
2022年上半年 = 2022-01-01 2022-06-30 calendar
前三季度 = 2023-01-01 2023-09-30 calendar
二、三季度 = 2023-04-01 2023-09-30 calendar
明年三季度 = 2024-07-01 2024-09-30 calendar
三季度末 = 2023-09-30 2023-09-30 calendar
1-9月 = 2023-01-01 2023-09-30 calendar
1—9月份 = 2023-01-01 2023-09-30 calendar
1月至7月 = 2023-01-01 2023-07-31 calendar
今年1至8月 = 2023-01-01 2023-08-31 calendar
1—11月份 = 2022-01-01 2022-11-30 calendar
去年11月至今年3月 = 2022-11-01 2023-03-31 calendar
前5个月 = 2023-01-01 2023-05-31 calendar
今年前7个月 = 2023-01-01 2023-07-31 calendar
后四个月 = 2023-09-01 2023-12-31 calendar
全年 = 2023-01-01 2023-12-31 calendar
今年 = 2023-01-01 2023-12-31 calendar
去年 = 2022-01-01 2022-12-31 calendar
前年 = 2021-01-01 2021-12-31 calendar
明年 = 2024-01-01 2024-12-31 calendar
2022年度 = 2022-01-01 2022-12-31 calendar
1998年 = 1998-01-01 1998-12-31 calendar
二〇二二年 = 2022-01-01 2022-12-31 calendar
6月 = 2023-06-01 2023-06-30 calendar
6月份 = 2023-06-01 2023-06-30 calendar
去年2月 = 2022-02-01 2022-02-28 calendar
8月下旬 = 2023-08-21 2023-08-31 calendar
10月上旬 = 2023-10-01 2023-10-10 calendar
9月末 = 2023-09-30 2023-09-30 calendar
10月3日 = 2023-10-03 2023-10-03 calendar
4月20日上午 = 2023-04-20 2023-04-20 calendar
二〇二三年四月二十日 = 2023-04-20 2023-04-20 calendar
十月一日 = 2023-10-01 2023-10-01 calendar
5月1日至5日 = 2023-05-01 2023-05-05 calendar
11日至13日 = 2023-10-11 2023-10-13 calendar
29日至2日 = 2023-09-29 2023-10-02 calendar
3月29日至4月1日 = 2023-03-29 2023-04-01 calendar
今年1月1日至3月15日 = 2023-01-01 2023-03-15 calendar
2020年到2025年 = 2020-01-01 2025-12-31 calendar
2024—2026年 = 2024-01-01 2026-12-31 calendar
自2023年至2025年 = 2023-01-01 2025-12-31 calendar
“十四五”期间 = 2021-01-01 2025-12-31 calendar
十四五期间 = 2021-01-01 2025-12-31 calendar
“十二五”时期 = 2011-01-01 2015-12-31 calendar
到“十四五”末 = - 2025-12-31 until
今年以来 = 2023-01-01 - since
去年以来 = 2022-01-01 - since
9月以来 = 2023-09-01 - since
从5月28日起 = 2023-05-28 - since
2003年以来 = 2003-01-01 - since
正月初六以来 = 2023-01-27 - since
截至9月底 = - 2023-09-30 until
截至9月末 = - 2023-09-30 until
截至今年7月 = - 2023-07-31 until
截至去年底 = - 2022-12-31 until
截至2022年12月31日 = - 2022-12-31 until
截至10月10日18时 = - 2023-10-10 until
截至上月底 = - 2023-09-30 until
年底前 = - 2023-12-31 until
2025年底前 = - 2025-12-31 until
八十年代初 = - - vague
党的十八大以来 = - - vague
本世纪末 = - 2100-12-31 calendar
到2025年中 = - 2025-06-30 until
今年年中 = - 2023-06-30 calendar
2021、2022两年 = 2021-01-01 2022-12-31 calendar
二〇一九、二〇二〇、二〇二一三年 = 2019-01-01 2021-12-31 calendar
6月15日前 = - 2023-06-15 until
到2025年 = 2025-01-01 2025-12-31 until
2023年末 = - 2023-12-31 calendar
年内 = 2023-01-01 2023-12-31 calendar
年初 = 2023-01-01 2023-01-01 calendar
昨日 = 2023-10-19 2023-10-19 calendar
昨天 = 2023-10-19 2023-10-19 calendar
上周 = 2023-10-09 2023-10-15 calendar
本周 = 2023-10-16 2023-10-22 calendar
上月 = 2023-09-01 2023-09-30 calendar
下个月 = 2023-11-01 2023-11-30 calendar
本月 = 2023-10-01 2023-10-31 calendar
国庆7天假期 = 2023-10-01 2023-10-07 calendar
今年“五一”5天 = 2023-04-29 2023-05-03 calendar
截至目前 = - - vague
目前 = - - vague
上一季度 = 2023-07-01 2023-09-30 calendar
前一季度 = 2023-07-01 2023-09-30 calendar
上上季度 = 2023-04-01 2023-06-30 calendar
2022年Q1 = 2022-01-01 2022-03-31 calendar
去年H1 = 2022-01-01 2022-06-30 calendar
07年 = 2007-01-01 2007-12-31 calendar
98年 = 1998-01-01 1998-12-31 calendar
22年上半年 = 2022-01-01 2022-06-30 calendar
2018.1-5月 = 2018-01-01 2018-05-31 calendar
2018-05-01 = 2018-05-01 2018-05-01 calendar
2018/5/1 = 2018-05-01 2018-05-01 calendar
截至2022.12.31 = - 2022-12-31 until
截至 2022 年 12 月 31 日 = - 2022-12-31 until
二○一八年七月四日 = 2018-07-04 2018-07-04 calendar
二O二二年 = 2022-01-01 2022-12-31 calendar
两千一零年 = 2010-01-01 2010-12-31 calendar
近五月 = - - duration
去年最后一个月 = 2022-12-01 2022-12-31 calendar
2022 年 1 至 5 月 = 2022-01-01 2022-05-31 calendar
1—5 月份 = 2023-01-01 2023-05-31 calendar
今年前九月 = 2023-01-01 2023-09-30 calendar
十二月月底 = 2022-12-31 2022-12-31 calendar
四季度末 = 2022-12-31 2022-12-31 calendar
一、二季度 = 2023-01-01 2023-06-30 calendar
本月10日至12日 = 2023-10-10 2023-10-12 calendar
上月21日到本月3日 = 2023-09-21 2023-10-03 calendar
民國112年 = 2023-01-01 2023-12-31 calendar
民国八十五年三月 = 1996-03-01 1996-03-31 calendar
2022—23财政年度 = 2022-04-01 2023-03-31 calendar
2022/23年度 = 2022-04-01 2023-03-31 calendar
民国二三年 = 1934-01-01 1934-12-31 calendar
民國百零八年 = 2019-01-01 2019-12-31 calendar
民國112年第1季 = 2023-01-01 2023-03-31 calendar
首兩個月 = 2023-01-01 2023-02-28 calendar
第2季 = 2023-04-01 2023-06-30 calendar
2022年第四季 = 2022-10-01 2022-12-31 calendar
去年国庆假期 = 2022-10-01 2022-10-07 calendar
端午假期前两天 = 2023-06-22 2023-06-23 calendar
五一当天 = 2023-05-01 2023-05-01 calendar
大年初一至初七 = 2023-01-22 2023-01-28 calendar
近年来 = - - vague
近日 = - - vague
春节期间 = 2023-01-21 2023-01-27 calendar
春节 = - - vague
去年冬天 = - - vague
20世纪80年代 = - - vague
近三年 = - - duration
五年来 = - - duration
未来五年 = - - duration
连续3年 = - - duration
"""

IN_CONTEXT = [
    ("上半年增长5%，比去年同期快", "去年同期", "2022-01-01", "2022-06-30"),
    ("10月3日客流最高，当天达12万", "当天", "2023-10-03", "2023-10-03"),
    ("5月1日至5日接待58万人次。5天里卖出", "5天里", "2023-05-01", "2023-05-05"),
    ("10月1日至7日接待58万人次。假期里卖出", "假期", "2023-10-01", "2023-10-07"),
    ("2018年11月开工，12月停工", "12月", "2018-12-01", "2018-12-31"),
    ("2021年5月驻村，当年净赚", "当年", "2021-01-01", "2021-12-31"),
    ("2月1日启动至11日发送旅客", "2月1日启动至11日", "2023-02-01", "2023-02-11"),
    ("9月28日一直满到10月6日", "9月28日一直满到10月6日", "2023-09-28", "2023-10-06"),
    ("去年优良率九成，比上年提高", "上年", "2021-01-01", "2021-12-31"),
]


def _dates(period):
    return tuple(str(day) if day else "-" for day in (period.start, period.end))


@pytest.mark.parametrize("line", PERIODS.strip().splitlines())
def test_resolves_against_the_issue_date(line):
    text, expected = line.split(" = ")
    period = resolve_period(text, ISSUE)
    assert period is not None
    assert " ".join((*_dates(period), period.kind)) == expected


@pytest.mark.parametrize(("text", "printed", "start", "end"), IN_CONTEXT)
def test_leans_on_what_the_text_said_before(text, printed, start, end):
    period = next(p for p in find_periods(text, ISSUE) if p.text.startswith(printed))
    assert _dates(period) == (start, end)


@pytest.mark.parametrize(
    "text", ["三年级", "80年代轻人", "日均174辆", "一天到晚", "《三年行动计划（2024—2026年）》", "日报", "年轻人"]
)
def test_what_says_no_time_stays_out(text):
    assert [p for p in find_periods(text, ISSUE) if p.start or p.end] == []


def test_without_issue_date_only_printed_years_are_resolved():
    found = find_periods("2022年。今年，6月，去年", None)
    assert [_dates(p) for p in found] == [("2022-01-01", "2022-12-31"), ("-", "-"), ("-", "-"), ("-", "-")]


def test_a_base_of_comparison_governs_nothing():
    assert [p.kind for p in find_periods("比2019年同期增长，较一季度加快", ISSUE)] == ["compare", "compare"]


def test_earlier_paragraphs_give_the_context():
    before = find_periods("10月1日至7日，全市接待游客", ISSUE)
    (period,) = find_periods("假期", ISSUE, before)
    assert _dates(period) == ("2023-10-01", "2023-10-07")


@pytest.mark.parametrize(
    ("issue", "text", "printed", "ends"),
    [
        (date(2025, 12, 20), "“十四五”时期成绩显著。五年来，新增就业60万人", "五年来", (2021, 2025)),
        (date(2026, 1, 20), "“十四五”期间，经济向好。过去五年，新建公路", "过去五年", (2021, 2025)),
        (date(2023, 1, 20), "“十四五”时期开局良好。五年来，新增就业60万人", "五年来", None),
        (date(2025, 12, 20), "五年来，新增就业60万人", "五年来", None),
    ],
)
def test_five_years_are_the_plan_in_its_last_year(issue, text, printed, ends):
    found = next(p for p in find_periods(text, issue) if p.text == printed)
    assert (found.start and (found.start.year, found.end.year)) == ends


def test_sessions_are_those_of_the_year_named():
    found = find_periods("去年全国两会期间提交建议12件，今年省两会期间提交8件", ISSUE)
    assert next((p.text, str(p.start), str(p.end)) for p in found) == ("去年全国两会期间", "2022-03-04", "2022-03-11")
    assert all(p.start is None for p in found if p.text == "两会期间")


@pytest.mark.parametrize("printed", ["前十十个月", "民国百百年", "民国百0八年", "第十十个五年计划时期", "本月三十十日"])
def test_numerals_that_are_none_open_a_time_and_end_no_page(printed):
    assert all(period.text in printed for period in find_periods(printed, date(2023, 5, 1)))


def test_a_year_of_two_digits_in_a_paper_before_1800_stays_open():
    for text in ("98年上半年增长5%", "98年3月5日", "98年春节期间", "98年底", "98年1-3月"):
        found = find_periods(text, date(1780, 1, 1))
        assert {_dates(period) for period in found} == {("-", "-")}, text


def test_years_side_by_side_are_counted_up_to_five_and_no_line_is_read_again_and_again():
    (period,) = find_periods("2017、2018、2019、2020、2021五年", ISSUE)
    assert _dates(period) == ("2017-01-01", "2021-12-31")
    assert list(find_periods("2021、" * 8000, ISSUE)) == []
