"""Facts: what each figure of a page measures, whose it is, for when, and whether it is done or only planned.

What belongs here: the reading of the clauses around quantities that others have found.
What does not: finding numbers, time expressions or names themselves.
"""

from tasks.extraction.facts.build import build_metrics

__all__ = ["build_metrics"]
