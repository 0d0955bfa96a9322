"""Damages a sound batch in one way at a time: the expectation named for it must catch it, and nothing else is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from expectations.gate import check_batch
from expectations.verdict import Verdict
from tests.expectations.damage import (
    Damage,
    add_empty_article,
    change,
    change_figure,
    change_name,
    double,
    double_figure,
    double_percentage,
    drop,
    empty,
    figure,
    garble,
    lose_most_of_a_page,
    move_to_other_page,
    name_of,
    nonsense_names,
    overlap,
    scar,
    shift_name,
    shift_span,
    spoil_adcode,
    swap_columns,
)
from tests.expectations.pages import BODY, FURNITURE, REFERENCE, Rows, sound_pages, write_pages


@dataclass(frozen=True)
class Case:
    """A kind of damage and what the gate must make of it.

    Attributes:
        name: What was done.
        damage: Does it.
        expectation: Table and name of the expectation that must catch it.
        severity: critical or warning.
        effect: `refused`, `rejected:<documents>`, `held:<rows>` or `loads`.
    """

    name: str
    damage: Damage
    expectation: str
    severity: str
    effect: str


NEXT_YEAR = {"period_start": date(2024, 1, 1), "period_end": None}


def held(text: str, *others: str) -> str:
    return "held:" + ",".join(sorted((figure(sound_pages(), text)["metric_id"], *others)))


def held_name(text: str) -> str:
    return f"held:{name_of(sound_pages(), text)['mention_id']}"


FIGURE_CASES = [
    ("value off by ten thousand", "45.3亿元", {"value": 4.53e13}, "value_agrees_with_text"),
    ("magnitude forgotten", "2.5万余人", {"value": 2.5}, "value_agrees_with_text"),
    ("range forgotten", "3-5亿元", {"value_high": None}, "value_agrees_with_text"),
    ("unit swapped", "107家", {"unit": "人"}, "value_agrees_with_text"),
    ("unit nobody knows", "107家", {"unit": "哒"}, "unit_is_known"),
    ("unit of another dimension", "120亩", {"dimension": "mass"}, "unit_is_known"),
    ("base value wrong", "120亩", {"value_base": 80.0}, "base_value_agrees"),
    ("infinite value", "800人", {"value": float("inf")}, "value_is_finite"),
    ("not a number", "800人", {"value": float("nan")}, "value_is_finite"),
    ("range upside down", "3-5亿元", {"value": 5e8, "value_high": 3e8}, "range_ascends"),
    ("period upside down", "16.6%", {"period_end": date(2022, 1, 1)}, "period_is_in_order"),
    ("region that is none", "800人", {"region_adcode": "379999"}, "region_is_a_division"),
    ("sentence of another paragraph", "800人", {"sentence": BODY[2]}, "sentence_is_printed"),
    ("confidence beyond one", "800人", {"confidence": 1.2}, "confidence_is_a_probability"),
    ("figure of no paragraph", "800人", {"paragraph_id": "d2.p0099"}, "reference_exists"),
    ("figure of the wrong article", "800人", {"article_id": "d1.a001"}, "place_agrees_with_paragraph"),
    ("subject nobody named", "800人", {"subject_entity_id": "org-9"}, "subject_is_on_the_page"),
    ("measure nobody knows", "800人", {"measure": "much"}, "value_is_in_set"),
    ("unit missing", "800人", {"unit": None}, "column_is_filled"),
]
"""Name, the figure, what becomes of it, and the critical expectation that keeps this row, and no other, back."""

PAGE_CASES = [
    ("dropped furniture", drop("paragraphs", paragraph_id="d2.p0001"), "documents.page_is_lossless"),
    ("dropped paragraph", drop("paragraphs", paragraph_id="d2.p0005"), "documents.page_is_lossless"),
    ("dropped paragraph with figures", drop("paragraphs", paragraph_id="d2.p0004"), "metrics.reference_exists"),
    ("one character lost", change("paragraphs", "d2.p0001", text=FURNITURE[:-1]), "documents.page_is_lossless"),
    (
        "one character for another",
        change("paragraphs", "d2.p0001", text="雨" + FURNITURE[1:]),
        "documents.page_is_lossless",
    ),
    ("paragraph twice", double("paragraphs", "d2.p0003"), "paragraphs.key_is_unique"),
    ("paragraph of no article", change("paragraphs", "d2.p0005", article_id="d2.a009"), "paragraphs.reference_exists"),
    ("paragraph on another page's article", move_to_other_page, "paragraphs.article_is_on_the_page"),
    ("gap in the order", change("paragraphs", "d2.p0005", seq=9), "paragraphs.paragraph_order_is_complete"),
    ("lines beyond the page", change("paragraphs", "d2.p0005", lines=[5, 99]), "paragraphs.lines_are_on_the_page"),
    ("article without paragraphs", add_empty_article, "articles.article_has_paragraphs"),
    ("headline swapped with dateline", swap_columns, "articles.headline_is_printed"),
    ("adcode that is none", spoil_adcode, "document_entities.adcode_is_a_division"),
    ("GBK mojibake", garble, "documents.page_is_no_mojibake"),
    ("private-use characters", scar("\ue123", 20), "documents.page_is_legible"),
    ("page at a tenth of its volume", lose_most_of_a_page, "documents.page_is_not_far_too_thin"),
    ("rejected without a reason", change("documents", "d2", status="rejected"), "documents.rejection_has_a_reason"),
    (
        "issue date without its source",
        change("documents", "d2", issue_date_source=None),
        "documents.issue_date_is_whole",
    ),
]
"""Name, damage, and the critical expectation that keeps page d2, and no other, back."""

CASES = [
    *(
        Case(name, change_figure(text, **values), f"metrics.{rule}", "critical", held(text))
        for name, text, values, rule in FIGURE_CASES
    ),
    *(Case(name, damage, rule, "critical", "rejected:d2") for name, damage, rule in PAGE_CASES),
    Case("shifted span of a figure", shift_span, "metrics.span_shows_the_text", "critical", held("45.3亿元")),
    Case("figure twice", double_figure, "metrics.key_is_unique", "critical", held("16.6%")),
    Case("overlapping figures", overlap, "metrics.metrics_do_not_overlap", "critical", "held:d2.extra"),
    Case("shifted span of a name", shift_name, "mentions.span_shows_the_text", "critical", held_name("张伟")),
    Case(
        "name of no entity",
        change_name(entity_id="per-9"),
        "mentions.entity_is_on_the_page",
        "critical",
        held_name("张伟"),
    ),
    Case("type swapped", change_name(type="ORG"), "mentions.entity_is_on_the_page", "critical", held_name("张伟")),
    Case(
        "finding beyond the page",
        change("findings", "d2.r0001", line=99),
        "findings.line_is_on_the_page",
        "critical",
        "held:d2.r0001",
    ),
    Case("page twice", double("documents", "d2"), "documents.key_is_unique", "critical", "refused"),
    Case(
        "page id missing", change_figure("800人", document_id=None), "metrics.column_is_filled", "critical", "refused"
    ),
    Case(
        "no paragraphs at all",
        empty("paragraphs"),
        "documents.pages_give_articles_and_paragraphs",
        "critical",
        "refused",
    ),
    Case("no figures at all", empty("metrics"), "documents.pages_give_names_and_figures", "critical", "refused"),
    Case("percentage beyond sense", double_percentage, "metrics.percent_is_sane", "warning", "loads"),
    Case(
        "future period of a figure done",
        change_figure("800人", **NEXT_YEAR),
        "metrics.actual_is_not_in_the_future",
        "critical",
        held("800人"),
    ),
    Case("authors that are none", nonsense_names, "articles.authors_look_like_names", "warning", "loads"),
    Case(
        "issue date in the far future",
        change("documents", "d2", issue_date=date(2025, 10, 10)),
        "documents.issue_date_is_plausible",
        "warning",
        "loads",
    ),
    Case("a replacement character", scar("�", 1), "documents.page_has_few_damaged_characters", "warning", "loads"),
    Case("OCR rubbish", scar("~^|_", 20), "documents.page_has_little_ocr_rubbish", "warning", "loads"),
]


def effect_of(verdict: Verdict, of: str = "") -> str:
    """What the verdict does, to the pages whose ids begin so."""
    if verdict.refused:
        return "refused"
    if rejected := sorted(key.removeprefix(of) for key in verdict.rejected if key.startswith(of)):
        return "rejected:" + ",".join(rejected)
    kept_back = {row.row_id.removeprefix(of) for row in verdict.held if row.row_id.startswith(of)}
    return "held:" + ",".join(sorted(kept_back)) if kept_back else "loads"


def damaged(damage: Damage, of: str = "") -> Rows:
    """Rows of three pages, one of them damaged; all their ids begin so."""
    rows = sound_pages()
    damage(rows)
    return {
        name: [{key: _renamed(value, of) for key, value in row.items()} for row in own] for name, own in rows.items()
    }


def _renamed(value: Any, of: str) -> Any:
    return re.sub(r"(?<![A-Za-z0-9])(?=d[123](?![0-9]))", of, value) if isinstance(value, str) else value


@pytest.fixture(scope="module")
def verdict(tmp_path_factory) -> Verdict:
    """All cases but those that refuse the batch, each on pages of its own, in one batch: what is done to one page costs
    that page or its row, and nothing else."""
    together: Rows = {}
    for n, case in enumerate(CASES):
        if case.effect != "refused":
            for name, own in damaged(case.damage, f"c{n:02}").items():
                together.setdefault(name, []).extend(own)
    return check_batch(write_pages(tmp_path_factory.mktemp("together"), together), REFERENCE)


@pytest.mark.parametrize("n", range(len(CASES)), ids=lambda n: CASES[n].name)
def test_damage_is_caught_by_the_expectation_named_for_it(n, tmp_path, request):
    case, of = CASES[n], f"c{n:02}"
    if case.effect == "refused":
        verdict = check_batch(write_pages(tmp_path, damaged(case.damage, of)), REFERENCE)
        failed = {(r.table_name, r.expectation) for r in verdict.results if not r.success}
    else:
        verdict = request.getfixturevalue("verdict")
        rows = [row for row in verdict.failed_rows if row.document_id and row.document_id.startswith(f"{of}d")]
        failed = {(row.table_name, row.expectation) for row in rows}
    severity = {(r.table_name, r.expectation): r.severity for r in verdict.results if not r.success}
    assert tuple(case.expectation.split(".")) in failed
    assert severity[tuple(case.expectation.split("."))] == case.severity
    assert effect_of(verdict, of) == case.effect


def test_a_sound_batch_passes_with_no_failure_at_all(tmp_path):
    verdict = check_batch(write_pages(tmp_path, sound_pages()), REFERENCE)
    assert [r for r in verdict.results if not r.success] == []
    assert effect_of(verdict) == "loads"


def test_a_truncated_file_refuses_the_batch(tmp_path):
    files = write_pages(tmp_path, sound_pages())
    path = files["metrics"][0]
    path.write_bytes(path.read_bytes()[:-200])
    verdict = check_batch(files, REFERENCE)
    assert [r.expectation for r in verdict.results] == ["files_are_readable"]
    assert "metrics.parquet" in (verdict.refused or "")


def test_bytes_changed_inside_a_file_refuse_the_batch(tmp_path):
    files = write_pages(tmp_path, sound_pages())
    path = files["paragraphs"][0]
    data = bytearray(path.read_bytes())
    data[4:400] = bytes(396)
    path.write_bytes(bytes(data))
    verdict = check_batch(files, REFERENCE)
    assert [r.expectation for r in verdict.results] == ["files_are_readable"]


@pytest.mark.parametrize("how", ["missing", "extra", "type"])
def test_a_wrong_schema_refuses_the_batch(how, tmp_path):
    files = write_pages(tmp_path, sound_pages())
    path = files["metrics"][0]
    table = pq.read_table(path)
    changed = {
        "missing": lambda: table.drop_columns(["value"]),
        "extra": lambda: table.append_column("note", pa.nulls(len(table), pa.string())),
        "type": lambda: table.set_column(
            table.column_names.index("value"), "value", table.column("value").cast(pa.string())
        ),
    }[how]()
    pq.write_table(changed, path)
    verdict = check_batch(files, REFERENCE)
    assert [(r.table_name, r.expectation) for r in verdict.results] == [("metrics", "columns_are_declared")]
    assert verdict.refused


def test_a_batch_unlike_the_corpus_only_warns(tmp_path):
    reference = replace(REFERENCE, history={"metrics_per_1000": (400.0, 5.0)})
    verdict = check_batch(write_pages(tmp_path, sound_pages()), reference)
    assert [r.expectation for r in verdict.results if not r.success] == ["batch_is_like_the_corpus"]
    assert effect_of(verdict) == "loads"
