"""Facts: what each figure of a page measures, whose it is, for when, and whether it is done or only planned.

What belongs here: the reading of the clauses around quantities that others have found, a room for each question,
asked in this order: `clause`, `section`, `statement`, `indicator`, `subject`, `period`, `modality`, `trust`; `build`
asks them, and `reader` reads again with what it has learned. No room imports one that is asked after it.
What does not: finding numbers, time expressions or names themselves.
"""

from tasks.extraction.facts.build import build_metrics

__all__ = ["build_metrics"]
