"""Says in words why a fact reads as it does: what the rules and the reader made of each field, and what is doubtful.

What belongs here: the words for `metrics.reasons` and `metrics.doubts`. What does not: the choice itself (`reread`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tasks.extraction.facts.reader.answers import Answers
from tasks.extraction.facts.reader.trust import FIELDS, Evidence
from tasks.extraction.facts.trust.reasons import NO_RULE, said_by_rules
from tasks.page import Metric

_DOUBTFUL = 0.5


def reasons_for(ruled: Metric, chosen: Metric, answers: Answers, evidence: Evidence) -> Iterator[str]:
    """Says of each field of a fact who chose it, and how likely the reader holds it.

    Args:
        ruled: The rules' fact.
        chosen: The fact as it is told.
        answers: The reader's answers.
        evidence: What speaks for the chosen fields.

    Yields:
        One line a field, such as `subject: reader 97%, rules [main:headline] 槐荫区` or `measure: rules, reader 99%`.
    """
    favourites = _favourites(answers)
    said = said_by_rules(ruled.reasons)
    for name in FIELDS:
        chance, theirs = evidence.chances[name], _printed(ruled, name)
        mine = theirs if chosen is ruled else _printed(chosen, name)
        best, likely = favourites[name]
        rules = said.get(name, NO_RULE)
        if mine != theirs:
            yield f"{name}: reader {chance:.0%}, {rules} {theirs}"
        elif best == mine or likely <= chance:
            yield f"{name}: {rules}, reader {chance:.0%}"
        else:
            yield f"{name}: {rules}, reader {chance:.0%} (rather {best} {likely:.0%})"


def doubts_about(ruled: Metric, chosen: Metric, evidence: Evidence) -> Iterator[str]:
    """Says what speaks against a fact: fields the reader is unsure of, and what the rules read instead.

    Args:
        ruled: The rules' fact.
        chosen: The fact as it is told.
        evidence: What speaks for the chosen fields.
    """
    if evidence.figure < _DOUBTFUL:
        yield f"figure: the reader holds it for {evidence.figure:.0%} likely that this is one"
    for name, chance in evidence.chances.items():
        if chance < _DOUBTFUL:
            yield f"{name}: the reader holds it for {chance:.0%} likely"
        if not evidence.agreed.get(name, True):
            yield f"{name}: the rules read {_printed(ruled, name)}"


def _printed(metric: Metric, name: str) -> str:
    return str(getattr(metric, name) or "none")


def _favourites(answers: Answers) -> Mapping[str, tuple[str, float]]:
    """What the reader itself would answer to each question, and how likely it holds that."""

    def likeliest(chances: Mapping[Any, float]) -> tuple[str, float]:
        best = max(chances, key=chances.__getitem__)
        return str(best or "none"), chances[best]

    time = answers.times[0]
    return {
        "measure": likeliest(answers.measure),
        "comparison": likeliest(answers.comparison),
        "modality": likeliest(answers.modality),
        "period": (time.offer.period.text if time.offer else "none", time.chance),
        **{name: (str(said[0].text or "none"), said[0].chance) for name, said in answers.spans.items()},
    }
