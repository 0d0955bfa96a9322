"""Names the rules that chose the fields of a fact, so that a wrong one can be counted against the rule.

What belongs here: the form of the lines of `metrics.reasons`. What does not: the rules; each names itself where it
speaks (`statement`, `indicator`, `subject`, `period`, `modality`).
"""

from __future__ import annotations

from collections.abc import Iterable

from tasks.extraction.facts.clause.slots import Slot
from tasks.extraction.facts.subject.owner import Subject
from tasks.page import Period

_BY_HOW = {"origin": "period.origin_before", "stock": "period.held_now"}
"""The rules of the grammar that say how far a time reaches, by how the period was found."""


def rules_that_spoke(slot: Slot, subject: Subject, period: Period | None, how: str, intent: str) -> tuple[str, ...]:
    """Says of each field of a fact which rule chose it, where several may.

    Args:
        slot: The figure, with its measure and its indicator.
        subject: Its subject.
        period: Its period.
        how: How that was found.
        intent: What says that it is done, a target or planned.

    Returns:
        One line a field, such as `subject: rules [all:clause, subject.all_of_a_region]` (the kind of name and where it
        stands, then the rule of the grammar that found it), `comparison: rules [statement.base_of_a_year_ago]`,
        `modality: rules [力争]` (a word of the table that the question is answered by).
    """
    measure, comparison = slot.statement.reasons
    dated = _BY_HOW.get(how) or (period.rule if period else "")
    return (
        f"measure: rules [{measure}]" if measure else "measure: rules",
        f"comparison: rules [{comparison}]" if comparison else "comparison: rules",
        f"modality: rules [{intent}]" if intent else "modality: rules",
        f"indicator: rules [{_with_rule(slot.source, slot.thing.rule)}]",
        f"subject: rules [{_with_rule(subject.reason, subject.rule)}]",
        f"period: rules [{_with_rule(how, dated)}]",
    )


def _with_rule(choice: str, rule: str) -> str:
    return f"{choice}, {rule}" if rule else choice


def said_by_rules(reasons: Iterable[str]) -> dict[str, str]:
    """Gives by field the part of a fact's reasons that says which rules chose it.

    >>> said_by_rules(["measure: rules", "subject: rules [head:clause]"])
    {'measure': 'rules', 'subject': 'rules [head:clause]'}
    """
    return {field: said for field, _, said in (each.partition(": ") for each in reasons)}


NO_RULE = "rules"
"""What is said of a field of which no rule is named."""
