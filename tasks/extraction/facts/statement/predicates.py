"""What kind of statement a figure makes: a level, a growth, a share, a contribution or a rank, and its direction.

What belongs here: reading the trigger words around a figure.
What does not: the thing measured, the period, whether it is done.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extraction.facts.clause.counted_phrases import phrase_after
from tasks.extraction.facts.clause.slots import BARE, LAST_YEAR, Sentence, Slot, Statement
from tasks.extraction.facts.clause.tokens import NAME, words_within
from tasks.extraction.facts.clause.triggers import is_time_base, less_done, triggers_of
from tasks.lexicon.grammar import pattern, words
from tasks.page import Comparison, Measure

_PERCENT = ("percent", "percentage_point")
_GAP_LEFT = pattern("statement.gap_before", gap=sorted(triggers_of("gap")))
_PULL_LEFT = pattern("statement.pulls", pull=sorted(triggers_of("pull")))
_BASES = (
    (Comparison.YTD, "statement.base_at_new_year", pattern("statement.base_at_new_year")),
    (Comparison.YOY, "statement.base_of_a_year_ago", pattern("statement.base_of_a_year_ago")),
    (Comparison.QOQ, "statement.base_just_before", pattern("statement.base_just_before")),
    (LAST_YEAR, "statement.base_last_year", pattern("statement.base_last_year")),
)
"""What a base of comparison makes of a growth; the first that fits decides."""

_LEVEL_PERCENT = pattern("statement.level_in_percent")
_POPULATION_RATE = pattern("statement.rate_of_the_living")
_OVER_YEARS = pattern("statement.over_years")
_OF_A_TIME = pattern("statement.as_much_as_at_a_time")
_FROM_A_TIME = pattern("statement.from_a_time")
_OUTDONE = pattern("statement.outdone")
_RATE_FROM = pattern("statement.rate_from")
_RATE_REACHED = pattern("statement.rate_reached")
_FURTHER_TIME = pattern("statement.rate_of_a_further_time")
_FALLS = sorted(word for word in (triggers_of("down") - triggers_of("gain")) | less_done() if len(word) > 1)
_SPARED = pattern("statement.spared", falls=_FALLS)
_PLANS = words("plan_kept")
_SIZES = words("how_large")
_BETWEEN_OWNERS = words("between_owners")
_ADDED = words("added")
_REACHES = words("reaches")
_PULLED_DOWN = words("pulled_down")
_SHARE_OF, _CONTRIBUTION, _CONTRIBUTED, _TIMES_OVER, _RATE = "占", "贡献率", "贡献了", "番", "增幅"


def read_statements(sentence: Sentence) -> tuple[Statement, ...]:
    """Reads what kind of statement each figure of a sentence makes, from the words before it.

    Args:
        sentence: The sentence.

    Returns:
        A statement for each of its slots, in order.
    """
    said: list[Statement] = []
    for slot in sentence.slots:
        said.append(_statement(sentence, slot, said))
    return tuple(said)


def _statement(sentence: Sentence, slot: Slot, said: Sequence[Statement]) -> Statement:
    left = sentence.text[slot.left : slot.start]
    base = slot.peeled.base
    direction, verb = _change(slot)
    if settled := _settled(slot, left, direction):
        measure, rule = settled
        down = measure == Measure.CONTRIBUTION and any(word in left for word in _PULLED_DOWN)
        against = Comparison.PRIOR if measure == Measure.GROWTH else None
        return Statement(measure, against, down, base, (rule, rule if against else ""))
    if not direction and base is None and _SPARED.search(left):
        direction, verb = -1, "statement.spared"
    counted = direction and base is None and slot.quantity.dimension == "count"
    if counted and phrase_after(sentence.words, slot.end, slot.right):
        direction = 0  # 提升30条标准, 增加20个岗位: things, not a change of a stock
    if not direction and base is None and (rate := _rate_told(sentence, slot, left, said)):
        return rate
    if not direction:
        verb = _growth_without_verb(slot, left)
    if not verb:
        measure, rule = _unchanged(slot, left)
        return Statement(measure, None, False, base, (rule, ""))
    comparison, rule = _comparison(slot, left)
    if comparison == BARE and _is_first_rate(slot, said):
        comparison, rule = Comparison.PRIOR, _RATE
    return Statement(Measure.GROWTH, comparison, direction < 0, base, (verb, rule))


def _rate_told(sentence: Sentence, slot: Slot, left: str, said: Sequence[Statement]) -> Statement | None:
    """Reads a rate that moves on (增速由-2.1%|回升至3.4%), and that of a further time or owner (，二季度3.2%)."""
    if slot.quantity.dimension != "percent":
        return None
    if rate := _RATE_FROM.search(left):
        return Statement(Measure.GROWTH, BARE, rate["down"] is not None, None, ("statement.rate_from", ""))
    if not said or said[-1].measure != Measure.GROWTH:
        return None
    before = sentence.slots[len(said) - 1]
    if before.quantity.dimension != "percent":
        return None
    moved = _RATE_REACHED.match(left) and _RATE_FROM.search(sentence.text, 0, before.start)
    rule = "statement.rate_reached" if moved else "statement.rate_of_a_further_time"
    if not moved and not _FURTHER_TIME.fullmatch(left):
        rule = "statement.rate_of_a_further_owner"
        if not _follows_a_name(sentence, before.end, slot.start):
            return None
    return said[-1]._replace(reasons=(rule, said[-1].reasons[1]))


def _follows_a_name(sentence: Sentence, start: int, end: int) -> bool:
    """Whether nothing but a name stands between two percentages (沈阳增长5%，|哈尔滨只有|4%)."""
    own = [w for w in words_within(sentence.words, start, end) if w.text not in _BETWEEN_OWNERS]
    return bool(own) and all(word.tag == NAME for word in own)


def _growth_without_verb(slot: Slot, left: str) -> str:
    """Names what makes a figure without a verb of change a growth: a base, or a multiple; empty where nothing does."""
    if slot.peeled.base is not None and slot.quantity.dimension == "percentage_point":
        return "clause.base"
    return "statement.as_much_as_at_a_time" if _is_multiple_growth(slot, left) else ""


def _unchanged(slot: Slot, left: str) -> tuple[str, str]:
    """Gives the measure of a figure that tells of no change, and the rule that says so."""
    if slot.quantity.dimension == "percent":
        if _SHARE_OF in left or not _LEVEL_PERCENT.search(left):
            return Measure.SHARE, ""
        return Measure.LEVEL, "statement.level_in_percent"
    if slot.quantity.unit == "‰" and _POPULATION_RATE.search(left):
        return Measure.SHARE, "statement.rate_of_the_living"
    return Measure.LEVEL, ""


def _change(slot: Slot) -> tuple[int, str]:
    """Tells whether the words before a figure speak of a rise (1), a fall (-1) or of no change (0), and which does."""
    base = slot.peeled.base
    direction, verb = _direction(slot)
    if not direction and base is not None and is_time_base(base):
        added = next((word for word, _ in slot.peeled.words if word in _ADDED), "")
        return int(bool(added)), added
    return direction, verb


def _settled(slot: Slot, left: str, direction: int) -> tuple[str, str] | None:
    """Gives the measure where it hangs on no change, and its rule: a rank, a contribution, a gap to another thing."""
    quantity, base = slot.quantity, slot.peeled.base
    if quantity.kind == "rank":
        return Measure.RANK, ""
    if quantity.dimension in _PERCENT and _pulls(slot, left):
        return Measure.CONTRIBUTION, "statement.pulls"
    timed = base is not None and is_time_base(base)
    if direction and base is not None and not timed:
        return Measure.LEVEL, "clause.base"
    if quantity.dimension == "percent" and not direction and base is None and (over := _OUTDONE.search(left)):
        what = over["what"].removesuffix("的")
        earlier = is_time_base(what) and not what.endswith(_PLANS)
        return Measure.GROWTH if earlier else Measure.LEVEL, "statement.outdone"
    if not timed and quantity.dimension == "percentage_point" and _GAP_LEFT.search(left):
        return Measure.LEVEL, "statement.gap_before"
    return None


def _pulls(slot: Slot, left: str) -> bool:
    if not _PULL_LEFT.search(left) or any("share" in kinds for _, kinds in slot.peeled.words):
        return False
    return _CONTRIBUTION in left or _CONTRIBUTED not in left


def _direction(slot: Slot) -> tuple[int, str]:
    """Reads up (1) or down (-1) from the nearest change verb; 0 where there is none or a level was reached (增至)."""
    reached = False
    for word, kinds in slot.peeled.words:
        if word in _SIZES and slot.peeled.base is None and slot.quantity.dimension not in _PERCENT:
            return 0, ""  # 坝高两米半, 路长3公里: how large, not how much more
        if reached and ("up" in kinds or "down" in kinds):
            return 0, ""
        if "rate_down" in kinds or "down" in kinds:
            return -1, word
        if "rate_up" in kinds or "up" in kinds:
            return 1, word
        if "to" in kinds and "be" not in kinds and word.endswith(_REACHES):
            return 0, ""
        reached = reached or word in _REACHES
    return 0, ""


def _is_multiple_growth(slot: Slot, left: str) -> bool:
    if slot.quantity.kind != "multiple" and slot.quantity.dimension != "percent":
        return False
    if slot.quantity.unit == _TIMES_OVER:
        return True
    return bool(_OF_A_TIME.search(left)) and not _FROM_A_TIME.search(left) and _SHARE_OF not in left


def _is_first_rate(slot: Slot, said: Sequence[Statement]) -> bool:
    """Tells whether a bare 增幅 is the first growth its sentence tells of: it says not what it is against."""
    named = any(word == _RATE for word, _ in slot.peeled.words)
    return named and not any(statement.measure == Measure.GROWTH for statement in said)


def _comparison(slot: Slot, left: str) -> tuple[str, str]:
    """Gives what a growth is compared with, as far as words say it, and which rule or word does."""
    if slot.peeled.base is not None:
        return next(
            ((kind, rule) for kind, rule, found in _BASES if found.search(slot.peeled.base)),
            (Comparison.PRIOR, "clause.base"),
        )
    for kind in (Comparison.YOY, Comparison.QOQ, Comparison.YTD, Comparison.PRIOR):
        word = next((word for word, kinds in slot.peeled.words if kind in kinds), None)
        if word is not None:
            return kind, word
    return (Comparison.PRIOR, "statement.over_years") if _OVER_YEARS.search(left) else (BARE, "")


def inherit_comparison(slot: Slot, before: Slot) -> Statement:
    """Gives a bare 增长 in the clause after 较年初增加… the beginning of the year as its base too.

    Args:
        slot: The figure.
        before: The figure before it in its sentence.

    Returns:
        The figure's statement, the same where it inherits nothing.
    """
    if slot.comparison != BARE or before.comparison not in (Comparison.YTD, Comparison.QOQ):
        return slot.statement
    if slot.indicator == before.indicator and slot.clause_number - before.clause_number == 1:
        reasons = slot.statement.reasons[0], before.statement.reasons[1]
        return slot.statement._replace(comparison=before.comparison, reasons=reasons)
    return slot.statement
