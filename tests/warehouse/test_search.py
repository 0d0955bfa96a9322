"""The full-text index stays level with the paragraphs, and hits come best first."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pytest

from tests.warehouse.small import document, insert, open_empty, paragraph, small_rows
from warehouse.errors import UserError
from warehouse.search.asking import Question, search
from warehouse.search.index import index_documents
from warehouse.search.terms import count_words, search_words


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    opened = open_empty()
    insert(opened, small_rows())
    index_documents(opened)
    return opened


def found(con: duckdb.DuckDBPyConnection, text: str, **more: Any) -> list[str]:
    return [str(hit["paragraph_id"]) for hit in search(con, Question(text, **more)).to_pylist()]


def test_a_phrase_finds_the_paragraphs_that_hold_it_headlines_first(con: duckdb.DuckDBPyConnection) -> None:
    assert found(con, "冷链物流") == ["d1.p3", "d1.p2"]


def test_all_words_are_wanted_but_some_will_do_where_none_has_all(con: duckdb.DuckDBPyConnection) -> None:
    assert found(con, "物流 平稳") == ["d2.p1"]
    assert found(con, "平稳 王健出席") == ["d1.p2"]


@pytest.mark.parametrize(("text", "hits"), [("历下", 3), ("槐荫", 2), ("园昨", 1), ("健出", 1), ("下物", 0)])
def test_any_two_characters_are_found_wherever_they_stand(con: duckdb.DuckDBPyConnection, text: str, hits: int) -> None:
    assert len(found(con, text)) == hits


def test_a_phrase_in_quotation_marks_stands_so_in_the_text(con: duckdb.DuckDBPyConnection) -> None:
    assert len(found(con, "园开园 物流")) == 1
    assert found(con, "“物流园开园”") == found(con, '"物流园开园"') == ["d1.p3"]
    assert found(con, "“物流开园”") == []


def test_names_that_no_dictionary_knows_are_found(con: duckdb.DuckDBPyConnection) -> None:
    assert found(con, "王健") == ["d1.p2"]


@pytest.mark.parametrize("text", ["月球基地", "王婷", "的"])
def test_what_stands_nowhere_gives_no_hits(con: duckdb.DuckDBPyConnection, text: str) -> None:
    assert found(con, text) == []


@pytest.mark.parametrize("text", ["，。", ""])
def test_a_question_without_a_word_is_a_mistake(con: duckdb.DuckDBPyConnection, text: str) -> None:
    with pytest.raises(UserError, match="no word"):
        found(con, text)


def test_hits_can_be_limited_to_newspaper_days_and_region(con: duckdb.DuckDBPyConnection) -> None:
    assert found(con, "物流", publisher="济南时报") == ["d2.p1"]
    assert found(con, "物流", since=date(2023, 4, 25)) == ["d2.p1"]
    assert set(found(con, "物流", until=date(2023, 4, 24))) == {"d1.p2", "d1.p3"}
    assert found(con, "工业", region="槐荫区") == found(con, "工业", region="济南")
    assert found(con, "冷链", region="槐荫区") == []


def test_a_hit_carries_its_citation(con: duckdb.DuckDBPyConnection) -> None:
    hit = search(con, Question("平稳")).to_pylist()[0]
    assert hit["citation"] == "济南时报 2023-04-25 A2《一季度各区经济》"


def index_of(con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    return con.execute(
        "select t.term, p.paragraph_id, i.tf from term_postings i join terms t using (term_no) "
        "join term_paragraphs p using (paragraph_no) order by all"
    ).fetchall()


def test_pages_in_steps_give_the_index_of_pages_at_once(con: duckdb.DuckDBPyConnection) -> None:
    stepwise = open_empty()
    rows = small_rows()
    for page in ("d1", "d2", "d3"):
        insert(stepwise, {"documents": [d for d in rows["documents"] if d["document_id"] == page]})
        insert(stepwise, {"paragraphs": [p for p in rows["paragraphs"] if p["document_id"] == page]})
        index_documents(stepwise)
    assert index_of(stepwise) == index_of(con)


def test_a_page_worked_on_again_is_indexed_anew_and_one_that_went_is_forgotten(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("delete from documents where document_id <> 'd2'")
    con.execute("delete from paragraphs")
    con.execute("update documents set run_id = 'r2'")
    insert(con, {"paragraphs": [paragraph("d2.p1", "高铁开通", "d2.a1")]})
    assert index_documents(con) == 1
    assert found(con, "物流") == []
    assert found(con, "高铁") == ["d2.p1"]
    assert {row[1] for row in index_of(con)} == {"d2.p1"}


def test_an_index_that_is_level_is_left_alone(con: duckdb.DuckDBPyConnection) -> None:
    assert index_documents(con) == 0


def test_many_paragraphs_are_indexed_in_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.search.index._SEGMENT_CHARS", 10)
    con = open_empty()
    insert(con, {"documents": [document("d1")]})
    insert(con, {"paragraphs": [paragraph(f"d1.p{n}", f"物流园区第{n}期", seq=n) for n in range(1, 10)]})
    assert index_documents(con) == 9
    assert len(found(con, "物流")) == 9


def test_the_macro_scores_in_plain_sql(con: duckdb.DuckDBPyConnection) -> None:
    best = con.execute(
        "from search_paragraphs(['物流', '平稳']) order by matched_terms desc, score desc, paragraph_id limit 1"
    ).fetchone()
    assert best is not None
    assert best[0] == "d2.p1"
    assert best[3] == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("物流园区", ["物流", "流园", "园区", "物流园", "物流园区"]),
        ("５Ｇ基站与GDP", ["基站", "站与", "5g", "gdp"]),
        ("物流園區", ["物流", "流园", "园区", "物流园", "物流园区"]),  # in whatever script
        ("", []),
        ("的、和，", []),
    ],
)
def test_search_words(text: str, words: list[str]) -> None:
    assert search_words(text) == words


def test_bulk_counting_agrees_with_cutting_one_by_one() -> None:
    texts = ["物流园区的物流", "", "GDP增长"]
    counted = count_words(texts)
    pairs = {
        (counted.words[word], text): times
        for word, text, times in zip(counted.word, counted.text, counted.times, strict=True)
    }
    expected = {(w, n): search_words(t).count(w) for n, t in enumerate(texts) for w in search_words(t)}
    assert pairs == expected
    assert counted.lengths.tolist() == [len(search_words(t)) for t in texts]
