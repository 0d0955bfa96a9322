"""The generated pages of `docs/` say what the code says."""

from __future__ import annotations

from pathlib import Path

from flows.docs import DOCS, pages
from warehouse.schema.dictionary import dictionary_page
from warehouse.schema.views import macros, saved_queries, views

HINT = "run `make docs`"


def test_the_dictionary_is_up_to_date() -> None:
    assert (DOCS / "dictionary.md").read_text("utf-8") == dictionary_page(), HINT


def test_the_answers_of_the_saved_queries_are_up_to_date(shown_data: Path) -> None:
    made = pages(shown_data / "warehouse.duckdb")["saved-queries.md"]
    assert (DOCS / "saved-queries.md").read_text("utf-8") == made, HINT


def test_every_view_and_saved_query_says_in_two_languages_what_it_is() -> None:
    headers = ("zh", "en", "question_zh", "question_en")
    kept = [*views(), *saved_queries(), *macros()]
    assert [f"{saved.name}: {said}" for saved in kept for said in headers if not getattr(saved, said)] == []


def test_every_column_of_every_view_has_a_meaning() -> None:
    from warehouse.schema.dictionary import described

    silent = [f"{v.name}.{c.name}" for v in views() for c in described(v.name).columns if not (c.zh and c.en)]
    assert silent == []
