"""Clauses: sentences, words, and the stretch of a clause that belongs to a figure, with the nouns in it.

What belongs here: cutting a sentence and its noun phrases before any question is asked of them. What does not: any
answer about a figure.
"""
