"""Statements: level, growth, share or rank, in which direction, and compared with what.

What belongs here: the words around a figure that say what kind of statement it makes. What does not: the thing, its
owner, its time.
"""
