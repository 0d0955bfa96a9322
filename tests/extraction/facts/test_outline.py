"""The year an article tells of, its sections, and what their headings say about time and mood."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.extraction.facts.section.headings import kind_of_heading, read_heading
from tasks.extraction.facts.section.outline import outline_article
from tasks.extraction.page import extract_page
from tasks.page import Article, IssueDate, Metric, PageContext, Paragraph, RepairedPage

HEADINGS = [
    ("一、2025年工作回顾", "body", (1, "review")),
    ("二、2026年重点工作", "body", (1, "plan")),
    ("（一）加快建设现代产业体系", "body", (2, "none")),
    ("城市更新提速", "subhead", (2, "none")),
    ("三、今年工作的主要目标和任务", "body", (1, "plan")),
    ("主要预期目标", "subhead", (2, "target")),
    ("四、保障措施。各单位要加强领导，落实责任。", "body", (1, "measures")),
    ("第一部分 过去五年工作总结", "body", (0, "review")),
]


@pytest.mark.parametrize(("text", "role", "right"), HEADINGS)
def test_headings_alone_or_at_the_head_of_a_paragraph(text, role, right):
    heading = read_heading(text, role)
    assert heading is not None
    assert (heading.depth, heading.kind) == right


@pytest.mark.parametrize(
    "text",
    [
        "全市完成工业总产值45.3亿元，同比增长16.6%。",
        "新建学校8所",
        "一、二季度产值分别为12.5亿元和13.6亿元，比上年同期增长两成以上，为全年打下基础。",
        "记者从市统计局获悉",
    ],
)
def test_plain_text_is_no_heading(text):
    assert read_heading(text, "body") is None


def test_the_last_telling_word_of_a_heading_counts():
    assert kind_of_heading("2025年工作回顾和2026年工作安排") == "plan"
    assert kind_of_heading("“十四五”时期发展成就") == "review"


YEARS = [
    ("临江市2022年全市统计公报", date(2023, 3, 20), 2022, "communique"),
    ("临江市国民经济和社会发展统计公报", date(2023, 3, 20), 2022, "communique"),
    ("市统计局发布《临江市2022年统计公报》", date(2023, 3, 20), 2022, "communique"),
    ("临江市政府工作报告（2026年）", date(2026, 1, 20), 2025, "work report"),
    ("政府工作报告", date(2026, 1, 20), 2025, "work report"),
    ("政府工作报告", date(2025, 12, 28), 2025, "work report"),
    ("2022年临江市地区生产总值增长5.1%", date(2023, 1, 18), 2022, "news"),
    ("临江市加快建设现代产业体系", date(2023, 1, 18), None, "news"),
    ("到2030年临江市将建成公园300个", date(2023, 1, 18), None, "news"),
]


@pytest.mark.parametrize(("headline", "day", "year", "genre"), YEARS)
def test_the_year_a_headline_tells_of(headline, day, year, genre):
    outline = outline_article([headline], [], day)
    assert (outline.genre, outline.sections[0].year) == (genre, year)
    assert bool(outline.sections[0].reason) == (year is not None)


REPORT = """
各位代表：现在，我代表市人民政府，向大会报告工作，请予审议。
一、2025年工作回顾
过去一年，我们坚持稳中求进，全市生产总值达到3260.5亿元，增长5.6%。
（一）产业转型步伐加快。新增规上工业企业112家，12个重点项目建成投产。年末全市拥有研发平台215个。
（二）民生福祉持续改善。全年城镇新增就业6.8万人，惠及居民2.3万户。
二、2026年重点工作
今年经济社会发展的主要预期目标是：生产总值增长5.5%左右，固定资产投资增长6%。
（一）加快建设现代产业体系。新增高新技术企业100家，推进30个技改项目。目前全市已有“小巨人”企业42家。
（二）持续增进民生福祉。完成老旧小区改造60个，补贴标准由每人80元提高到95元。
为60岁以上老人提供助餐服务，建设社区食堂40个。
""".strip().splitlines()

# figure: start, end, modality
FIGURES = {
    "3260.5亿元": ("2025-01-01", "2025-12-31", "actual"),
    "5.6%": ("2025-01-01", "2025-12-31", "actual"),
    "112家": ("2025-01-01", "2025-12-31", "actual"),
    "12个": ("2025-01-01", "2025-12-31", "actual"),
    "215个": ("None", "2025-12-31", "actual"),
    "6.8万人": ("2025-01-01", "2025-12-31", "actual"),
    "5.5%": ("2026-01-01", "2026-12-31", "target"),
    "6%": ("2026-01-01", "2026-12-31", "target"),
    "100家": ("2026-01-01", "2026-12-31", "target"),
    "30个": ("2026-01-01", "2026-12-31", "planned"),
    "42家": ("None", "None", "actual"),
    "60个": ("2026-01-01", "2026-12-31", "target"),
    "80元": ("2026-01-01", "2026-12-31", "actual"),
    "95元": ("2026-01-01", "2026-12-31", "target"),
    "40个": ("2026-01-01", "2026-12-31", "target"),
}


def read_report(role: str) -> dict[str, Metric]:
    """Reads the report above, its main headings in paragraphs of a role."""
    lines = [
        Paragraph(n, 1, role if line.startswith(("一、", "二、")) else "body", line) for n, line in enumerate(REPORT, 2)
    ]
    page = RepairedPage(
        (Paragraph(1, 1, "headline", "临江市政府工作报告"), *lines), (Article(1, headline="临江市政府工作报告"),)
    )
    found = extract_page(page, PageContext(IssueDate(date(2026, 1, 20))))
    return {m.quantity.text: m for m in found.metrics}


@pytest.mark.parametrize("role", ["subhead", "body"])
def test_sections_of_a_work_report_govern_time_and_mood(role):
    figures = read_report(role)
    told = {
        text: (str(m.period_start), str(m.period_end), m.modality) for text, m in figures.items() if text in FIGURES
    }
    assert told == FIGURES


def test_neighbours_and_headings_speak_for_a_paragraph_without_signs():
    lines = [Paragraph(n, 1, "body", line) for n, line in enumerate(REPORT, 1)]
    outline = outline_article(["政府工作报告"], lines, date(2026, 1, 20))
    assert [outline.mood_at(n) for n in (3, 5, 7, 10)] == ["review", "review", "plan", "plan"]
    assert outline.section_at(4).reason == "heading: 2025年"
