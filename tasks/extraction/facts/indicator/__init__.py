"""Indicators: of what a figure is, by its own noun or one carried on, and the reference file of their names.

What belongs here: the thing that is measured or counted. What does not: whose it is.
"""
