"""Finds names in a text: each finder says what it sees, and how sure it is.

What belongs here: finders. What does not: doubt about what they found (`check`), what a name stands for (`link`).
"""
