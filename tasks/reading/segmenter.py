"""Words: one segmenter for everything that cuts Chinese, jieba's dictionary with the words that reading needs added.

What belongs here: the words that jieba is given. What does not: the engine, what a word means for a name or a figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from tasks.lexicon import read_table, read_words
from tasks.lexicon.own import user_dictionary
from tasks.reading.gazetteer import division_forms
from warehouse.search.engine import Engine, new_engine, plain_engine

INDICATOR_TAG = "ind"
"""Tag of a word that `indicators.csv` knows."""

_OFTEN = {"indicator": 100_000, "statistical": 50_000, "division": 2000, "town": 200, "body": 200}
"""How often the added words are said to occur: enough to stay whole among words that begin or end like them."""


@cache
def segmenter() -> Engine:
    """Gives this process's jieba with divisions, towns, indicators, nouns of statistics and a user's words added.

    >>> [word for word, _ in segmenter().tag("槐荫区规模以上工业增加值增长")]
    ['槐荫区', '规模以上工业增加值', '增长']
    """
    jieba = new_engine()
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
    for row in read_table("org_suffixes"):
        if len(row["suffix"]) > 2 and not jieba.has_word(row["suffix"]):
            jieba.add_word(row["suffix"], _OFTEN["body"], "n")
    own = list(user_dictionary())
    for word, frequency, tag in own:
        jieba.add_word(word, frequency, tag)
    kinds = {word: tag for word, _, tag in own if tag and jieba.tag(word) != [(word, tag)]}
    return _OwnKinds(jieba, kinds) if kinds else jieba


class _OwnKinds:
    """An engine in which words that it knew have the kinds that a user gives them."""

    def __init__(self, jieba: Engine, kinds: Mapping[str, str]) -> None:
        self._kinds = kinds
        self._jieba = jieba
        self.cut, self.cut_for_search = jieba.cut, jieba.cut_for_search
        self.has_word, self.add_word = jieba.has_word, jieba.add_word

    def tag(self, text: str, hmm: bool = True) -> list[tuple[str, str]]:
        """Cuts a text into words, each with the user's kind or jieba's."""
        return [(word, self._kinds.get(word, kind)) for word, kind in self._jieba.tag(text, hmm)]


def plain_segmenter() -> Engine:
    """Gives this process's jieba as it is, for questions that no list of ours may answer: what is a word at all?"""
    return plain_engine()
