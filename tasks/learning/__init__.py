"""How the learned weights are made: commands run by hand, never while a page is read.

What belongs here: reading annotated pages, training, and writing weights into the lexicon (needs the extra `train`).
What does not: anything that a page is read with.
"""

from __future__ import annotations
