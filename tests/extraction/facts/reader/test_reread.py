from dataclasses import asdict, replace
from datetime import date

import numpy as np
import pytest

from tasks.extraction.facts.reader.answers import Answers, Said, Timed, answers_of
from tasks.extraction.facts.reader.cutting import Cut
from tasks.extraction.facts.reader.network import shipped_network
from tasks.extraction.facts.reader.reread import evidence_of
from tasks.extraction.facts.reader.story import windows_of
from tasks.extraction.facts.reader.trust import FIELDS, TOLD, Evidence, trust_in
from tasks.extraction.facts.reader.window import Offered
from tasks.extraction.page import extract_page, read_by_rules
from tasks.page import Article, IssueDate, PageContext, Paragraph, Period, RepairedPage

DAY = PageContext(IssueDate(date(2023, 4, 24)))
TEXTS = (
    "槐荫区一季度经济数据出炉。记者从槐荫区统计局获悉，全区经济开局良好。",
    "一季度，全区完成工业总产值45.3亿元，同比增长16.6%；社会消费品零售总额居全市第二位。",
    "根据计划，到2025年全区将建成充电桩1200个，力争工业总产值突破60亿元。",
)
CONTEXT = {
    *("measure", "comparison", "modality", "indicator", "indicator_key", "topic", "subject", "subject_entity"),
    *("region_adcode", "period", "period_start", "period_end", "confidence", "doubts", "reasons"),
    *(f"confidence_{name}" for name in TOLD),
}


@pytest.fixture(scope="module")
def page() -> RepairedPage:
    texts = tuple(Paragraph(n, 1, "body", text) for n, text in enumerate(TEXTS, 1))
    return RepairedPage(texts, (Article(1, headline="槐荫区开门红"),))


def test_the_reader_changes_the_context_of_a_figure_and_nothing_else(page):
    ruled, read = extract_page(page, DAY).metrics, extract_page(page, DAY, network=shipped_network()).metrics
    assert len(ruled) == len(read) == 5
    for before, after in zip(ruled, read, strict=True):
        kept = {name: value for name, value in asdict(before).items() if name not in CONTEXT}
        assert kept == {name: value for name, value in asdict(after).items() if name not in CONTEXT}


def test_what_it_chooses_is_printed_or_named(page):
    everything = "".join(TEXTS)
    for metric in extract_page(page, DAY, network=shipped_network()).metrics:
        assert metric.indicator is None or metric.indicator in everything
        assert metric.subject is None or metric.subject in everything


def test_it_reads_plain_sentences(page):
    output, growth, rank, piles, goal = extract_page(page, DAY, network=shipped_network()).metrics
    assert (output.indicator, output.subject, output.period) == ("工业总产值", "槐荫区", "一季度")
    assert (growth.measure, growth.comparison, growth.indicator) == ("growth", "yoy", "工业总产值")
    assert rank.measure == "rank"
    assert "actual" not in (piles.modality, goal.modality)
    assert goal.period_end == date(2025, 12, 31)


def test_it_says_of_every_field_who_read_it(page):
    for metric in extract_page(page, DAY, network=shipped_network()).metrics:
        assert [reason.split(":")[0] for reason in metric.reasons] == list(FIELDS)


def test_by_the_rules_alone_no_field_has_a_confidence_of_its_own(page):
    assert all(m.confidence_subject is None and not m.doubts for m in extract_page(page, DAY).metrics)


def test_a_window_is_read_alike_alone_and_after_others(page):
    network = shipped_network()
    windows = list(windows_of(read_by_rules(page, DAY)[0], Cut(text=40, before=40)))
    alone = [network.read([w])[0].pointers for w in windows]
    again = [scores.pointers for scores in network.read(windows[::-1])][::-1]
    assert len(alone) > 1
    assert all(np.allclose(a, b, rtol=0, atol=1e-10) for a, b in zip(alone, again, strict=True))


def test_chances_of_each_question_add_up_to_no_more_than_one(page):
    network = shipped_network()
    for window in windows_of(read_by_rules(page, DAY)[0]):
        for answers in answers_of(window, network.read([window])[0]):
            assert sum(answers.measure.values()) == pytest.approx(1, abs=1e-5)
            assert sum(t.chance for t in answers.times) == pytest.approx(1, abs=1e-5)
            assert all(sum(said.chance for said in spans) <= 1.001 for spans in answers.spans.values())


@pytest.mark.parametrize("question", [*TOLD, "fact"])
def test_trust_rises_with_the_chance_and_with_agreement(question):
    def trust(chance: float, agreed: bool) -> float:
        evidence = Evidence(dict.fromkeys(FIELDS, chance), dict.fromkeys(("indicator", "subject"), agreed), chance)
        return trust_in(evidence)[question]

    assert 0 < trust(0.4, False) < trust(0.95, True) < 1
    assert trust(0.4, False) < trust(0.95, False)


def test_on_a_page_of_the_last_century_it_only_fills_what_the_rules_leave_open(page):
    day = PageContext(IssueDate(date(1987, 4, 24)))
    ruled, read = extract_page(page, day).metrics, extract_page(page, day, network=shipped_network()).metrics
    for before, after in zip(ruled, read, strict=True):
        assert after.subject == before.subject or before.subject is None
        assert after.indicator == before.indicator or before.indicator is None


def test_times_without_dates_and_no_time_at_all_are_one_answer(page):
    ruled = extract_page(page, DAY).metrics[0]
    vague = replace(ruled, period="近年来", period_start=None, period_end=None)
    times = (
        Timed(None, 0.6),
        Timed(Offered(1, 4, Period(0, 3, "近年来")), 0.3),
        Timed(Offered(5, 8, Period(0, 3, "去年底", date(2022, 12, 31), date(2022, 12, 31))), 0.1),
    )
    said = {name: (Said(None, (0, 1), 1.0),) for name in ("indicator", "subject")}
    answers = Answers({ruled.measure: 1.0}, {None: 1.0}, {ruled.modality: 1.0}, 1.0, said, times)
    assert evidence_of(ruled, vague, answers).chances["period"] == pytest.approx(0.9)
