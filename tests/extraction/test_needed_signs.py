"""What is read off a rule about the characters that it needs holds for whatever the rule finds."""

from __future__ import annotations

import re

import pytest

from tasks.lexicon.grammar import PATTERNS, rules
from tasks.lexicon.grammar.needed import last_signs, needed_signs
from tests.score.samples import project_samples


@pytest.fixture(scope="module")
def texts() -> list[str]:
    import tasks.extraction.page  # noqa: F401 - makes the patterns

    printed = [sample.raw.read_text("utf-8", "replace") for sample in project_samples()[::12]]
    return [*(rule.example for rule in rules().values()), *(line for text in printed for line in text.splitlines())]


def told(ask, found: re.Pattern[str]) -> frozenset[str]:
    try:
        return frozenset(ask(found))
    except ValueError:
        return frozenset()


def test_whatever_a_rule_finds_holds_one_of_the_signs_that_it_needs(texts):
    for name, found in PATTERNS.items():
        if signs := told(needed_signs, found):
            assert all(not signs.isdisjoint(text) for text in texts if found.search(text)), name


def test_what_looks_at_the_end_finds_nothing_after_other_signs(texts):
    for name, found in PATTERNS.items():
        if signs := told(last_signs, found):
            for text in texts[: len(rules())]:
                hits = [n for n in range(1, len(text) + 1) if found.search(text, 0, n)]
                assert all(text[n - 1] in signs for n in hits), name


def test_a_rule_whose_finds_have_nothing_in_common_is_refused():
    with pytest.raises(ValueError, match="no character in common"):
        needed_signs(re.compile("[^，]{2}"))
    with pytest.raises(ValueError, match="may end with any character"):
        last_signs(re.compile("比.{1,3}$"))


def test_signs_in_either_case_and_ends_of_lines_are_refused():
    for found in ("(?i:a)国?$", "(?i)a$", "(?m)a$"):
        with pytest.raises(ValueError, match="may end with any character"):
            last_signs(re.compile(found))
    with pytest.raises(ValueError, match="no character in common"):
        needed_signs(re.compile("(?i:ab)"))
