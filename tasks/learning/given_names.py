"""Makes the table of given names' characters: `python -m tasks.learning.given_names`.

What belongs here: how much likelier a character is in a given name than in other words, counted in jieba's dictionary
(78,000 names of persons). What does not: what the table is used for (`tasks.extraction.names.check.evidence`).
"""

from __future__ import annotations

import csv
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from tasks.lexicon import lexicon_path
from tasks.reading.surnames import surnames

_UNSEEN_NAME, _UNSEEN_WORD = 0.3, 1.0
_LEAST = 2  # names that a character must stand in

Line = tuple[str, int, str]
"""A word of the dictionary, how often it was seen, and its tag."""


def log_odds(lines: Iterable[Line]) -> Iterator[tuple[str, float, float]]:
    """Counts how much likelier characters are in given names than in other words.

    Args:
        lines: The dictionary.

    Yields:
        A character, and the log-odds that it is the first of a given name of two, and the last of a given name.
    """
    first: Counter[str] = Counter()
    last: Counter[str] = Counter()
    elsewhere: Counter[str] = Counter()
    known = surnames("1")
    for word, seen, tag in lines:
        if tag == "nr" and len(word) == 3 and word[0] in known:
            first[word[1]] += 1
            last[word[2]] += 1
        elif not tag.startswith(("nr", "ns")):
            for char in word:
                elsewhere[char] += round(math.sqrt(seen))
    chars = sorted(set(first) | set(last))
    total = sum(elsewhere.values()) + _UNSEEN_WORD * len(chars)
    for char in chars:
        if first[char] + last[char] >= _LEAST:
            base = math.log((elsewhere[char] + _UNSEEN_WORD) / total)
            yield char, _share(first, char, len(chars)) - base, _share(last, char, len(chars)) - base


def _share(counts: Counter[str], char: str, size: int) -> float:
    return math.log((counts[char] + _UNSEEN_NAME) / (sum(counts.values()) + _UNSEEN_NAME * size))


def _dictionary() -> Iterator[Line]:
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("jieba is not installed; run `pip install jieba`, whose dictionary is counted.")
    for line in Path(spec.origin).with_name("dict.txt").read_text("utf-8").splitlines():
        word, seen, tag = line.split()
        yield word, int(seen), tag


def main() -> int:
    """Writes `given_names.csv`."""
    with lexicon_path("given_names.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# source: counted in the dictionary of jieba 0.42.1 (MIT) by python -m tasks.learning.given_names\n"
        )
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("char", "first", "last"))
        writer.writerows((char, f"{first:.1f}", f"{last:.1f}") for char, first, last in log_odds(_dictionary()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
