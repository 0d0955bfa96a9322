"""The day of publication, read off names and texts; None where nothing printed supports one."""

from datetime import date

import pytest

from tasks.staging.issue_date import issue_date_from_name, issue_date_from_text


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2023-04-24.txt", date(2023, 4, 24)),
        ("济南日报_20230424_03版.txt", date(2023, 4, 24)),
        ("rmrb20230424.txt", date(2023, 4, 24)),
        ("2023年4月24日.txt", date(2023, 4, 24)),
        ("html/2023-04/24/node_2.htm", date(2023, 4, 24)),
        ("２０２３－０４－２４".replace("－", "-"), date(2023, 4, 24)),
        ("2023-04-24/2023-04-24_a1.txt", date(2023, 4, 24)),
    ],
)
def test_dates_in_names(name, day):
    found = issue_date_from_name(name)
    assert (found.day, found.precision, found.source) == (day, "day", "filename")


@pytest.mark.parametrize(
    "name",
    ["000_625344e733e11c76.txt", "625344e720230424.txt", "a20230424ff.txt", "1202304245.txt", "20230424103000.txt",
     "2023-13-40.txt", "2023-02-30.txt", "page_3.txt", "2023-04-24_2023-04-25.txt", "0531-88888888.txt"],
)  # fmt: skip
def test_digits_that_are_no_date(name):
    assert issue_date_from_name(name) is None


def test_a_month_in_a_name_is_known_to_the_month():
    found = issue_date_from_name("济南_2023-04_合订.txt")
    assert (found.day, found.precision) == (date(2023, 4, 1), "month")


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("济南日报\n2023年4月24日 星期一 第03版\n要闻\n", date(2023, 4, 24), "day"),
        ("开门红\n2023-10-28 08:15 来源：长春日报\n正文。\n", date(2023, 10, 28), "day"),
        ("开门红\n发布时间：2022年5月26日 10:20\n正文。\n", date(2022, 5, 26), "day"),
        (
            "4月20日，主题公园启用。\n4月22日，天桥区召开会议。\n4月23日，活动举办。\n2023年一季度，产值增长。",
            date(2023, 4, 24),
            "day",
        ),
        ("某市召开会议\n2022年05月20日 08:01\n5月19日，会议召开。", date(2022, 5, 20), "day"),
        ("2022年05月20日08:01:22 来源：某网\n会议召开。", date(2022, 5, 20), "day"),
        ("7月8日，专题讲座举行。2024年第4期讲座。", date(2024, 7, 1), "month"),
        ("2023年已过半，各项工作推进。", date(2023, 1, 1), "year"),
    ],
)
def test_dates_inferred_from_text(text, day, precision):
    found = issue_date_from_text(text)
    assert (found.day, found.precision, found.source) == (day, precision, "text")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "近日，槐荫区公布了一季度数据。",
        "4月23日，活动举办。",
        "到2025年，力争产值达到5000亿元。6月3日，会议召开。",
        "济南日报\n2023年4月24日 星期五\n",
        "2022年5月26日，市统计局发布数据，全市增长7%。",
    ],
)
def test_no_guess_without_evidence(text):
    found = issue_date_from_text(text)
    assert found is None or found.precision != "day"


@pytest.mark.parametrize(
    ("masthead", "day"),
    [
        ("一九五六年九月十八日　星期二", date(1956, 9, 18)),
        ("人民生活報　一九五○年五月廿日　第一版", date(1950, 5, 20)),
        ("中華民國四十五年九月十八日　星期二", date(1956, 9, 18)),
        ("中華民國一一四年八月十六日　星期六", date(2025, 8, 16)),
        ("民國114年8月16日", date(2025, 8, 16)),
        ("二○○三年五月一日 星期四", date(2003, 5, 1)),
        ("公元一九五六年九月十八日 农历丙申年八月十四", date(1956, 9, 18)),
    ],
)
def test_a_day_written_out_in_the_masthead(masthead, day):
    found = issue_date_from_text(f"{masthead}\n\n　　本报讯　全县秋收结束。")
    assert (found.day, found.precision, found.source) == (day, "day", "text")


@pytest.mark.parametrize(
    "line", ["一九五六年九月十八日，大会开幕。", "一九五六年九月十八日　星期五", "一九五六年二月三十日"]
)
def test_a_written_day_that_dates_no_page(line):
    assert issue_date_from_text(f"{line}\n\n　　全县秋收结束。") is None
