"""Periods: which of the times said governs a figure, and when an earlier one is carried on.

What belongs here: choosing among times that others have found. What does not: finding and resolving times.
"""
