"""Says which figures may stand in one chart, and which of them one line may join.

What belongs here: kinds of periods, and the parting of figures by them. What does not: drawing (`charts`), HTML.
A line joins only periods of one length and kind: a quarter with a quarter, the year to September with the year to
September before it; never a quarter with a half-year, which would make output double and halve.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]

KINDS = ("year", "to_date", "quarter", "month_kind", "moment", "span", "no_period")
"""Kinds of periods, in the order in which charts come."""


def kind_of_period(start: date | None, end: date | None) -> str:
    """Tells a whole year, the year to date, a quarter, a month, a moment or another span from each other.

    Args:
        start: First day; None where it is open or unknown.
        end: Last day.

    >>> from datetime import date
    >>> kind_of_period(date(2023, 1, 1), date(2023, 9, 30)), kind_of_period(date(2023, 4, 1), date(2023, 6, 30))
    ('to_date', 'quarter')
    >>> kind_of_period(None, date(2023, 6, 30)), kind_of_period(date(2022, 1, 1), date(2022, 12, 31))
    ('moment', 'year')
    """
    if end is None:
        return "no_period"
    if start is None or start == end:
        return "moment"
    days = (end + timedelta(days=1) - start).days
    whole = start.day == 1 and (end + timedelta(days=1)).day == 1
    if whole and days in (365, 366) and start.month == 1:
        return "year"
    if whole and 28 <= days <= 31:
        return "month_kind"
    if whole and 89 <= days <= 92 and start.month in (1, 4, 7, 10):
        return "quarter"
    if start.month == 1 and start.day == 1 and start.year == end.year:
        return "to_date"
    return "span"


def line_of(figure: Row) -> tuple[str, ...]:
    """Gives what the points of one line share beside their chart: the subject, and of the year to date its last month.

    Args:
        figure: With `subject`, `period_start` and `period_end`.
    """
    kind = kind_of_period(figure["period_start"], figure["period_end"])
    if kind == "to_date":
        return figure["subject"], f"{figure['period_end']:%m}"
    if kind in ("span", "no_period"):
        return figure["subject"], figure["metric_id"]
    return (figure["subject"],)


def parted(figures: Iterable[Row]) -> Iterator[tuple[str, str, str, list[Row]]]:
    """Parts an indicator's figures into charts: by what they say, their unit, and the kind of their period.

    Args:
        figures: Of one indicator.

    Yields:
        Kind of statement (levels, growths, other_growth, targets, share and so on), unit, kind of period, figures; the
        fullest first, targets last.
    """
    kinds: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for figure in figures:
        if not figure["subject"]:
            continue
        period = kind_of_period(figure["period_start"], figure["period_end"])
        if figure["modality"] != "actual":
            kinds["targets", figure["unit"], period].append(figure)
        elif figure["measure"] == "growth":
            key = "growths" if figure["comparison"] == "yoy" else "other_growth"
            kinds[key, figure["unit"], period].append(figure)
        else:
            kinds["levels" if figure["measure"] == "level" else figure["measure"], figure["unit"], period].append(
                figure
            )
    yield from (
        (key, unit, period, some)
        for (key, unit, period), some in sorted(
            kinds.items(), key=lambda kind: (kind[0][0] == "targets", -len(kind[1]), KINDS.index(kind[0][2]), kind[0])
        )
    )
