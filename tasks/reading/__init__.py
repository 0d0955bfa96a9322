"""How a printed text is read: one folding of its characters with the way back, one segmenter, the known divisions.

What belongs here: readings of a text that more than one stage needs.
What does not: what a text says (`tasks.extraction`) and which paragraph a line belongs to (`tasks.repair`).
"""

from __future__ import annotations

from tasks.reading.folding import Folded, fold

__all__ = ["Folded", "fold"]
