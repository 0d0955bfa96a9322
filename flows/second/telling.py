"""Says what came of asking a second reader: agreed, differed, dropped, by field.

What belongs here: counting and the words of the report. What does not: the look-up (`warehouse.ask.second_asking`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flows.second.asking import Estimate, Purse
from tasks.second.answers import FIELDS, WHOLE
from warehouse.schema import SECOND_VERDICTS

Row = Mapping[str, Any]


def report_lines(rows: Sequence[Row]) -> Iterator[str]:
    """Gives the lines of a report.

    Args:
        rows: Answers: verdict, and the fields agreed, differing, unsaid, dropped.
    """
    verdicts = Counter(row["verdict"] for row in rows)
    said = ", ".join(f"{name} {verdicts[name]}" for name in SECOND_VERDICTS if verdicts[name])
    yield f"answers   about {len(rows)} figures: {said or 'none'}"
    yield f"{'field':10}{'agreed':>8}{'differed':>10}{'not said':>10}{'dropped':>9}"
    for name in (*FIELDS, WHOLE):
        counts = [
            sum(name in row["agreed"] for row in rows),
            sum(name in row["differing"] for row in rows),
            sum(name in row["unsaid"] for row in rows),
            sum(any(each.partition(":")[0] == name for each in row["dropped"]) for row in rows),
        ]
        if any(counts):
            yield f"{name:10}{counts[0]:>8}{counts[1]:>10}{counts[2]:>10}{counts[3]:>9}"


def estimate_lines(made: Estimate, known: int, purse: Purse) -> Iterator[str]:
    """Gives the lines that say what asking would come to.

    Args:
        made: The estimate.
        known: Questions that are answered already.
        purse: The prices.
    """
    yield f"figures   {made.figures}"
    yield f"requests  {made.requests} ({known} more are answered already)"
    yield f"send      {made.sent:,} characters, the instructions each time"
    yield f"receive   about {made.received:,} characters"
    if purse.price_in or purse.price_out:
        cost = purse.cost(made.sent, made.received)
        yield f"price     about {cost:.4g}, a character taken for a token; what has to be asked again comes on top"
    else:
        yield "price     give --price-in and --price-out, of a million tokens each"
