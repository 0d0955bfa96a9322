"""Says how right the machine was on the figures that people checked: the user's own error rates.

What belongs here: counting. What does not: the look-up (`warehouse.ask.desk`), what is printed (`flows/cli/desk.py`).
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]

FIELDS = (
    "value",
    "value_high",
    "unit",
    "measure",
    "comparison",
    "indicator",
    "subject",
    "region_adcode",
    "period",
    "period_start",
    "period_end",
    "modality",
    "qualifier",
)
"""What is asked of a figure, in this order."""

COMPARED = tuple(name for name in FIELDS if name != "period")
"""Columns of a figure that make it wrong where a person corrected them."""

_CERTAIN = 1.96
SURE = 0.9


@dataclass(frozen=True, slots=True)
class OwnScore:
    """How right the machine was.

    Attributes:
        checked: Figures that the machine read and a person checked.
        wrong: Of these, corrected or rejected ones.
        rejected: Of these, what is no figure.
        missed: Figures that people added.
        by_field: Wrong ones by column.
        low: Lower end of the share of wrong ones, 95 % sure.
        high: Upper end.
        sure: Figures told with a confidence of 0.9 or more.
        sure_wrong: Of these, wrong ones.
        ece: Mean gap between confidence and truth over ten bins; None where nothing was checked.
    """

    checked: int
    wrong: int
    rejected: int
    missed: int
    by_field: Mapping[str, int]
    low: float
    high: float
    sure: int
    sure_wrong: int
    ece: float | None


def own_score(rows: Sequence[Row]) -> OwnScore:
    """Counts what people said of figures.

    Args:
        rows: Checked figures: status, wrong (columns), confidence as the machine told it.
    """
    read = [row for row in rows if row["wrong"] is not None]
    wrong = [row for row in read if is_wrong(row)]
    fields = Counter(name for row in wrong if row["status"] != "rejected" for name in row["wrong"])
    low, high = wilson(len(wrong), len(read))
    sure = [row for row in read if row["confidence"] >= SURE]
    told = [(row["confidence"], not is_wrong(row)) for row in read]
    return OwnScore(
        len(read),
        len(wrong),
        sum(row["status"] == "rejected" for row in read),
        len(rows) - len(read),
        dict(fields.most_common()),
        low,
        high,
        len(sure),
        sum(map(is_wrong, sure)),
        calibration_gap(told) if told else None,
    )


def is_wrong(row: Row) -> bool:
    """Tells whether the machine read a figure wrongly.

    Args:
        row: A checked figure.
    """
    return row["status"] == "rejected" or bool(row["wrong"])


def is_right(row: Row, question: str) -> bool:
    """Tells whether the machine read a figure, or one of its fields, rightly.

    Args:
        row: A checked figure that is none that was rejected, where a field is asked for.
        question: `fact`, or a field.
    """
    return not (is_wrong(row) if question == "fact" else set(row["wrong"]) & _columns_of(question))


def _columns_of(name: str) -> set[str]:
    return {"period_start", "period_end"} if name == "period" else {name}


def wrong_by_rule(rows: Sequence[Row]) -> list[tuple[str, int, int]]:
    """Counts who chose the fields that people corrected: the rules, by the id of the rule, or the learned reader.

    Args:
        rows: Checked figures: status, wrong (columns), reasons.

    Returns:
        Field and rule, how often it was wrong, how often it spoke on checked figures; most often wrong first.

    >>> said = ["subject: rules [head:clause], reader 40%", "period: rules [carried]"]
    >>> wrong_by_rule([{"status": "corrected", "wrong": ["subject"], "reasons": said}])
    [('subject, rule head:clause', 1, 1)]
    """
    spoke: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for row in rows:
        if row["wrong"] is None or row["status"] == "rejected":
            continue
        for reason in row["reasons"] or ():
            name, _, said = reason.partition(": ")
            rule = re.match(r"rules(?: \[(.*?)\])?", said)
            what = f"{name}, {f'rule {rule[1]}' if rule[1] else 'the rules'}" if rule else f"{name}, the reader"
            spoke[what] += 1
            wrong[what] += not is_right(row, name)
    return [(what, count, spoke[what]) for what, count in wrong.most_common() if count]


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Gives the ends between which a share lies, 95 % sure (Wilson's interval); 0 and 1 where nothing was seen.

    >>> tuple(round(end, 3) for end in wilson(6, 200))
    (0.014, 0.064)
    """
    if not of:
        return 0.0, 1.0
    share, z = hits / of, _CERTAIN
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    reach = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def calibration_gap(told: Sequence[tuple[float, bool]]) -> float:
    """Gives the mean gap between confidence and truth over ten bins (ECE).

    Args:
        told: Confidence and truth.

    >>> calibration_gap([(0.9, True), (0.9, False)])
    0.4
    """
    bins: dict[int, list[float]] = {}
    for confidence, right in told:
        bins.setdefault(min(int(confidence * 10), 9), []).append(confidence - right)
    return math.fsum(abs(math.fsum(gaps)) for gaps in bins.values()) / len(told)


def sample_of(ids: Sequence[str], size: int) -> list[str]:
    """Gives the figures of a random sample: an order of chance that is the same on every machine, as the desk's.

    Args:
        ids: All ids.
        size: How many.
    """
    return sorted(ids, key=lambda each: hashlib.md5(each.encode(), usedforsecurity=False).hexdigest())[:size]
