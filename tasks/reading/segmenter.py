"""Words: one segmenter for everything that cuts Chinese, jieba's dictionary with the words that reading needs added.

What belongs here: the engine and its words. What does not: what a word means for a name or a figure.

rjieba is jieba in Rust, with jieba's own dictionary; its segmenters share that dictionary until words are added to one.
"""

from __future__ import annotations

from functools import cache

import rjieba

from tasks.lexicon import read_table, read_words
from tasks.lexicon.own import user_dictionary
from tasks.reading.gazetteer import division_forms

INDICATOR_TAG = "ind"
"""Tag of a word that `indicators.csv` knows."""

_OFTEN = {"indicator": 100_000, "statistical": 50_000, "division": 2000, "town": 200}
"""How often the added words are said to occur: enough to stay whole among words that begin or end like them."""


@cache
def segmenter() -> rjieba.Jieba:
    """Gives this process's jieba with divisions, towns, indicators, nouns of statistics and a user's words added.

    >>> [word for word, _ in segmenter().tag("槐荫区规模以上工业增加值增长")]
    ['槐荫区', '规模以上工业增加值', '增长']
    """
    jieba = rjieba.Jieba()
    for form, meanings in division_forms().items():
        if not all(short for _, short in meanings):
            jieba.add_word(form, _OFTEN["division"], "ns")
    for town in read_words("towns"):
        jieba.add_word(town, _OFTEN["town"], "ns")
    for row in read_table("indicators"):
        for name in (row["name"], *row["aliases"].split("|")):
            if len(name) > 2 and name.isalpha():
                jieba.add_word(name, _OFTEN["indicator"], INDICATOR_TAG)
    for word in read_words("statistical_words"):
        jieba.add_word(word, _OFTEN["statistical"], "n")
    for word, frequency, tag in user_dictionary():
        jieba.add_word(word, frequency, tag)
    return jieba


@cache
def plain_segmenter() -> rjieba.Jieba:
    """Gives this process's jieba as it is, for questions that no list of ours may answer: what is a word at all?"""
    return rjieba.Jieba()
