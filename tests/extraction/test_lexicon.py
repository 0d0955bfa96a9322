"""The language data agrees with itself: nothing twice, no name for two things, no topic without words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tasks.lexicon import lexicon_path, read_table, read_words

SOURCES = {"national", "ministry", "local", "press"}


def test_no_word_list_has_a_word_twice():
    lists = sorted(path.stem for path in Path(lexicon_path(".")).glob("*.txt"))
    twice = [f"{name}.txt: {word}" for name in lists for word, n in Counter(read_words(name)).items() if n > 1]
    assert twice == []


def test_no_table_has_a_row_twice():
    folder = Path(lexicon_path("."))
    tables = sorted(str(path.relative_to(folder).with_suffix("")) for path in folder.rglob("*.csv"))
    rows = {name: Counter(tuple(row.values()) for row in read_table(name)) for name in tables}
    assert [f"{name}.csv: {row}" for name, counted in rows.items() for row, n in counted.items() if n > 1] == []


def test_every_name_means_one_indicator():
    rows = read_table("indicators")
    names = Counter(name for row in rows for name in (row["name"], *row["aliases"].split("|")) if name)
    assert [name for name, n in names.items() if n > 1] == []
    assert [key for key, n in Counter(row["key"] for row in rows).items() if n > 1] == []


def test_every_indicator_says_what_its_name_rests_on():
    assert [row["key"] for row in read_table("indicators") if row["source"] not in SOURCES] == []


def test_indicators_and_topic_words_know_the_same_topics():
    of_indicators = {row["topic"] for row in read_table("indicators")}
    of_words = {row["topic"] for row in read_table("topics")}
    assert of_indicators == of_words
