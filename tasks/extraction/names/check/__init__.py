"""Checks what was found: ends put right, names dropped that name nobody, one name the same on the whole page.

What belongs here: doubt and edges. What does not: finding (`find`), what a name stands for (`link`).
"""
