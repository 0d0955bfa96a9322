"""A second reader for figures in doubt: what is sent to a language model, what of its answer may be used.

Nothing here asks anybody: a question is text, an answer is text, and both are judged by plain functions.
"""
