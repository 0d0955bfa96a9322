"""Time expressions of newspaper Chinese and the dates they stand for.

What belongs here: finding 一季度, 去年同期, 截至9月底 and resolving them against the issue date.
What does not: which figure a period governs (`tasks.extraction.facts`).
"""

from __future__ import annotations

from tasks.extraction.periods.calendar_spans import month_end, same_days, shift_years
from tasks.extraction.periods.finder import find_periods, resolve_period
from tasks.extraction.periods.year_meant import SPRING

__all__ = ["SPRING", "find_periods", "month_end", "resolve_period", "same_days", "shift_years"]
