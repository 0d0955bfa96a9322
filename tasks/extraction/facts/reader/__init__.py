"""The learned reader: chooses what a figure is of, whose and for when, among what is printed.

What belongs here: what the small network sees of a page (`window`), the network itself (`network`), and how its
answers and the rules' become one fact (`reread`). What does not: learning it, which is `tasks.learning`.
"""

from __future__ import annotations
