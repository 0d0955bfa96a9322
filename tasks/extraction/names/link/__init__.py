"""Ties names to the persons, bodies and divisions that they stand for.

What belongs here: the choice of the thing behind a name. What does not: finding and checking names (`find`, `check`).
"""
