"""The kinds of statements are the same words in the tables, the reading, the learned reader and the second reader."""

from __future__ import annotations

from typing import get_args

from tasks.extraction.facts.clause import triggers
from tasks.extraction.facts.reader import window
from tasks.page import Comparison, Measure, Modality
from tasks.second import answers
from warehouse.schema import COMPARISONS, MEASURES, MODALITIES


def test_the_learned_reader_answers_in_the_kinds_of_the_tables():
    assert window.MEASURES == MEASURES == tuple(Measure)
    assert list(window.COMPARISONS) == [None, *COMPARISONS]
    assert window.MODALITIES == MODALITIES == tuple(Modality)


def test_a_second_reader_is_asked_for_the_kinds_of_the_tables():
    asked = answers._Said.model_fields
    choices = {
        name: set(get_args(get_args(asked[name].annotation)[0])) for name in ("measure", "comparison", "modality")
    }
    assert choices == {"measure": set(Measure), "comparison": set(Comparison), "modality": set(Modality)}


def test_a_word_of_rising_or_falling_makes_a_rate_unless_the_table_says_what_its_rate_is(monkeypatch):
    rows = [("蹿升", "up"), ("走扩", "up"), ("走扩幅度", "rate_down"), ("滑", "down")]
    monkeypatch.setattr(triggers, "read_table", lambda _: [{"word": word, "kind": kind} for word, kind in rows])
    kinds = triggers.trigger_kinds.__wrapped__()
    assert kinds["蹿升幅度"] == ("rate_up",)
    assert kinds["走扩幅度"] == ("rate_down",)
    assert "滑幅度" not in kinds
