"""Counts how sentences begin, for `tasks/lexicon/starts.csv`: `python -m tests.bench.layout_starts CORPUS_DIR`.

Data: the sentences of the `*.bio` files of CORPUS_DIR (those that the name tagger is trained on) and the paragraphs of
the project's annotated articles. Seed: 1. Each beginning of one or two characters gets the log-odds that text which
begins so begins a sentence rather than goes on with one cut anywhere. Prints the rows of the table. Their score is that
of the paragraphs: `python -m tests.bench.layout_roundtrip`.
"""

from __future__ import annotations

import argparse
import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tasks.learning.tagger import read_corpus
from tests.bench.layout_pages import clean_paragraphs

_YEAR, _NUMBER = re.compile(r"(?<![\d.])\d{4}(?=年)"), re.compile(r"[\d.]+")
_CUTS = 4
_FEWEST, _FEWEST_SEEN = 12, 5
_LEAST, _MOST = 0.3, 4.0


def beginnings(text: str) -> tuple[str, str]:
    """Gives the first character and the first two, with a four-digit year as Y and any other number as 0."""
    head = _NUMBER.sub("0", _YEAR.sub("Y", text[:12]))
    return head[:1], head[:2]


def count_starts(sentences: Sequence[str], paragraphs: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Gives each beginning that tells something with its log-odds; a paragraph counts as two sentences."""
    dice = random.Random(1)
    starts: Counter[str] = Counter()
    cuts: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for text, weight in [(s, 1) for s in sentences] + [(p, 2) for p in paragraphs]:
        starts.update(dict.fromkeys(beginnings(text), weight))
        if weight == 1:
            seen.update(set(beginnings(text)))
        for _ in range(_CUTS):
            at = dice.randrange(4, len(text) - 4)
            if text[at - 1] not in "。！？；":
                cuts.update(dict.fromkeys(beginnings(text[at:]), weight / _CUTS))
    n = len(sentences) + 2 * len(paragraphs)
    odds: dict[str, float] = {}
    for key in sorted({*starts, *cuts}, key=len):
        if starts[key] + cuts[key] < _FEWEST or (seen[key] < _FEWEST_SEEN and starts[key] >= 2):
            continue  # too rare, or only ours: a place name of the annotated pages
        base = odds.get(key[0], 0.0) if len(key) == 2 else 0.0
        share = 3 / (1 + math.exp(-base)) if len(key) == 2 else 1.0
        value = math.log((starts[key] + share) / n) - math.log((cuts[key] + (3 - share if len(key) == 2 else 1)) / n)
        if len(key) == 1 or abs(value - base) > 0.5:
            odds[key] = value
    for key, value in sorted(odds.items()):
        if abs(value) >= _LEAST and key[0] not in ',"':
            yield key, round(max(-_MOST, min(_MOST, value)), 1)


def main() -> None:
    """Prints the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="folder with *.bio files")
    lines = [text for text, _ in read_corpus(parser.parse_args().corpus)]
    paragraphs = [text for n, text in enumerate(clean_paragraphs()) if n % 3 < 2 and not text.startswith("本报")]
    for key, value in count_starts([line for line in lines if len(line) > 12], paragraphs):
        print(f"{key},{value:g}")


if __name__ == "__main__":
    main()
