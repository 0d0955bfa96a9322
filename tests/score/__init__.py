"""Scores the reading against annotated pages: `python -m tests.score [FOLDER…]`.

What belongs here: reading annotated folders, running the reading over them in this process, comparing, and the tables.
What does not: switching rules off (`tests/ablate`), and how the annotations are made (`tests/gold/README.md`).
"""
