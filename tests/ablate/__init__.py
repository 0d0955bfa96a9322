"""Tells what each rule, pattern, list and lexicon row is worth by switching it off: `python -m tests.ablate`.

What belongs here: the switches, and reading again what a switch may change. What does not: the scores (`tests/score`).
"""
