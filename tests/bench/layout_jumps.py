"""Fits what speaks for a pair of jumped parts, `tasks/lexicon/jump_evidence.csv`: `python -m tests.bench.layout_jumps`.

Clean articles, those of the project and of the FOLDERs of `--articles`, are cut in two at random and put on pages of
issues of one to ten, with and without labels, a part in seven missing. A logistic regression on the pairs that the
marks allow, held to no weight by a normal prior; every second article is kept apart, and what the table that stands
ties there is printed to standard error. Seed 5.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tasks.repair.continuations import Origin, Part, pair_evidence, pair_parts, read_part
from tests.bench.layout_borders import print_weights, read_articles
from tests.bench.layout_pages import clean_articles

_LEAST = 300
"""Characters of an article that may jump."""
_ISSUES, _JUDGED = 500, 250
"""Issues that are learned from, and judged on."""


def an_issue(dice: random.Random, articles: Sequence[Any]) -> tuple[list[Part], dict[str, str]]:
    """Cuts a few articles in two and puts the parts on the pages of an issue.

    Returns:
        The parts, and the second part's key by the first's.
    """
    parts: list[Part] = []
    truth: dict[str, str] = {}
    for number, article in enumerate(dice.sample(list(articles), dice.choice((1, 2, 2, 3, 4, 6, 10)))):
        texts = [text for role, text in article["blocks"] if role == "body"]
        head, tail = _cut(dice, texts)
        page, other = dice.sample(range(1, 8), 2)
        labelled = dice.random() < 0.7
        origins = [Origin(f"p{n}", str(n) if labelled else None) for n in (page, other)]
        again = article["headline"] if dice.random() < 0.2 else None
        first = read_part(f"f{number}", origins[0], article["headline"], [*head[:-1], f"{head[-1]}（下转第{other}版）"])
        second = read_part(f"s{number}", origins[1], again, [f"（上接第{page}版）{tail[0]}", *tail[1:]])
        which = dice.random()
        parts += [part for part, low in ((first, 0.15), (second, 0.0)) if part and not low <= which < low + 0.15]
        if which >= 0.3 and first and second:
            truth[first.key] = second.key
    return parts, truth


def _cut(dice: random.Random, texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Cuts an article's paragraphs in two, mostly within a sentence, sometimes behind one."""
    at = dice.randrange(len(texts))
    text = texts[at]
    stops = [n + 1 for n, c in enumerate(text[:-1]) if c == "。"]
    cut = dice.choice(stops) if stops and dice.random() < 0.3 else dice.randrange(1, max(2, len(text)))
    return [*texts[:at], text[:cut]], [text[cut:] or "。", *texts[at + 1 :]]


def samples(articles: Sequence[Any], seed: int) -> Iterator[tuple[dict[str, float], bool]]:
    """Gives the evidence of each pair that the marks allow, and whether its parts are of one article."""
    dice = random.Random(seed)
    for _ in range(_ISSUES):
        parts, truth = an_issue(dice, articles)
        for first, second, evidence in pair_evidence(parts):
            yield evidence, truth.get(first.key) == second.key


def tied(articles: Sequence[Any], seed: int) -> Counter[str]:
    """Counts on issues made of articles the ties, the right ones, and the pairs that there are."""
    dice, n = random.Random(seed), Counter[str]()
    for _ in range(_JUDGED):
        parts, truth = an_issue(dice, articles)
        found = pair_parts(parts)
        n.update(tied=len(found), right=sum(truth.get(a) == b for a, b in found.items()), pairs=len(truth))
    return n


def main() -> None:
    """Prints the table with fitted weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    sources = [*clean_articles(), *(article for folder in args.articles for article in read_articles(folder))]
    long = [a for a in sources if sum(len(text) for role, text in a["blocks"] if role == "body") > _LEAST]
    print_weights("jump_evidence", list(samples(long[::2], 5)))
    n = tied(long[1::2], 9)
    print(f"Kept apart, by the table that stands: {n['right']} of {n['tied']} ties right, of {n['pairs']} pairs.",
          file=sys.stderr)  # fmt: skip


if __name__ == "__main__":
    main()
