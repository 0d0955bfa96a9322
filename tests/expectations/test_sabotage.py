"""Damages a sound batch in one way at a time: the expectation named for it must catch it, and nothing else is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from expectations.gate import check_batch
from expectations.verdict import Verdict
from tests.expectations.pages import BODY, FURNITURE, REFERENCE, Rows, sound_pages, write_pages

Damage = Callable[[Rows], None]


@dataclass(frozen=True)
class Case:
    """A kind of damage and what the gate must make of it.

    Attributes:
        damage: Changes the rows.
        table: Table of the expectation that must catch it.
        expectation: Its name.
        severity: critical or warning.
        effect: `refused`, `rejected:<documents>`, `held:<rows>` or `loads`.
        column: Column of the expectation where its name alone does not tell.
    """

    name: str
    damage: Damage
    table: str
    expectation: str
    severity: str
    effect: str
    column: str | None = None


def row(rows: Rows, table: str, key: str) -> dict[str, Any]:
    return next(r for r in rows[table] if r[table_key(table)] == key)


def table_key(table: str) -> str:
    return {"documents": "document_id", "articles": "article_id", "paragraphs": "paragraph_id"}.get(
        table, "mention_id" if table == "mentions" else "metric_id"
    )


def change(table: str, key: str, **values: Any) -> Damage:
    return lambda rows: row(rows, table, key).update(values)


def figure(rows: Rows, text: str, document_id: str = "d2") -> dict[str, Any]:
    return next(m for m in rows["metrics"] if m["text"] == text and m["document_id"] == document_id)


def change_figure(text: str, **values: Any) -> Damage:
    return lambda rows: figure(rows, text).update(values)


def name(rows: Rows, text: str, document_id: str = "d2") -> dict[str, Any]:
    return next(m for m in rows["mentions"] if m["text"] == text and m["document_id"] == document_id)


def drop(table: str, **values: Any) -> Damage:
    def damage(rows: Rows) -> None:
        rows[table][:] = [r for r in rows[table] if any(r.get(k) != v for k, v in values.items())]

    return damage


def double(table: str, key: str) -> Damage:
    return lambda rows: rows[table].append(dict(row(rows, table, key)))


def shift_span(rows: Rows) -> None:
    metric = figure(rows, "45.3亿元")
    metric.update(start_char=metric["start_char"] + 1, end_char=metric["end_char"] + 1)


def shift_name(rows: Rows) -> None:
    mention = name(rows, "张伟")
    mention.update(start_char=mention["start_char"] - 1, end_char=mention["end_char"] - 1)


def empty(table: str) -> Damage:
    return lambda rows: rows[table].clear()


def lose_most_of_a_page(rows: Rows) -> None:
    """Leaves a tenth of a long page: the gate must see it without knowing the raw text."""
    long = BODY[0] * 60
    paragraph = row(rows, "paragraphs", "d2.p0003")
    paragraph["text"] = long
    rows["articles"][1].update(char_count=len(long) + len(BODY[1]) + len(BODY[2]))
    for seq in (4, 5):
        paragraph["text"] += row(rows, "paragraphs", f"d2.p{seq:04d}")["text"]
    drop("paragraphs", paragraph_id="d2.p0004")(rows)
    drop("paragraphs", paragraph_id="d2.p0005")(rows)
    drop("paragraphs", paragraph_id="d2.p0001")(rows)


def garble(rows: Rows) -> None:
    """UTF-8 bytes that somebody read as GBK, and counted so."""
    for paragraph in rows["paragraphs"]:
        if paragraph["document_id"] == "d2":
            paragraph["text"] = paragraph["text"].encode().decode("gb18030", "replace")


def scar(character: str, times: int) -> Damage:
    def damage(rows: Rows) -> None:
        paragraph = row(rows, "paragraphs", "d2.p0005")
        paragraph["text"] += character * times

    return damage


def swap_columns(rows: Rows) -> None:
    for article in rows["articles"]:
        article["headline"], article["dateline"] = article["dateline"], article["headline"]


def swap_ends(rows: Rows) -> None:
    metric = figure(rows, "16.6%")
    metric["period_start"], metric["period_end"] = metric["period_end"], metric["period_start"]


def overlap(rows: Rows) -> None:
    metric = figure(rows, "45.3亿元")
    start = metric["start_char"] + 2
    text = "3亿元"
    rows["metrics"].append(
        metric
        | {"metric_id": "d2.extra", "text": text, "start_char": start, "end_char": start + len(text), "value": 3e8}
    )


def move_to_other_page(rows: Rows) -> None:
    row(rows, "paragraphs", "d2.p0005")["article_id"] = "d1.a001"
    rows["articles"][1].update(paragraph_count=2, char_count=len(BODY[0]) + len(BODY[1]))
    rows["articles"][0].update(paragraph_count=4, char_count=sum(map(len, BODY)) + len(BODY[2]))


def many_pages_without(table: str) -> Damage:
    def damage(rows: Rows) -> None:
        for document in rows["documents"]:
            document["char_count"] = 10_000
        rows[table].clear()

    return damage


def nonsense_names(rows: Rows) -> None:
    rows["articles"][1]["authors"] = ["本报记者", "一季度经济形势"]


def held(text: str) -> str:
    rows = sound_pages()
    return f"held:{figure(rows, text)['metric_id']}"


def held_name(text: str) -> str:
    return f"held:{name(sound_pages(), text)['mention_id']}"


CASES = [
    Case("shifted span of a figure", shift_span, "metrics", "span_shows_the_text", "critical", held("45.3亿元")),
    Case("shifted span of a name", shift_name, "mentions", "span_shows_the_text", "critical", held_name("张伟")),
    Case("dropped furniture", drop("paragraphs", paragraph_id="d2.p0001"), "documents", "page_is_lossless", "critical", "rejected:d2"),
    Case("dropped paragraph", drop("paragraphs", paragraph_id="d2.p0005"), "documents", "page_is_lossless", "critical", "rejected:d2"),
    Case("dropped paragraph with figures", drop("paragraphs", paragraph_id="d2.p0004"), "metrics", "reference_exists", "critical", "rejected:d2", "paragraph_id"),
    Case("one character lost", change("paragraphs", "d2.p0001", text=FURNITURE[:-1]), "documents", "page_is_lossless", "critical", "rejected:d2"),
    Case("one character for another", change("paragraphs", "d2.p0001", text=FURNITURE.replace("晴", "雨")), "documents", "page_is_lossless", "critical", "rejected:d2"),
    Case("paragraph twice", double("paragraphs", "d2.p0003"), "paragraphs", "key_is_unique", "critical", "rejected:d2"),
    Case("figure twice", lambda rows: rows["metrics"].append(dict(figure(rows, "16.6%"))), "metrics", "key_is_unique", "critical", held("16.6%")),
    Case("page twice", double("documents", "d2"), "documents", "key_is_unique", "critical", "refused"),
    Case("value off by ten thousand", change_figure("45.3亿元", value=4.53e13), "metrics", "value_agrees_with_text", "critical", held("45.3亿元")),
    Case("magnitude forgotten", change_figure("2.5万余人", value=2.5), "metrics", "value_agrees_with_text", "critical", held("2.5万余人")),
    Case("range forgotten", change_figure("3-5亿元", value_high=None), "metrics", "value_agrees_with_text", "critical", held("3-5亿元")),
    Case("unit swapped", change_figure("107家", unit="人"), "metrics", "value_agrees_with_text", "critical", held("107家")),
    Case("unit nobody knows", change_figure("107家", unit="哒"), "metrics", "unit_is_known", "critical", held("107家")),
    Case("unit of another dimension", change_figure("120亩", dimension="mass"), "metrics", "unit_is_known", "critical", held("120亩")),
    Case("base value wrong", change_figure("120亩", value_base=80.0), "metrics", "base_value_agrees", "critical", held("120亩")),
    Case("infinite value", change_figure("800人", value=float("inf")), "metrics", "value_is_finite", "critical", held("800人")),
    Case("not a number", change_figure("800人", value=float("nan")), "metrics", "value_is_finite", "critical", held("800人")),
    Case("range upside down", change_figure("3-5亿元", value=5e8, value_high=3e8), "metrics", "range_ascends", "critical", held("3-5亿元")),
    Case("percentage beyond sense", change_figure("16.6%", value=16600.0), "metrics", "percent_is_sane", "warning", held("16.6%")),
    Case("period upside down", swap_ends, "metrics", "period_is_in_order", "critical", held("16.6%")),
    Case("future period of a figure done", change_figure("800人", period_start=date(2024, 1, 1), period_end=None), "metrics", "actual_is_not_in_the_future", "warning", "loads"),
    Case("region that is none", change_figure("800人", region_adcode="379999"), "metrics", "region_is_a_division", "critical", held("800人")),
    Case("adcode that is none", lambda rows: rows["document_entities"][3].update(adcode="379999", entity_id="379999"), "document_entities", "adcode_is_a_division", "critical", "rejected:d2"),
    Case("sentence of another paragraph", change_figure("800人", sentence=BODY[2]), "metrics", "sentence_is_printed", "critical", held("800人")),
    Case("confidence beyond one", change_figure("800人", confidence=1.2), "metrics", "confidence_is_a_probability", "critical", held("800人")),
    Case("measure nobody knows", change_figure("800人", measure="much"), "metrics", "value_is_in_set", "critical", held("800人"), "measure"),
    Case("value missing", change_figure("800人", unit=None), "metrics", "column_is_filled", "critical", held("800人"), "unit"),
    Case("overlapping figures", overlap, "metrics", "metrics_do_not_overlap", "critical", held("45.3亿元").replace(":", ":d2.extra,", 1)),
    Case("figure of no paragraph", change_figure("800人", paragraph_id="d2.p0099"), "metrics", "reference_exists", "critical", held("800人"), "paragraph_id"),
    Case("figure of the wrong article", change_figure("800人", article_id="d1.a001"), "metrics", "place_agrees_with_paragraph", "critical", held("800人")),
    Case("subject nobody named", change_figure("800人", subject_entity_id="org-9"), "metrics", "subject_is_on_the_page", "critical", held("800人")),
    Case("name of no entity", lambda rows: name(rows, "张伟").update(entity_id="per-9"), "mentions", "entity_is_on_the_page", "critical", held_name("张伟")),
    Case("type swapped", lambda rows: name(rows, "张伟").update(type="ORG"), "mentions", "entity_is_on_the_page", "critical", held_name("张伟")),
    Case("paragraph of no article", change("paragraphs", "d2.p0005", article_id="d2.a009"), "paragraphs", "reference_exists", "critical", "rejected:d2", "article_id"),
    Case("paragraph on another page's article", move_to_other_page, "paragraphs", "article_is_on_the_page", "critical", "rejected:d2"),
    Case("gap in the order", change("paragraphs", "d2.p0005", seq=9), "paragraphs", "paragraph_order_is_complete", "critical", "rejected:d2"),
    Case("lines beyond the page", change("paragraphs", "d2.p0005", lines=[5, 99]), "paragraphs", "lines_are_on_the_page", "critical", "rejected:d2"),
    Case("article without paragraphs", lambda rows: rows["articles"].append(rows["articles"][1] | {"article_id": "d2.a002", "seq": 2, "paragraph_count": 0, "char_count": 0}), "articles", "article_has_paragraphs", "critical", "rejected:d2"),
    Case("headline swapped with dateline", swap_columns, "articles", "headline_is_printed", "critical", "rejected:d1,d2,d3"),
    Case("authors that are none", nonsense_names, "articles", "authors_look_like_names", "warning", "loads"),
    Case("GBK mojibake", garble, "documents", "page_is_no_mojibake", "critical", "rejected:d2"),
    Case("private-use characters", scar("\ue123", 20), "documents", "page_is_legible", "critical", "rejected:d2"),
    Case("a replacement character", scar("�", 1), "documents", "page_has_few_damaged_characters", "warning", "rejected:d2"),
    Case("OCR rubbish", scar("~^|_", 20), "documents", "page_has_little_ocr_rubbish", "warning", "rejected:d2"),
    Case("page at a tenth of its volume", lose_most_of_a_page, "documents", "page_is_not_far_too_thin", "critical", "rejected:d2"),
    Case("empty table of paragraphs", many_pages_without("paragraphs"), "documents", "pages_give_articles_and_paragraphs", "critical", "refused"),
    Case("empty table of figures", many_pages_without("metrics"), "documents", "pages_give_names_and_figures", "critical", "refused"),
    Case("rejected without a reason", change("documents", "d2", status="rejected", reason=None), "documents", "rejection_has_a_reason", "critical", "rejected:d2"),
    Case("issue date without its source", change("documents", "d2", issue_date_source=None), "documents", "issue_date_is_whole", "critical", "rejected:d2"),
    Case("issue date in the far future", change("documents", "d2", issue_date=date(2023, 4, 24) + timedelta(days=900)), "documents", "issue_date_is_plausible", "warning", "loads"),
    Case("page id missing", change_figure("800人", document_id=None), "metrics", "column_is_filled", "critical", "refused", "document_id"),
]  # fmt: skip


def effect_of(verdict: Verdict) -> str:
    if verdict.refused:
        return "refused"
    if verdict.rejected:
        return "rejected:" + ",".join(sorted(verdict.rejected))
    return "held:" + ",".join(sorted({h.row_id for h in verdict.held})) if verdict.held else "loads"


def damaged(folder, damage: Damage):
    rows = sound_pages()
    damage(rows)
    return write_pages(folder, rows)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_damage_is_caught_by_the_expectation_named_for_it(case, tmp_path):
    verdict = check_batch(damaged(tmp_path, case.damage), REFERENCE)
    caught = [
        r
        for r in verdict.results
        if (r.table_name, r.expectation) == (case.table, case.expectation) and case.column in (None, r.column_name)
    ]
    assert any(not r.success and r.severity == case.severity for r in caught)
    assert effect_of(verdict) == case.effect


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
